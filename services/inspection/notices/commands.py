"""A notice is read once, and moves no order: inspectors who scan in at the same moment are not held up."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from events.catalogue.inspection import NoticeRead
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Conflict, Text
from services.chassis.ids import new_id
from services.inspection.notices import store
from services.inspection.notices.model import READABLE, NoticeReading
from services.inspection.orders.locks import lock_order
from services.inspection.orders.model import Order


@dataclass(frozen=True)
class Confirmed:
    """`fresh` is False when it was confirmed before: it is the same reading."""

    reading: NoticeReading
    fresh: bool


class NoticeNotInForce(Conflict):
    code = "notice_not_in_force"
    title = Text("这张检查单现在不能确认送达", "The notice of this order cannot be confirmed now")
    remedy = Text(
        "已签发、检查未结束的检查单才能确认。请重新扫描检查码查看现状；有疑问请拨打 12345。",
        "Only an order that is issued and not over can be confirmed. Scan its code again to see how it stands, "
        "or call 12345.",
    )


def confirm_read(order_id: UUID, uow: UnitOfWork) -> Confirmed:
    """Whoever holds the order code says so, as with a refusal. Raises NoticeNotInForce; once confirmed, the same answer
    holds whatever becomes of the order."""
    order = lock_order(uow.connection, order_id)
    earlier = store.of_order(uow.connection, order_id)
    if earlier:
        return Confirmed(earlier, fresh=False)
    if order.state not in READABLE:
        raise NoticeNotInForce(state=order.state)
    reading = NoticeReading(reading_id=new_id(), order_id=order_id, read_at=clock.now())
    store.insert(uow.connection, reading)
    uow.emit(_told(reading, order))
    return Confirmed(reading, fresh=True)


def _told(reading: NoticeReading, order: Order) -> NoticeRead:
    return NoticeRead(
        reading_id=reading.reading_id,
        version=1,
        enterprise_id=order.enterprise_id,
        premises_id=order.premises_id,
        order_id=order.order_id,
        agency_id=order.agency_id,
        read_at=reading.read_at,
    )
