"""What an event is: a frozen dataclass, and beside it how it travels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeVar
from uuid import UUID


class Topic(StrEnum):
    """An ordering scope, not an event type."""

    REGISTRY = "yicha.registry"
    INSPECTION = "yicha.inspection"
    FEEDBACK = "yicha.feedback"
    RATINGS = "yicha.feedback.ratings"
    OVERSIGHT = "yicha.oversight"


COMPACTED = frozenset({Topic.REGISTRY})
PARTITIONS = 12


@dataclass(frozen=True, slots=True)
class Contract:
    """How one event type travels.

    `subject` and `version` name the fields with the aggregate's id and its version; `key` names
    the field that orders it (None: a random key, so that nothing links the event to its cause).
    """

    type: str
    topic: Topic
    owner: str
    subject: str
    key: str | None
    version: str | None
    consumers: tuple[str, ...]


class Event:
    """Base of all events. Subclasses are frozen keyword-only dataclasses marked `@published`."""

    contract: ClassVar[Contract]


E = TypeVar("E", bound=type[Event])
CATALOGUE: dict[str, type[Event]] = {}


def published(
    type: str,
    topic: Topic,
    *,
    subject: str,
    key: str | None = "enterprise_id",
    version: str | None = "version",
    consumers: tuple[str, ...] = ("oversight",),
) -> Callable[[E], E]:
    """Enter an event into the catalogue under `cn.yicha.<type>`, e.g. `inspection.order.issued.v1`."""

    def enter(cls: E) -> E:
        full = f"cn.yicha.{type}"
        if full in CATALOGUE:
            raise ValueError(f"{full} is published twice")
        cls.contract = Contract(full, topic, type.partition(".")[0], subject, key, version, consumers)
        CATALOGUE[full] = cls
        return cls

    return enter


def subject_of(event: Event) -> UUID:
    return getattr(event, event.contract.subject)


def key_of(event: Event) -> UUID | None:
    """The ordering key, or None where the contract asks for a random one."""
    key = event.contract.key
    return getattr(event, key) if key else None


def version_of(event: Event) -> int | None:
    version = event.contract.version
    return getattr(event, version) if version else None


Payload = dict[str, Any]
