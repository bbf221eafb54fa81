from __future__ import annotations

from hashlib import sha256

from events.catalogue.inspection import EvidenceAdded
from services.chassis import clock
from services.chassis.codes import Keyring
from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, Invalid, NotFound, Text
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.evidence import store
from services.inspection.evidence.errors import EnoughEvidence
from services.inspection.evidence.model import MOST, About, AddEvidence, Evidence, gathering
from services.inspection.evidence.picture import without_notes
from services.inspection.orders.locks import lock_order
from services.inspection.orders.model import Order
from services.inspection.records import store as records
from services.inspection.supplements.commands import supplement

_NOT_THEIRS = Text("只有本单的执法人员可以补充证据", "only inspectors of this order may add evidence to it")


def add_evidence(
    command: AddEvidence, keyring: Keyring, uow: UnitOfWork, who: Principal
) -> tuple[Evidence, bool]:
    """The evidence, and whether it is new: the same bytes for the same purpose are kept once. What comes after the receipt
    was signed is a supplement to it, and signed as well.

    The order's row is locked, so that nothing is added beside a conclusion or beyond the limit. Raises NotFound for an
    order of other agencies, Forbidden, WrongState before entry and after the conclusion, EnoughEvidence, Invalid.
    """
    media_type, kept = _checked(command)
    order = lock_order(uow.connection, command.order_id)
    _taking_part(uow, order, who)
    gathering(order)
    _on_checklist(uow, order, command.about)
    earlier = store.same(uow.connection, order.order_id, command.sha256, command.about)
    if earlier:
        return earlier, False
    if len(store.of_order(uow.connection, order.order_id)) >= MOST:
        raise EnoughEvidence(
            Text(f"每张检查单最多 {MOST} 件证据", f"an order takes {MOST} pieces of evidence")
        )
    evidence = _evidence(command, media_type, kept, who)
    store.insert(uow.connection, evidence, kept)
    supplement(uow, evidence, keyring)
    uow.emit(_told(evidence, order))
    added = store.same(uow.connection, order.order_id, command.sha256, command.about)
    assert added is not None
    return added, True


def _checked(command: AddEvidence) -> tuple[str, bytes]:
    """Before anything is locked: decoding takes its time. Raises Invalid."""
    if sha256(command.content).hexdigest() != command.sha256:
        raise Invalid({"/sha256": "与文件不符，请重新上传 / not that of the file, send it again"})
    return without_notes(command.content)


def _taking_part(uow: UnitOfWork, order: Order, who: Principal) -> None:
    if not records.sees(uow.connection, order.order_id, agency_id=who.agency_id, sees_all=False):
        raise NotFound("order", order.order_id)
    if who.inspector_id is None or not store.takes_part(uow.connection, order.order_id, who.inspector_id):
        raise Forbidden(_NOT_THEIRS)


def _on_checklist(uow: UnitOfWork, order: Order, about: About) -> None:
    """Raises Invalid for an item or a question that was not locked at issue (rule R1)."""
    if about.item_id is None:
        return
    asked = {question.question for question in records.checklist(uow.connection, order.order_id)}
    if about.item_id not in {item_id for item_id, _ in asked}:
        raise Invalid({"/item_id": "不是本单的检查事项 / not an item of this order"})
    if about.question_id is not None and (about.item_id, about.question_id) not in asked:
        raise Invalid({"/question_id": "不在锁定的检查表内 / not on the locked checklist"})


def _evidence(command: AddEvidence, media_type: str, kept: bytes, who: Principal) -> Evidence:
    return Evidence(
        evidence_id=new_id(),
        order_id=command.order_id,
        kind=command.about.kind,
        media_type=media_type,
        item_id=command.about.item_id,
        question_id=command.about.question_id,
        taken_at=command.taken_at,
        added_at=clock.now(),
        added_by=who.account_id,
        sha256=command.sha256,
        stored_sha256=sha256(kept).hexdigest(),
        size=len(command.content),
    )


def _told(evidence: Evidence, order: Order) -> EvidenceAdded:
    return EvidenceAdded(
        evidence_id=evidence.evidence_id,
        version=1,
        enterprise_id=order.enterprise_id,
        premises_id=order.premises_id,
        order_id=order.order_id,
        agency_id=order.agency_id,
        kind=evidence.kind,
        sha256=evidence.sha256,
        added_at=evidence.added_at,
    )
