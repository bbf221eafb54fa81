"""What every road refuses for good, found before it is sent."""

from events.errors import Unsendable
from events.wire import Message

MAX_BYTES = 1_000_000  # below a broker's default max.message.bytes


def refusal(message: Message) -> Exception | None:
    if message.key is None:
        return Unsendable("a message needs a key")
    if message.size > MAX_BYTES:
        return Unsendable(f"a message of {message.size} bytes is larger than {MAX_BYTES}")
    return None
