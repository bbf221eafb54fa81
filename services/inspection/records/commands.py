from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from events.catalogue.inspection import OrderConcluded, RecordMade
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, Invalid, StaleVersion, Text
from services.chassis.identity import Principal
from services.inspection.orders import scope
from services.inspection.orders import store as orders
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.end import close_order
from services.inspection.orders.model import Action, Content, Order
from services.inspection.records import store
from services.inspection.records.model import ENDS_AT_ONCE, Answer, Conclude, Record, Signature, faults

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


def make_record(command: MakeRecord, uow: UnitOfWork, who: Principal) -> tuple[Order, Record]:
    """Written once: the same record again is the record, another one is refused.

    Raises NotFound, StaleVersion, WrongState before entry and after another record, Forbidden for one who was
    not there, Invalid naming each question that is unknown, repeated or missing.
    """
    record = _record(command, who)
    order, _ = scope.locked(uow, command.order_id, who)
    earlier = store.record(uow.connection, order.order_id)
    if earlier and earlier.says_the_same_as(record):
        return order, earlier
    if command.version not in (None, order.version):
        raise StaleVersion(command.version, order.version)
    recorded = order.after(Action.RECORD)
    _entered(uow, order, who)
    if wrong := faults(record.answers, store.checklist(uow.connection, order.order_id)):
        raise Invalid(wrong)
    store.insert(uow.connection, record)
    order = announce(
        uow,
        replace(recorded, recorded_at=record.made_at),
        RecordMade,
        problems=record.problems,
        answers=len(record.answers),
    )
    orders.note_step(uow.connection, order, Action.RECORD, who)
    orders.save(uow.connection, order)
    return order, record


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


def conclude(command: Conclude, uow: UnitOfWork, who: Principal, today: date) -> Order:
    """检查结果告知. Without a finding, or with a reminder, the order closes at once; 责令改正 waits for the recheck.

    Raises NotFound, StaleVersion, WrongState before there is a record, Forbidden, Invalid for the deadline.
    """
    order, content = scope.locked(uow, command.order_id, who, command.version)
    concluded = order.after(Action.CONCLUDE)
    _entered(uow, order, who)
    _check_deadline(command, today)
    order = replace(
        concluded, result=command.result, rectification_due_on=command.deadline, concluded_at=clock.now()
    )
    order = announce(uow, order, OrderConcluded, **_facts(order, content))
    orders.note_step(uow.connection, order, Action.CONCLUDE, who)
    return _go_on(order, uow, who)


def _facts(order: Order, content: Content) -> dict[str, object]:
    return {
        "result": order.result,
        "items": content.item_ids,
        "agencies": content.agencies,
        "entered": order.entered_at is not None,
        "concluded_at": order.concluded_at,
    }


def _go_on(order: Order, uow: UnitOfWork, who: Principal) -> Order:
    if order.result in ENDS_AT_ONCE:
        return close_order(uow, order, who)
    action = Action.REFER if order.result == "refer" else Action.ORDER_RECTIFICATION
    order = order.after(action)
    orders.note_step(uow.connection, order, action, who)
    orders.save(uow.connection, order)
    return order


def _check_deadline(command: Conclude, today: date) -> None:
    needed = command.result == "order_rectification"
    if needed and (command.deadline is None or command.deadline <= today):
        raise Invalid(
            {"/deadline": "责令改正须有晚于今天的期限 / rectification needs a deadline after today"}
        )
    if not needed and command.deadline:
        raise Invalid({"/deadline": "只有责令改正才有期限 / only rectification has a deadline"})
