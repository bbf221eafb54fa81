"""What is signed of evidence that came after the receipt. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.inspection.evidence.model import Evidence


@dataclass(frozen=True, kw_only=True)
class Supplement:
    """One row of `receipt_supplement`."""

    supplement_id: UUID
    receipt_id: UUID
    evidence_id: UUID
    made_at: datetime
    token: str


@dataclass(frozen=True, kw_only=True)
class SignedReceipt:
    """The receipt of a visit, as both sides keep it; `signed_record`: the record had been signed by then or since."""

    receipt_id: UUID
    token: str
    signed_record: bool


def document(
    supplement_id: UUID, receipt: SignedReceipt, evidence: Evidence, made_at: datetime
) -> dict[str, Any]:
    """It names the receipt by its number and by the SHA-256 of its text, so it belongs to that one and to no other."""
    return {
        "supplement_id": str(supplement_id),
        "kind": "supplement",
        "made_at": made_at.isoformat(),
        "receipt": {
            "receipt_id": str(receipt.receipt_id),
            "sha256": sha256(receipt.token.encode()).hexdigest(),
        },
        "after_record": receipt.signed_record,
        "evidence": {
            "sha256": evidence.sha256,
            "kind": evidence.kind,
            "taken_at": evidence.taken_at.isoformat(),
            "added_at": evidence.added_at.isoformat(),
        },
    }
