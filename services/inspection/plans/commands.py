"""The clerk writes the plan, the head publishes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from events.catalogue.planning import PlanPublished
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound, StaleVersion, Text
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.plans import store
from services.inspection.plans.model import Plan, PlannedItem, notices
from services.inspection.replica.agencies import Agency, acting_for, unfit_items

_POINTER = "/items/{}/item_id"


@dataclass(frozen=True, kw_only=True)
class Write:
    """`edition` is that of the draft it replaces, 0 where there is none."""

    year: int
    edition: int
    note: str
    items: tuple[PlannedItem, ...]


@dataclass(frozen=True, kw_only=True)
class Publish:
    year: int
    edition: int


def write(command: Write, uow: UnitOfWork, who: Principal) -> Plan:
    """The draft of the next revision. Raises Forbidden, Invalid, StaleVersion when another draft is there."""
    agency = acting_for(uow.connection, who)
    _fit(uow, agency, command.year, command.items)
    store.lock(uow.connection, agency.agency_id, command.year)
    draft = store.draft(uow.connection, agency.agency_id, command.year)
    if command.edition != (draft.edition if draft else 0):
        raise StaleVersion(command.edition, draft.edition if draft else 0)
    begun = draft or _next(uow, agency, command, who)
    written = replace(
        begun,
        edition=begun.edition + 1,
        note=command.note,
        items=command.items,
        drafted_by=who.account_id,
        drafted_at=clock.now(),
    )
    (store.save if draft else store.insert)(uow.connection, written)
    return written


def _next(uow: UnitOfWork, agency: Agency, command: Write, who: Principal) -> Plan:
    """Editions go on counting from revision to revision: what was read of a draft that is public by now fits no later
    one."""
    former = store.in_force(uow.connection, agency.agency_id, command.year)
    return Plan(
        plan_id=new_id(),
        agency_id=agency.agency_id,
        year=command.year,
        revision=former.revision + 1 if former else 1,
        edition=former.edition if former else 0,
        note=command.note,
        items=command.items,
        drafted_by=who.account_id,
        drafted_at=clock.now(),
    )


def publish(command: Publish, uow: UnitOfWork, who: Principal) -> tuple[Plan, list[Text]]:
    """The plan in force, with what is to be said of it. Raises Forbidden, NotFound, StaleVersion, Invalid for an item
    that has left the list since it was written."""
    agency = acting_for(uow.connection, who)
    store.lock(uow.connection, agency.agency_id, command.year)
    draft = store.draft(uow.connection, agency.agency_id, command.year)
    if draft is None:
        raise NotFound("plan draft", command.year)
    if command.edition != draft.edition:
        raise StaleVersion(command.edition, draft.edition)
    _fit(uow, agency, draft.year, draft.items)
    plan = _public(draft, who, agency.today)
    store.put_in_force(uow.connection, plan)
    uow.emit(told(plan, agency.today))
    return plan, list(notices(plan, agency.today))


def _public(draft: Plan, who: Principal, today: date) -> Plan:
    return replace(
        draft,
        state="published",
        published_by=who.account_id,
        published_at=clock.now(),
        published_on=today,
    )


def told(plan: Plan, day: date) -> PlanPublished:
    return PlanPublished(
        plan_id=plan.plan_id,
        version=1,  # a revision is published once
        agency_id=plan.agency_id,
        year=plan.year,
        revision=plan.revision,
        items=tuple(item.item_id for item in plan.items),
        visits=plan.visits,
        published_on=day,
    )


def _fit(uow: UnitOfWork, agency: Agency, year: int, items: tuple[PlannedItem, ...]) -> None:
    wrong = unfit_items(uow.connection, agency, [item.item_id for item in items], _POINTER)
    this = agency.today.year
    if year not in (this, this + 1):
        wrong["/year"] = (
            f"只能制定 {this} 或 {this + 1} 年的计划（R5） / plans are made for {this} or {this + 1} (R5)"
        )
    if wrong:
        raise Invalid(wrong)
