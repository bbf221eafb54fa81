"""An arrival 扫码入企: what the phone says, and what becomes of it. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from uuid import UUID

_EARTH_RADIUS_M = 6_371_000


class Why(StrEnum):
    """Why the gate says no at the door; the first that holds is given as the reason of the refusal. The last one is of
    an urgent order alone, whose rules of authority (A1–A4) nobody has judged for good before."""

    CODE_FORGED = "code_forged"
    CODE_UNREADABLE = "code_unreadable"
    CODE_EXPIRED = "code_expired"
    CODE_NOT_YET_VALID = "code_not_yet_valid"
    CREDENTIAL_NOT_SHOWN = "credential_not_shown"
    NOT_ISSUED = "not_issued"
    OUTSIDE_WINDOW = "outside_window"
    UNKNOWN_PREMISES = "unknown_premises"
    WRONG_PREMISES = "wrong_premises"
    NOT_ON_ORDER = "not_on_order"
    CREDENTIAL_EXPIRED = "credential_expired"
    TOO_FEW_INSPECTORS = "too_few_inspectors"
    AGENCY_WITHDRAWN = "agency_withdrawn"
    ITEM_OFF_LIST = "item_off_list"
    QUIET_DAY = "quiet_day"
    RULE_BLOCKED = "rule_blocked"


FREQUENT = "frequent"
"""The flag of an entry that is one too many (rule F3)."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """Degrees (WGS 84) and metres."""

    latitude: float
    longitude: float
    accuracy: float | None = None

    def metres_to(self, latitude: float, longitude: float) -> float:
        north, east = radians(latitude - self.latitude), radians(longitude - self.longitude)
        half = sin(north / 2) ** 2 + cos(radians(self.latitude)) * cos(radians(latitude)) * sin(east / 2) ** 2
        return 2 * _EARTH_RADIUS_M * asin(sqrt(min(1.0, half)))


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """The command. `credentials` are the credential codes of colleagues, as scanned; `made_by` is the inspector
    whose phone and login it is. `premises_code` is what the plate says, empty where it cannot be read: then
    `premises_id` was looked up, and `searched_reason` says why."""

    order_id: UUID
    premises_code: str
    premises_id: UUID | None
    searched_reason: str | None
    credentials: tuple[str, ...]
    made_by: UUID
    account_id: UUID
    account_name: str
    device_id: str
    device_time: datetime
    received_at: datetime
    position: Position | None
    online: bool
    offline_reason: str | None

    @property
    def at(self) -> datetime:
        """When it happened: by our clock, or by the phone's where there was no signal (rule E3)."""
        return self.received_at if self.online else min(self.device_time, self.received_at)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row of `entry` with those who were there."""

    entry_id: UUID
    order_id: UUID
    enterprise_id: UUID
    premises_id: UUID
    made_by: UUID
    inspectors: tuple[UUID, ...]
    entered_at: datetime
    device_time: datetime
    received_at: datetime
    device_id: str
    latitude: float | None
    longitude: float | None
    accuracy: float | None
    distance: float | None
    online: bool
    offline_reason: str | None
    searched_reason: str | None
    flags: tuple[str, ...]
    left_at: datetime | None = None
    receipt_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One row of `entry_refusal`: what was refused to one person at one door for the same reasons within an hour. `times`
    is how often, from `refused_at` to `last_at`."""

    refusal_id: UUID
    order_id: UUID
    enterprise_id: UUID
    premises_id: UUID | None
    agency_id: UUID
    inspector_id: UUID
    rule: str
    reason: str
    refused_at: datetime
    last_at: datetime
    times: int = 1
