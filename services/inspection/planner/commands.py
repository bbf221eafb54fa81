"""A coordinator asks for a joint plan, and turns its visits into proposals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Conflict, Invalid, NotFound, Text
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.chassis.policy import city_day, policies
from services.inspection.computations import store as computations
from services.inspection.computations.model import Computation, Kind
from services.inspection.joint.proposals.offer import Offer
from services.inspection.joint.proposals.propose import Propose, propose
from services.inspection.orders import locks
from services.inspection.orders.commands.wish import FURTHEST_AHEAD
from services.inspection.planner import store
from services.inspection.planner.store import KeptVisit

LONGEST_PERIOD_DAYS = 92


@dataclass(frozen=True, kw_only=True)
class StartPlan:
    area_code: str
    starts_on: date
    ends_on: date
    time_limit_seconds: int
    visits_a_day: int


class PlanOutdated(Conflict):
    code = "plan_outdated"
    title = Text("计划依据的检查单已变化", "Orders of this visit changed since it was planned")
    remedy = Text("请重新生成联合检查计划。", "Make the joint plan again.")


class NothingToJoin(Conflict):
    code = "nothing_to_join"
    title = Text("该次检查不需要联合提议", "There is nothing to propose for this visit")
    remedy = Text(
        "只有一张检查单的无需联合；同一机关的检查单请直接合并（merge）。",
        "One order needs no joining; merge orders of one agency directly.",
    )


def start(command: StartPlan, uow: UnitOfWork, who: Principal) -> Computation:
    """Raises Invalid for a period that is no period, is over, or is too long."""
    now = clock.now()
    if wrong := _wrong(command, city_day(policies().governing(command.area_code, now), now)):
        raise Invalid(wrong)
    asked = Computation(
        computation_id=new_id(),
        kind=Kind.JOINT_PLAN,
        area_code=command.area_code,
        request={
            "starts_on": str(command.starts_on),
            "ends_on": str(command.ends_on),
            "time_limit_seconds": command.time_limit_seconds,
            "visits_a_day": command.visits_a_day,
        },
        started_by=who.account_id,
        created_at=now,
    )
    computations.insert(uow.connection, asked)
    return asked


def _wrong(command: StartPlan, today: date) -> dict[str, str]:
    if command.ends_on < today:
        return {"/ends_on": f"期间已过，今天是 {today} / the period is over, today is {today}"}
    if command.starts_on > today + FURTHEST_AHEAD:
        return {"/starts_on": "不能晚于两年之后 / not more than two years ahead"}
    if not 0 <= (command.ends_on - command.starts_on).days < LONGEST_PERIOD_DAYS:
        return {
            "/ends_on": f"应在开始之后 {LONGEST_PERIOD_DAYS} 天内 / within {LONGEST_PERIOD_DAYS} days of the start"
        }
    return {}


def accept(computation_id: UUID, number: int, uow: UnitOfWork, who: Principal) -> UUID:
    """The proposal that this visit becomes; accepting it again gives the same.

    Raises NotFound, NothingToJoin, PlanOutdated, and whatever stops a proposal.
    """
    known = store.lock_visit(uow.connection, computation_id, number)
    if known is None:
        raise NotFound("visit", number)
    if known.proposal_id:
        return known.proposal_id
    if len({order["agencies"][0] for order in known.orders}) < 2:
        raise NothingToJoin()
    locks.lock_enterprise(uow.connection, known.enterprise_id)
    _unchanged(uow, known)
    offer = Offer(
        lead_agency_id=known.lead_agency_id,
        starts_on=known.day,
        ends_on=known.day,
        note=f"综合查一次计划 joint plan {computation_id} · {number}",
    )
    made = propose(Propose(orders=tuple(UUID(o["order_id"]) for o in known.orders), offer=offer), uow, who)
    store.accept(uow.connection, known, made.proposal_id)
    return made.proposal_id


def _unchanged(uow: UnitOfWork, visit: KeptVisit) -> None:
    """Under the lock on the enterprise. Raises PlanOutdated naming each order that moved, from what to what."""
    now = store.versions(uow.connection, [UUID(order["order_id"]) for order in visit.orders])
    changed: list[dict[str, Any]] = []
    for order in visit.orders:
        version, state = now[UUID(order["order_id"])]
        if version != order["version"]:
            changed.append(
                {
                    "order_id": order["order_id"],
                    "planned_version": order["version"],
                    "version": version,
                    "state": state,
                }
            )
    if changed:
        names = "、".join(
            f"{c['order_id']}（{c['planned_version']} → {c['version']}，{c['state']}）" for c in changed
        )
        english = ", ".join(
            f"{c['order_id']} ({c['planned_version']} → {c['version']}, {c['state']})" for c in changed
        )
        raise PlanOutdated(
            Text(f"这些检查单已变化：{names}", f"these orders changed: {english}"), changed=changed
        )
