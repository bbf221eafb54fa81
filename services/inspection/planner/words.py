"""What the planner says to people, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from services.chassis.errors import Text
from services.inspection.gate.words import domain
from services.inspection.planner.model import OpenOrder, Why

if TYPE_CHECKING:
    from services.inspection.planner.limits import Place

_UNITS = {"day": Text("日", "day"), "week": Text("周", "week"), "month": Text("月", "month")}


def only_order() -> Why:
    return Why(
        code="only_order",
        text=Text("本期该企业只有这一张检查单", "it is the only order for this enterprise in the period"),
    )


def other_premises(others: Sequence[OpenOrder]) -> Why:
    return Why(
        code="other_premises",
        text=Text(
            f"该企业的其他 {len(others)} 张检查单在别的经营场所",
            f"the other {len(others)} orders for this enterprise are at other premises",
        ),
        orders=tuple(other.order_id for other in others),
    )


def no_overlap(order: OpenOrder, other: OpenOrder) -> Why:
    return Why(
        code="no_overlap",
        text=Text(
            f"期限 {order.starts_on} 至 {order.ends_on} 与另一单 {other.starts_on} 至 {other.ends_on} "
            "在本期内没有重叠",
            f"its window {order.starts_on} to {order.ends_on} and {other.starts_on} to {other.ends_on} "
            "share no day of the period",
        ),
        orders=(other.order_id,),
        figures={"starts_on": str(other.starts_on), "ends_on": str(other.ends_on)},
    )


def no_allowed_day(order: OpenOrder, other: OpenOrder) -> Why:
    quiet = order.quiet_until or other.quiet_until
    return Why(
        code="no_allowed_day",
        text=Text(
            "两单期限重叠的日子是休息日" + (f"或企业安静期（每月 {quiet} 日前）" if quiet else ""),
            "the days both windows share are rest days"
            + (f" or quiet days (before the {quiet}th)" if quiet else ""),
        ),
        orders=(other.order_id,),
        figures={"quiet_until_day": quiet} if quiet else {},
    )


def too_many_heads(other: OpenOrder, heads: int, cap: int) -> Why:
    return Why(
        code="headcount",
        text=Text(
            f"联合后 {heads} 人，超过人数上限 {cap} 人",
            f"together they would be {heads} people, the cap is {cap}",
        ),
        orders=(other.order_id,),
        figures={"headcount": heads, "joint_headcount": cap},
    )


def visit_full(mates: Sequence[OpenOrder], heads: int, cap: int) -> Why:
    return Why(
        code="visit_full",
        text=Text(
            f"对方所在的联合检查加上本单共 {heads} 人，超过人数上限 {cap} 人",
            f"with it the other's visit would be {heads} people, the cap is {cap}",
        ),
        orders=tuple(mate.order_id for mate in mates),
        figures={"headcount": heads, "joint_headcount": cap},
    )


def no_day_with_all(mates: Sequence[OpenOrder]) -> Why:
    return Why(
        code="no_day_with_all",
        text=Text(
            f"与对方所在联合检查的 {len(mates)} 张检查单没有共同的日子",
            f"it shares no day with all {len(mates)} orders of the other's visit",
        ),
        orders=tuple(mate.order_id for mate in mates),
    )


def inspectors_busy(other: OpenOrder, days: Sequence[date], most: int) -> Why:
    return Why(
        code="inspectors_busy",
        text=Text(
            f"共同的 {len(days)} 天里都有人当天已排满 {most} 次检查",
            f"on each of the {len(days)} days they share someone already has {most} visits",
        ),
        orders=(other.order_id,),
        figures={"days": len(days), "visits_a_day": most},
    )


def no_visit_spared(other: OpenOrder) -> Why:
    return Why(
        code="no_visit_spared",
        text=Text(
            "与该单联合不会使总次数更少：受次数限制或其他安排所限",
            "joining the two would not make fewer visits in all, as the rest is arranged",
        ),
        orders=(other.order_id,),
    )


def other_not_served(other: OpenOrder) -> Why:
    return Why(
        code="other_not_served",
        text=Text("另一单本期无法安排", "the other order cannot be served in the period"),
        orders=(other.order_id,),
    )


def only_quiet_days(order: OpenOrder) -> Why:
    until = order.quiet_until
    return Why(
        code="only_quiet_days" if until else "no_day",
        text=Text(
            f"期限内的日子都在企业安静期（每月 {until} 日前）" if until else "期限内没有剩下的日子",
            f"all days of its window are quiet days (before the {until}th)"
            if until
            else "no day of its window is left",
        ),
        figures={"quiet_until_day": until} if until else {},
    )


def cap_reached(agency: str, place: Place, before: int, planned: int, cap: int) -> Why:
    return Why(
        code="cap",
        text=Text(
            f"{agency} {place.year} 年对该企业{domain(place.domain)}领域的上限为 {cap} 次："
            f"已查或待查 {before} 次，本计划 {planned} 次",
            f"the cap of {agency} at this enterprise for {place.domain} in {place.year} is {cap}: "
            f"{before} made or standing, {planned} in this plan",
        ),
        figures={"cap": cap, "before": before, "planned": planned, "year": place.year},
    )


def too_often(unit: str, most: int) -> Why:
    name = _UNITS[unit]
    return Why(
        code="too_often",
        text=Text(
            f"该企业在期限内每{name.zh}的 {most} 次检查均已排满",
            f"every {name.en} of its window already has the {most} visits that this enterprise may get",
        ),
        figures={f"visits_per_{unit}": most},
    )


def booked_up(busy: Sequence[date], days: int, most: int) -> Why:
    return Why(
        code="booked_up",
        text=Text(
            f"期限内可用的 {days} 天中有 {len(busy)} 天本单的执法人员已排满 {most} 次检查",
            f"on {len(busy)} of its {days} days its inspectors already have {most} visits",
        ),
        figures={"busy_days": len(busy), "days": days, "visits_a_day": most},
    )


def no_room() -> Why:
    return Why(
        code="no_room",
        text=Text(
            "没有找到不影响其他检查单的日子；可延长计算时间、放宽期限或增加人员",
            "no day was found that costs no other order its place: allow more time, a wider window or more people",
        ),
    )
