"""What rules E1–E3 judge of an arrival: what was shown at the gate, and what is known. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from events.catalogue.inspection import Trigger
from services.chassis.codes import BadCode, Code, Reason
from services.chassis.policy import Profile
from services.inspection.entries.model import Arrival
from services.inspection.orders.model import State

SCAN_TO_SEND = timedelta(seconds=120)
"""Between scanning a colleague's code and sending the entry the plate is scanned too. The check that is open
to the enterprise bears with seconds only."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was shown at the gate. `inspectors` are all who claim to be there, the phone's owner first;
    `refused` says why some codes were not accepted, `not_shown` are colleagues named without a code."""

    inspectors: tuple[UUID, ...]
    codes: tuple[Code, ...]
    refused: tuple[Reason, ...]
    not_shown: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class Present:
    """One who stands at the gate. Name and credential are None when the replica does not know them."""

    inspector_id: UUID
    on_order: bool
    name: str | None
    kind: Literal["inspector", "assistant"] | None
    active: bool | None
    valid_from: date | None
    valid_until: date | None

    def holds_credential(self, day: date) -> bool:
        if not self.active or self.valid_from is None or self.valid_until is None:
            return False
        return self.valid_from <= day <= self.valid_until


@dataclass(frozen=True, kw_only=True)
class Place:
    premises_id: UUID
    enterprise_id: UUID
    name: str
    enterprise: str | None
    latitude: float | None
    longitude: float | None

    @property
    def full_name(self) -> str:
        """Premises alone do not tell: half of them are called 住所."""
        return f"{self.enterprise} · {self.name}" if self.enterprise else self.name


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Another entry of one of those present, at another place, within the hours around this one."""

    inspector_id: UUID
    entered_at: datetime
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """An agency of the order that is no longer announced, or whose entruster is not (rule A1)."""

    agency_id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An item of the order that may be off the list on the day of the entry (rule A2)."""

    item_id: UUID
    name: str
    published: bool
    in_force_from: date
    in_force_until: date | None

    def holds(self, day: date) -> bool:
        return self.published and self.in_force_from <= day and day <= (self.in_force_until or day)


@dataclass(frozen=True, kw_only=True)
class Brought:
    """An agency brings items under this trigger: the order's own, or that of one that came along."""

    agency_id: UUID
    trigger: Trigger


@dataclass(frozen=True, kw_only=True)
class Known:
    """Order, gate plate, people and what they did before, read in one statement under the order's lock. `refusals`
    is how often the enterprise refused under this order (rule E4), `visits` are other entries at the enterprise in
    the month before and after (rule F3).

    `seen` is the order's version in the statement's snapshot: where it differs from the locked `version`,
    somebody changed the order while we waited and the rest may be old.
    """

    order_id: UUID
    version: int
    seen: int
    state: State
    trigger: Trigger
    agency_id: UUID
    enterprise_id: UUID
    premises_id: UUID
    starts_on: date
    ends_on: date
    drafted_at: datetime
    issued_at: datetime | None
    refusals: int
    area_code: str
    agencies: tuple[UUID, ...]
    brought: tuple[Brought, ...]
    place: Place | None
    scanned: Place | None
    present: tuple[Present, ...]
    elsewhere: tuple[Elsewhere, ...]
    device_shared: bool
    withdrawn: tuple[Withdrawn, ...]
    doubtful: tuple[Listed, ...]
    visits: tuple[datetime, ...]


def untimeliness(code: Code, at: datetime, tolerance: timedelta) -> Reason | None:
    try:
        code.check(at, tolerance)
    except BadCode as bad:
        return bad.reason
    return None


@dataclass(frozen=True, kw_only=True)
class EntryFacts:
    """What rules E1–E3 judge."""

    profile: Profile
    arrival: Arrival
    shown: Shown
    known: Known

    @property
    def comes_first(self) -> bool:
        """突发: they enter on a draft, and the head's word follows (rule A6)."""
        return self.known.state is State.DRAFTED and self.known.trigger == "urgent"

    @property
    def comes_late(self) -> bool:
        """补录: the order stood when they entered, and time has let go of it since (rule E3)."""
        return self.known.state is State.EXPIRED and not self.arrival.online

    @property
    def authorised_at(self) -> datetime | None:
        """Since when one may enter under the order: its issue, or the draft of an urgent one. An order that expired
        before it was issued was never one to enter under."""
        if self.comes_first:
            return self.known.drafted_at
        return self.known.issued_at if self.known.state is State.ISSUED or self.comes_late else None

    @property
    def counted_for(self) -> tuple[UUID, ...]:
        """Agencies that take a place in the year, each by what it brings (rules F1, J5)."""
        uncounted = self.profile.uncounted_triggers
        counted = {brought.agency_id for brought in self.known.brought if brought.trigger not in uncounted}
        return tuple(agency for agency in self.known.agencies if agency in counted)

    @property
    def ratify_by(self) -> datetime | None:
        return self.arrival.at + timedelta(hours=self.profile.urgent_hours) if self.comes_first else None

    @property
    def conclude_by(self) -> datetime:
        """Rule R3 counts from leaving or recording; until either, from the entry."""
        return self.arrival.at + timedelta(days=self.profile.conclusion_days)

    @property
    def day(self) -> date:
        return self.day_of(self.arrival.at)

    def day_of(self, moment: datetime) -> date:
        """On the city's calendar."""
        return moment.astimezone(ZoneInfo(self.profile.timezone)).date()

    @property
    def refused_codes(self) -> list[Reason]:
        """Codes are judged at the moment of arrival. Without signal two phones' clocks meet, and neither is
        known to be right: they are borne with as far as the profile bears with a wrong clock."""
        skew = timedelta(seconds=0 if self.arrival.online else self.profile.clock_skew_seconds)
        untimely = (untimeliness(code, self.arrival.at, SCAN_TO_SEND + skew) for code in self.shown.codes)
        return list(dict.fromkeys([*self.shown.refused, *(reason for reason in untimely if reason)]))

    @property
    def counting(self) -> tuple[Present, ...]:
        """Those who make up the number: inspectors of this order with a credential valid today."""
        return tuple(
            person
            for person in self.known.present
            if person.on_order and person.kind == "inspector" and person.holds_credential(self.day)
        )

    @property
    def distance(self) -> float | None:
        """Metres from the phone to the premises, or None where either is unknown."""
        place, position = self.known.place, self.arrival.position
        if position is None or place is None or place.latitude is None or place.longitude is None:
            return None
        return position.metres_to(place.latitude, place.longitude)
