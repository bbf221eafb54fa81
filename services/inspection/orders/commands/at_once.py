"""突发: what an inspector may draft alone, because what must be looked at now does not wait for the office (rule A6)."""

from __future__ import annotations

from datetime import timedelta

from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, Invalid, Text
from services.chassis.identity import Permission, Principal
from services.inspection.orders.commands.wish import Draft
from services.inspection.replica.agencies import acting_for

_OVERNIGHT = timedelta(days=1)


def entitled(draft: Draft, uow: UnitOfWork, who: Principal) -> None:
    """Whoever drafts for the office may draft anything. An inspector goes now or not at all: a draft that may be entered
    for weeks would be an order that nobody approved.

    Raises Forbidden for another trigger, Invalid for a visit of others or of another day.
    """
    if who.may(Permission.ORDER_DRAFT):
        return
    if draft.trigger != "urgent":
        raise Forbidden(_ONLY_URGENT, remedy=_ASK_THE_OFFICE)
    if wrong := _not_now(draft, uow, who):
        raise Invalid(wrong)


_ONLY_URGENT = Text(
    "执法人员只能自行拟定突发检查（规则 A6）",
    "an inspector drafts nothing but an urgent inspection (rule A6)",
)
_ASK_THE_OFFICE = Text("其他检查请由本单位经办人拟单。", "Ask the clerk of your agency to draft it.")


def _not_now(draft: Draft, uow: UnitOfWork, who: Principal) -> dict[str, str]:
    today, wrong = acting_for(uow.connection, who).today, dict[str, str]()
    if who.inspector_id not in draft.inspectors:
        wrong["/inspectors"] = "突发检查须由拟单人本人参加 / you must be one of the inspectors yourself"
    if draft.starts_on != today:
        wrong["/starts_on"] = f"突发检查须于今天 {today} 开始 / an urgent inspection begins today, {today}"
    if draft.ends_on > today + _OVERNIGHT:
        wrong["/ends_on"] = "突发检查至迟明天结束 / an urgent inspection ends tomorrow at the latest"
    return wrong
