"""Evidence of a visit. No I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from services.chassis.errors import WrongState
from services.inspection.orders.model import Order, State

Kind = Literal["photo", "signature"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LARGEST = 1_500_000
"""Bytes. A phone makes its photos smaller before it sends them."""
MOST = 100
"""Of one order: a full disk stops every inspector of the city."""
_GATHERING = frozenset({State.ENTERED, State.RECORDED})


@dataclass(frozen=True, kw_only=True)
class About:
    """What it shows: the visit as a whole, one item of it, or one question of that item."""

    kind: Kind
    item_id: UUID | None = None
    question_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class AddEvidence:
    """`sha256` is what the phone computed when the picture was taken, `content` is what arrived."""

    order_id: UUID
    about: About
    taken_at: datetime
    sha256: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One row of `evidence` without its content. `size` and `sha256` are of the bytes as sent, `stored_sha256` of what
    is kept of them. `after_record`: the record was signed without it; `supplement_id`: so was the receipt, and this sheet
    was signed since."""

    evidence_id: UUID
    order_id: UUID
    kind: Kind
    media_type: str
    item_id: UUID | None
    question_id: str | None
    taken_at: datetime
    added_at: datetime
    added_by: UUID
    sha256: str
    stored_sha256: str
    size: int
    after_record: bool = False
    supplement_id: UUID | None = None

    @property
    def stripped(self) -> bool:
        """Whether notes of the camera were taken out of it."""
        return self.sha256 != self.stored_sha256


def gathering(order: Order) -> None:
    """From entry until the result is told. Raises WrongState."""
    if order.state not in _GATHERING:
        raise WrongState("add_evidence", order.state, [])
