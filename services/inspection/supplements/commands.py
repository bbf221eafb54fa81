"""Supplements are written by the evidence that they sign, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.codes import BadCode, Keyring
from services.chassis.codes.sheet import read_sheet, sign_sheet
from services.chassis.database import UnitOfWork
from services.chassis.ids import new_id
from services.inspection.evidence.model import Evidence
from services.inspection.supplements import store
from services.inspection.supplements.model import Supplement, document


def supplement(uow: UnitOfWork, evidence: Evidence, keyring: Keyring) -> None:
    """Of evidence that came when the receipt had been signed: both sides keep one more sheet. Nothing while they are
    inside: the receipt will list it. The order is locked, as it is by whoever leaves."""
    receipt = store.signed_receipt(uow.connection, evidence.order_id)
    if receipt is None:
        return
    supplement_id, made_at = new_id(), evidence.added_at
    token = sign_sheet(document(supplement_id, receipt, evidence, made_at), keyring)
    store.insert(
        uow.connection,
        Supplement(
            supplement_id=supplement_id,
            receipt_id=receipt.receipt_id,
            evidence_id=evidence.evidence_id,
            made_at=made_at,
            token=token,
        ),
    )


def shown(connection: Connection[DictRow], receipt_id: UUID, keyring: Keyring) -> Iterator[dict[str, Any]]:
    """Each with what it says, and whether its signature holds under the keys of today."""
    for one in store.of_receipt(connection, receipt_id):
        try:
            said, genuine = read_sheet(one.token, keyring), True
        except BadCode:
            said, genuine = dict[str, Any](), False
        yield {
            "supplement_id": one.supplement_id,
            "made_at": one.made_at,
            "genuine": genuine,
            "supplement": said,
            "token": one.token,
        }
