"""What was drawn becomes draft orders in one go: all of them, or none and each that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from events.catalogue.inspection import OrderDrafted
from services.chassis import clock
from services.chassis.database import UnitOfWork, many
from services.chassis.errors import Invalid, WrongState
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.draws.commands import owned
from services.inspection.draws.drafts import insert_drafts
from services.inspection.draws.store import Draw
from services.inspection.orders.announce import announce
from services.inspection.orders.model import LONGEST_WINDOW_DAYS, Considered, Order
from services.inspection.replica.agencies import Agency, unfit_items

C = Connection[Any]


@dataclass(frozen=True, kw_only=True)
class DraftOrders:
    """One order for each of the drawn premises that has none yet, but those of `leave_out`."""

    draw_id: UUID
    items: tuple[UUID, ...]
    starts_on: date
    ends_on: date
    on_site_reason: str
    considered: tuple[Considered, ...] = ()
    leave_out: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outstanding:
    """Drawn, and no order of this draw there yet. `gone`: the place or its enterprise closed since; `unfit`: how many
    of the inspectors left or hold no credential for the whole window."""

    rank: int
    premises_id: UUID
    enterprise_id: UUID
    inspectors: list[UUID]
    gone: bool
    unfit: int

    @property
    def fault(self) -> str | None:
        if self.gone:
            return "抽取之后企业或场所已停业，请不要为它拟单 / closed since it was drawn, leave it out"
        if self.unfit:
            return (
                f"{self.unfit} 名抽中人员已离岗或证件不覆盖检查期限，请调整期限，或者先不为它拟单 / "
                f"{self.unfit} of its inspectors left or are not certified for the window: move it, or leave it out"
            )
        return None


def draft_orders(command: DraftOrders, uow: UnitOfWork, who: Principal) -> list[Order]:
    """They are judged when they are submitted, like any other. Done twice, the second time nothing is left to do.

    Raises NotFound, WrongState before it is revealed, Invalid naming each fault; nothing is drafted then.
    """
    agency, draw = owned(uow, command.draw_id, None, who)
    if draw.state != "revealed":
        raise WrongState(
            "draft_orders", draw.state, ["reveal", "abandon"] if draw.state == "committed" else []
        )
    left = _outstanding(uow.connection, draw, command)
    wrong = _wrong(uow, command, draw, agency) | {
        f"/results/{one.rank}": one.fault for one in left if one.fault
    }
    if wrong:
        raise Invalid(wrong)
    return _draft(uow, command, draw, left, who)


def _draft(
    uow: UnitOfWork, command: DraftOrders, draw: Draw, left: Sequence[Outstanding], who: Principal
) -> list[Order]:
    """No enterprise is locked: a draft takes no place that others count."""
    drafted = [_told(uow, _order(command, draw, one, who), command.items, one.inspectors) for one in left]
    insert_drafts(uow.connection, drafted, command.items, draw.domain, who)
    return drafted


def _order(command: DraftOrders, draw: Draw, one: Outstanding, who: Principal) -> Order:
    return Order(
        order_id=new_id(),
        agency_id=draw.agency_id,
        enterprise_id=one.enterprise_id,
        premises_id=one.premises_id,
        trigger="random",
        clue=None,
        draw_id=draw.draw_id,
        on_site_reason=command.on_site_reason,
        considered=command.considered,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        drafted_by=who.account_id,
        drafted_at=clock.now(),
    )


def _told(uow: UnitOfWork, order: Order, items: Sequence[UUID], inspectors: Sequence[UUID]) -> Order:
    return announce(
        uow,
        order,
        OrderDrafted,
        trigger=order.trigger,
        items=tuple(items),
        inspectors=tuple(inspectors),
        starts_on=order.starts_on,
        ends_on=order.ends_on,
    )


def _wrong(uow: UnitOfWork, command: DraftOrders, draw: Draw, agency: Agency) -> dict[str, str]:
    wrong = unfit_items(uow.connection, agency, command.items, "/items/{}")
    period = f"{draw.starts_on}～{draw.ends_on}"
    if command.starts_on < agency.today:
        wrong["/starts_on"] = f"不能早于今天 {agency.today} / not before today"
    elif command.starts_on < draw.starts_on:
        wrong["/starts_on"] = f"抽取只用于 {period}（A8） / the draw is for {period} (A8)"
    if command.ends_on > draw.ends_on:
        wrong["/ends_on"] = f"抽取只用于 {period}（A8） / the draw is for {period} (A8)"
    elif not timedelta(0) <= command.ends_on - command.starts_on <= timedelta(days=LONGEST_WINDOW_DAYS):
        wrong["/ends_on"] = (
            f"应在开始之后 {LONGEST_WINDOW_DAYS} 天内 / within {LONGEST_WINDOW_DAYS} days of the start"
        )
    return wrong


def _outstanding(connection: C, draw: Draw, command: DraftOrders) -> list[Outstanding]:
    return many(
        connection,
        Outstanding,
        """
        SELECT r.rank, r.premises_id, c.enterprise_id, r.inspectors,
               NOT (COALESCE(p.active, false) AND COALESCE(e.active, false)) AS gone,
               cardinality(r.inspectors) - (
                   SELECT count(*) FROM inspector i
                   WHERE i.inspector_id = ANY (r.inspectors) AND i.active AND i.agency_id = %(agency_id)s
                     AND i.valid_from <= %(starts_on)s AND i.valid_until >= %(ends_on)s)::int AS unfit
        FROM draw_result r
        JOIN draw_object c ON c.draw_id = r.draw_id AND c.premises_id = r.premises_id
        LEFT JOIN premises p ON p.premises_id = r.premises_id AND p.enterprise_id = c.enterprise_id
        LEFT JOIN enterprise e ON e.enterprise_id = c.enterprise_id
        WHERE r.draw_id = %(draw_id)s AND r.premises_id <> ALL (%(leave_out)s)
          AND NOT EXISTS (
              SELECT FROM orders o WHERE o.draw_id = r.draw_id AND o.premises_id = r.premises_id
                AND o.state NOT IN ('cancelled', 'expired'))
        ORDER BY r.rank
        """,
        {
            "draw_id": draw.draw_id,
            "agency_id": draw.agency_id,
            "starts_on": command.starts_on,
            "ends_on": command.ends_on,
            "leave_out": list(command.leave_out),
        },
    )
