"""Events for tests: `a_step(order, 3)` is the third thing that happened to an order."""

from collections.abc import Sequence
from uuid import UUID

from events.catalogue.inspection import OrderSubmitted
from events.envelope import encode, seal
from events.model import Event, Topic
from events.wire import Message
from services.chassis.ids import new_id

ENTERPRISE = UUID("01936a4e-0000-7000-8000-000000000001")
PREMISES = UUID("01936a4e-0000-7000-8000-000000000002")
AGENCY = UUID("01936a4e-0000-7000-8000-000000000003")


def a_step(
    order_id: UUID | None = None, version: int = 1, *, enterprise_id: UUID = ENTERPRISE
) -> OrderSubmitted:
    return OrderSubmitted(
        order_id=order_id or new_id(),
        version=version,
        enterprise_id=enterprise_id,
        premises_id=PREMISES,
        agency_id=AGENCY,
    )


def a_life(order_id: UUID, steps: int, *, enterprise_id: UUID | None = None) -> list[OrderSubmitted]:
    """Versions 1 to `steps` of one order."""
    enterprise_id = enterprise_id or order_id
    return [a_step(order_id, version, enterprise_id=enterprise_id) for version in range(1, steps + 1)]


def a_message(event: Event | None = None, **changes: bytes) -> Message:
    """An event on the wire; `changes` replace headers, `ce_id=b"…"`."""
    event = event or a_step()
    message = encode(seal(event, source="/test", correlation_id="test"), event.contract.topic)
    return Message(message.topic, message.key, {**message.headers, **changes}, message.value)


def garbage(key: UUID | None = None, topic: str = Topic.INSPECTION) -> Message:
    return Message(topic, str(key or new_id()).encode(), {}, b"\xff not an event \x00")


def messages(events: Sequence[Event]) -> list[Message]:
    return [a_message(event) for event in events]
