"""What a receipt says. No I/O.

It names the inspectors as their order code does, and nobody of the enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

Kind = Literal["visit", "refusal"]


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """One row of `receipt`; `about` is the entry or the refusal."""

    receipt_id: UUID
    kind: Kind
    about: UUID
    order_id: UUID | None
    made_at: datetime
    token: str


@dataclass(frozen=True, kw_only=True)
class OwnReceipt:
    """A line of the enterprise's own list."""

    receipt_id: UUID
    kind: Kind
    order_id: UUID | None
    agency_id: UUID | None
    agency_name: str | None
    happened_at: datetime


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Where, by whose order and for what; everything but the place is empty when nobody showed an order.
    `evidence` are the hashes of what was gathered so far."""

    enterprise: dict[str, Any]
    premises: dict[str, Any]
    order: dict[str, Any] | None = None
    inspectors: list[dict[str, Any]]
    record: dict[str, Any] | None = None
    evidence: list[str]


def document(
    receipt_id: UUID, kind: Kind, made_at: datetime, scene: Scene, said: dict[str, Any]
) -> dict[str, Any]:
    """`said` is what only this kind of receipt says."""
    return {
        "receipt_id": str(receipt_id),
        "kind": kind,
        "made_at": made_at.isoformat(),
        "enterprise": scene.enterprise,
        "premises": scene.premises,
        "order": scene.order,
        "inspectors": scene.inspectors,
        **said,
    }
