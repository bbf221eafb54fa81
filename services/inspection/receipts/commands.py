"""Receipts are written by what they speak of, in the same transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.chassis.codes import Keyring
from services.chassis.codes.sheet import sign_sheet
from services.chassis.database import UnitOfWork
from services.chassis.ids import new_id
from services.inspection.codes.commands import numbers_of
from services.inspection.entries.model import Entry
from services.inspection.receipts import store
from services.inspection.receipts.model import Kind, Receipt, Scene, document
from services.inspection.refusals.model import TEMPLATES, VisitRefusal


def of_visit(uow: UnitOfWork, entry: Entry, keyring: Keyring, now: datetime) -> Receipt:
    """When they leave: who was there, when they came and went, for what, and how many findings."""
    scene = _scene(uow, entry.premises_id, entry.order_id, entry.entry_id)
    said = {
        "entered_at": entry.entered_at.isoformat(),
        "left_at": entry.left_at and entry.left_at.isoformat(),
        "online": entry.online,
        "record": scene.record,
        "evidence": scene.evidence,
    }
    return _made(uow, "visit", entry.entry_id, entry.order_id, scene, said, keyring, now)


def of_refusal(uow: UnitOfWork, refusal: VisitRefusal, keyring: Keyring) -> Receipt:
    scene = _scene(uow, refusal.premises_id, refusal.order_id, None)
    template = TEMPLATES[refusal.ground]
    said = {
        "refused_at": refusal.refused_at.isoformat(),
        "ground": refusal.ground,
        "text": template._asdict(),
        "words": refusal.words,
        "supported": refusal.supported,
        "known": [finding["explanation"] for finding in refusal.findings],
    }
    return _made(
        uow, "refusal", refusal.refusal_id, refusal.order_id, scene, said, keyring, refusal.refused_at
    )


def _scene(uow: UnitOfWork, premises_id: UUID, order_id: UUID | None, entry_id: UUID | None) -> Scene:
    """With the order called as people call it."""
    scene = store.scene(uow.connection, premises_id=premises_id, order_id=order_id, entry_id=entry_id)
    if scene.order is None or order_id is None:
        return scene
    (number,) = numbers_of([order_id], uow.connection).values()
    return replace(scene, order=scene.order | {"number": number})


def _made(
    uow: UnitOfWork,
    kind: Kind,
    about: UUID,
    order_id: UUID | None,
    scene: Scene,
    said: dict[str, Any],
    keyring: Keyring,
    now: datetime,
) -> Receipt:
    receipt_id = new_id()
    token = sign_sheet(document(receipt_id, kind, now, scene, said), keyring)
    receipt = Receipt(
        receipt_id=receipt_id, kind=kind, about=about, order_id=order_id, made_at=now, token=token
    )
    store.insert(uow.connection, receipt)
    return receipt
