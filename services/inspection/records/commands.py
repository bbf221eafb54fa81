from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from events.catalogue.inspection import OrderConcluded, RecordMade
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, Invalid, RuleBlocked, StaleVersion, Text
from services.chassis.identity import Principal
from services.chassis.policy import Profile
from services.inspection.gate import Stage
from services.inspection.gate.case import CaseFacts, profile_of, read_case
from services.inspection.orders import scope
from services.inspection.orders import store as orders
from services.inspection.orders.announce import announce
from services.inspection.orders.case import weigh
from services.inspection.orders.commands.end import close_order
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.model import Action, Content, Order, State
from services.inspection.records import store
from services.inspection.records.model import (
    ENDS_AT_ONCE,
    Answer,
    Conclude,
    Record,
    Signature,
    faults,
)
from services.inspection.rectification import on_site

_NOT_THERE = Text(
    "只有本次入企的执法人员可以办理", "only inspectors who entered under this order may do this"
)


@dataclass(frozen=True, kw_only=True)
class MakeRecord:
    order_id: UUID
    version: int | None
    statement: str
    signature: Signature
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Recorded:
    """`refusal`: a rule stopped it (R1, R2), nothing was recorded, and what the gate found is kept."""

    order: Order
    record: Record
    refusal: RuleBlocked | None = None


def make_record(command: MakeRecord, uow: UnitOfWork, who: Principal) -> Recorded:
    """Written once: the same record again is the record, another one is refused.

    Raises NotFound, StaleVersion, WrongState before entry and after another record, Forbidden for one who was
    not there, Invalid naming each question that is unknown, repeated or missing.
    """
    record = _record(command, who)
    order, _ = scope.locked(uow, command.order_id, who)
    earlier = store.record(uow.connection, order.order_id)
    if earlier and earlier.says_the_same_as(record):
        return Recorded(order, earlier)
    if command.version not in (None, order.version):
        raise StaleVersion(command.version, order.version)
    recorded = order.after(Action.RECORD)
    _entered(uow, order, who)
    profile = profile_of(uow.connection, order, record.made_at)
    if refusal := _check(uow, record, order, profile):
        return Recorded(order, record, refusal)
    record = replace(record, evidence=store.gathered(uow.connection, order.order_id))
    store.insert(uow.connection, record)
    left = store.has_left(uow.connection, order.order_id)
    told_by = order.conclude_by if left else record.made_at + timedelta(days=profile.conclusion_days)
    order = announce(
        uow,
        replace(recorded, recorded_at=record.made_at, conclude_by=told_by),
        RecordMade,
        problems=record.problems,
        answers=len(record.answers),
    )
    orders.note_step(uow.connection, order, Action.RECORD, who)
    orders.save(uow.connection, order)
    return Recorded(order, record)


def _check(uow: UnitOfWork, record: Record, order: Order, profile: Profile) -> RuleBlocked | None:
    """What is off the locked list (R1). Raises Invalid for what is missing or said twice."""
    checklist = store.checklist(uow.connection, order.order_id)
    facts = CaseFacts(
        profile=profile,
        now=record.made_at,
        order=order,
        checklist=tuple(checklist),
        answers=record.answers,
        signature=record.signature,
    )
    refusal = weigh(uow, facts, Stage.RECORD)
    if refusal is None and (wrong := faults(record.answers, checklist)):
        raise Invalid(wrong)
    return refusal


def _record(command: MakeRecord, who: Principal) -> Record:
    return Record(
        order_id=command.order_id,
        made_by=who.account_id,
        name=who.name,
        made_at=clock.now(),
        statement=command.statement,
        signature=command.signature,
        answers=command.answers,
    )


def _entered(uow: UnitOfWork, order: Order, who: Principal) -> None:
    if who.inspector_id is None or not store.was_there(uow.connection, order.order_id, who.inspector_id):
        raise Forbidden(_NOT_THERE)


def conclude(command: Conclude, uow: UnitOfWork, who: Principal) -> Done:
    """检查结果告知. Without a finding, or with a reminder, the order closes at once, or as soon as the head of an urgent
    one has spoken; 责令改正 waits for the recheck.

    Raises NotFound, StaleVersion, WrongState before there is a record, Forbidden, Invalid.
    """
    order, content = scope.locked(uow, command.order_id, who, command.version)
    now, concluded = clock.now(), order.after(Action.CONCLUDE)
    _entered(uow, order, who)
    facts = read_case(uow.connection, order, now, result=command.result, deadline=command.deadline)
    if refusal := weigh(uow, facts, Stage.CONCLUDE):
        return Done(order, refusal)
    if command.deadline and command.result != "order_rectification":
        raise Invalid({"/deadline": "只有责令改正才有期限 / only rectification has a deadline"})
    order = replace(concluded, result=command.result, rectification_due_on=command.deadline, concluded_at=now)
    order = announce(uow, order, OrderConcluded, **_facts(order, content))
    orders.note_step(uow.connection, order, Action.CONCLUDE, who)
    return Done(_go_on(order, uow, who))


def _facts(order: Order, content: Content) -> dict[str, object]:
    return {
        "result": order.result,
        "items": content.item_ids,
        "agencies": content.agencies,
        "entered": order.entered_at is not None,
        "concluded_at": order.concluded_at,
        "rectification_due_on": order.rectification_due_on,
    }


def _go_on(order: Order, uow: UnitOfWork, who: Principal) -> Order:
    if order.recheck_of:
        order = on_site.settle(uow, order, who)
    if order.state is not State.CONCLUDED:
        return order
    if order.result in ENDS_AT_ONCE:
        return _closed_or_waiting(order, uow, who)
    action = Action.REFER if order.result == "refer" else Action.ORDER_RECTIFICATION
    order = order.after(action)
    orders.note_step(uow.connection, order, action, who)
    orders.save(uow.connection, order)
    return order


def _closed_or_waiting(order: Order, uow: UnitOfWork, who: Principal) -> Order:
    """The result is told; an urgent order stays concluded until its head has spoken (rule A6)."""
    if order.ratification == "pending":
        orders.save(uow.connection, order)
        return order
    return close_order(uow, order, who)
