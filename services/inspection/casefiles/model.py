"""What a case file holds. No I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from services.chassis.errors import Conflict, Text
from services.inspection.evidence.model import Evidence
from services.inspection.orders.model import State
from services.inspection.orders.view import OrderView
from services.inspection.records.model import Question, Record
from services.inspection.rectification.model import Proof, Recheck

_NOT_YET = frozenset({State.DRAFTED, State.SUBMITTED})
FINAL = frozenset({State.CLOSED, State.REFERRED, State.CANCELLED})
"""Nothing is added any more. An absorbed order may come back, an expired one may get an entry made in time (rule E3)."""


class NoCaseFile(Conflict):
    code = "no_case_file"
    title = Text("这张检查单还没有案卷", "There is no case file of this order yet")
    remedy = Text(
        "批准之后才有案卷；请在批准后再导出。", "There is one once the order is approved: export it then."
    )


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The campaign 专项检查 or the draw 双随机 that the order was drawn from, as the public finds it."""

    kind: Literal["campaign", "draw"]
    name: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Person:
    inspector_id: UUID
    name: str | None
    certificate_number: str | None
    kind: str | None
    agency: str | None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """扫码入企. `distance` in metres from the premises; where they stood is not told."""

    entry_id: UUID
    entered_at: datetime
    received_at: datetime
    online: bool
    offline_reason: str | None
    searched_reason: str | None
    distance: float | None
    flags: list[str]
    left_at: datetime | None
    inspectors: list[Person]


@dataclass(frozen=True, kw_only=True)
class TurnedAway:
    """Refused by the system; `findings` as the gate said them."""

    refusal_id: UUID
    rule: str
    reason: str
    refused_at: datetime
    times: int
    inspector: str | None
    findings: list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Refused:
    """By the enterprise."""

    refusal_id: UUID
    ground: str
    words: str | None
    supported: bool
    refused_at: datetime


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A signed one that both sides keep: the receipt of the visit, of a refusal, or what came after it."""

    sheet_id: UUID
    kind: Literal["visit", "refusal", "supplement"]
    made_at: datetime
    token: str


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What was kept of the order besides what its page shows."""

    ground: Ground | None
    visit: Visit | None
    turned_away: list[TurnedAway]
    refused: list[Refused]
    sheets: list[Sheet]


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """`made_at`: until when it says everything. `final`: nothing will be added."""

    number: str
    made_at: datetime
    final: bool
    order: OrderView
    happened: Happened
    questions: Sequence[Question]
    record: Record | None
    evidence: Sequence[Evidence]
    proofs: Sequence[Proof]
    rechecks: Sequence[Recheck]

    @property
    def day(self) -> date:
        """Of the visit, or the first on which it might have been made."""
        visit = self.happened.visit
        return visit.entered_at.date() if visit else self.order.starts_on


def kept(state: State) -> None:
    """Raises NoCaseFile before anybody approved it."""
    if state in _NOT_YET:
        raise NoCaseFile(state=state)


def picture_name(place: int, one: Evidence) -> str:
    """In the archive: in the order in which they were added."""
    return f"{place:03}-{one.kind}.{'jpg' if one.media_type == 'image/jpeg' else 'png'}"
