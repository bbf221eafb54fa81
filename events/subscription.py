"""What a service asks for, and what it gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from events.envelope import Envelope
from events.model import Event, Topic


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event to apply. `replayed`: it happened long ago; update tables, but tell nobody."""

    envelope: Envelope
    event: Event
    topic: str
    partition: int
    offset: int
    replayed: bool = False


Apply = Callable[[Connection[Any], Sequence[Delivery]], None]


@dataclass(frozen=True, slots=True)
class Subscription:
    """`apply` gets all events of the topics, in order per key, in one transaction that it must not end.

    It may raise `InvalidEvent` (a dead letter at once) or `Transient` (again later); anything else is tried
    `attempts` times. `group` names what it remembers: a new name starts at the beginning.
    """

    service: str
    group: str
    topics: tuple[Topic, ...]
    apply: Apply
    attempts: int = 5
    batch: int = 500
    invalid_limit: int = 20
