"""What can go wrong on the road of an event, and what is done about it."""


class EventsError(Exception):
    """Base of this package's errors."""


class InvalidEvent(EventsError):
    """It breaks the contract and no retry will mend it: a dead letter at once. `apply` may raise it too."""


class Transient(EventsError):
    """Try again later; nothing is wrong with the event."""


class Unsendable(EventsError):
    """The road will never take this message as it is (too large, no key)."""


class Disconnected(Transient):
    """The road is away, or our part of it went to another consumer."""


class TooManyInvalid(EventsError):
    """So many in a row fail that the fault is ours: stop before the whole topic becomes dead letters."""


class Stalled(EventsError):
    """Records are waiting and none arrives: the client is stuck and only a restart helps."""
