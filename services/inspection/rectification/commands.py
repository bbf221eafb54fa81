from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from events.catalogue.inspection import RectificationProved
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import NotFound
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.gate import Stage
from services.inspection.gate.case import read_case
from services.inspection.orders import locks, scope
from services.inspection.orders import store as orders
from services.inspection.orders.announce import announce
from services.inspection.orders.case import weigh
from services.inspection.orders.commands.end import close_order
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.model import Action
from services.inspection.rectification import store
from services.inspection.rectification.extend import extend
from services.inspection.rectification.model import Proof, Recheck


@dataclass(frozen=True, kw_only=True)
class Prove:
    order_id: UUID
    words: str
    photos: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RecheckRemotely:
    """`due_on` is the new deadline, where it was not passed."""

    order_id: UUID
    version: int | None
    passed: bool
    note: str
    due_on: date | None


def prove(command: Prove, uow: UnitOfWork, who: Principal) -> Proof:
    """By the enterprise itself. Raises NotFound for an order of another, WrongState unless it is rectifying."""
    order = locks.lock_order(uow.connection, command.order_id)
    if order.enterprise_id != who.enterprise_id:
        raise NotFound("order", command.order_id)
    order = order.after(Action.PROVE)
    proof = Proof(
        proof_id=new_id(),
        order_id=order.order_id,
        words=command.words,
        photos=command.photos,
        sent_by=who.account_id,
        sent_at=clock.now(),
    )
    store.insert_proof(uow.connection, proof)
    order = announce(uow, order, RectificationProved, proof_id=proof.proof_id)
    orders.note_step(uow.connection, order, Action.PROVE, who)
    orders.save(uow.connection, order)
    return proof


def recheck(command: RecheckRemotely, uow: UnitOfWork, who: Principal) -> Done:
    """Remote recheck by the agency that leads: it closes the order, or sets a new deadline; without one after today it is
    refused (R4). Raises WrongState, StaleVersion, Forbidden."""
    order, _ = scope.locked(uow, command.order_id, who, command.version)
    scope.leading(order, who)
    order.after(Action.RECHECK)
    now = clock.now()
    result = None if command.passed else "order_rectification"
    facts = read_case(uow.connection, order, now, result=result, deadline=command.due_on)
    if refusal := weigh(uow, facts, Stage.CONCLUDE):
        return Done(order, refusal)
    store.insert_recheck(
        uow.connection,
        Recheck(
            recheck_id=new_id(),
            order_id=order.order_id,
            mode="remote",
            passed=command.passed,
            note=command.note,
            due_on=command.due_on,
            made_under=None,
            by=who.account_id,
            name=who.name,
            at=now,
        ),
    )
    if command.passed:
        return Done(close_order(uow, order, who, recheck="remote"))
    assert command.due_on is not None
    return Done(extend(uow, order, command.due_on, "remote", who))
