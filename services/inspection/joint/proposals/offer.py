"""What is offered: who leads, when, how many come. What is left out is worked out from the orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, zip_longest
from uuid import UUID

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid
from services.chassis.identity import Principal
from services.chassis.policy import city_day, policies
from services.inspection.gate import Finding, Outcome, Stage, judge
from services.inspection.gate.errors import unjustified
from services.inspection.gate.facts import Facts
from services.inspection.gate.reader import read_facts
from services.inspection.joint import model
from services.inspection.joint.model import Shape, Side
from services.inspection.joint.proposals.model import Terms, host_first
from services.inspection.orders.judgement import Reasons, proposal
from services.inspection.orders.model import LONGEST_WINDOW_DAYS, Order, State

HEADCOUNT = "J4"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """`inspectors` are those who come, of all that the orders name; or `headcount` is how many of them, each
    agency in turn. `reasons` answer what rule J4 asks of too many, under its finding's key."""

    lead_agency_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    inspectors: tuple[UUID, ...] | None = None
    headcount: int | None = None
    note: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])


def terms_of(uow: UnitOfWork, offer: Offer, sides: Sequence[Side], round: int, who: Principal) -> Terms:
    """Raises Invalid naming each wrong field, ReasonRequired for more people than J4 lets go without one."""
    facts = _facts(uow, sides, sides[0][0].agency_id, who)
    lead = offer.lead_agency_id or _lead(facts, sides)
    starts_on, ends_on = _window(offer, sides)
    inspectors = _inspectors(offer, sides, lead)
    wrong = (
        _wrong_lead(lead, sides)
        | _wrong_window(starts_on, ends_on, sides, facts.today)
        | _wrong_people(inspectors, sides, facts.profile.min_inspectors)
    )
    if wrong:
        raise Invalid(wrong)
    shape = Shape(lead_agency_id=lead, starts_on=starts_on, ends_on=ends_on, inspectors=frozenset(inspectors))
    _only_with_a_reason(too_many(uow, sides, shape, who), offer.reasons)
    return Terms(
        round=round,
        lead_agency_id=lead,
        starts_on=starts_on,
        ends_on=ends_on,
        inspectors=inspectors,
        note=offer.note,
        reasons=dict(offer.reasons),
        offered_by=who.account_id,
        agency_id=who.agency_id,
        offered_at=clock.now(),
    )


def too_many(uow: UnitOfWork, sides: Sequence[Side], shape: Shape, who: Principal) -> list[Finding]:
    """What the gate says of the headcount of the visit in this shape."""
    facts = _facts(uow, sides, shape.lead_agency_id, who, shape)
    return [finding for finding in judge(facts, Stage.JOIN) if finding.rule == HEADCOUNT]


def _facts(
    uow: UnitOfWork, sides: Sequence[Side], lead: UUID, who: Principal, shape: Shape | None = None
) -> Facts:
    (order, content), *guests = host_first(sides, lead)
    whole = model.reshaped(model.united(content, *(guest for _, guest in guests)), shape)
    seen = proposal(model.shaped(order, shape), whole, Stage.JOIN, who)
    return read_facts(uow.connection, seen, policies(), clock.now())


def _lead(facts: Facts, sides: Sequence[Side]) -> UUID:
    """The industry department of the enterprise (rule J2); where none is there, who was first."""
    leads = [order.agency_id for order, _ in sorted(sides, key=lambda side: side[0].order_id)]
    departments = (
        agency_id
        for agency_id in leads
        if (agency := facts.agency(agency_id)) and facts.registered.section in agency.lead_industries
    )
    return next(departments, leads[0])


def _window(offer: Offer, sides: Sequence[Side]) -> tuple[date, date]:
    """The days that all windows share, unless others are given."""
    starts_on = offer.starts_on or max(order.starts_on for order, _ in sides)
    ends_on = offer.ends_on or min(order.ends_on for order, _ in sides)
    if starts_on > ends_on and not (offer.starts_on and offer.ends_on):
        raise Invalid({"/starts_on": _no_day_in_common(sides)})
    return starts_on, ends_on


def _no_day_in_common(sides: Sequence[Side]) -> str:
    windows = "；".join(f"{o.order_id}：{o.starts_on} 至 {o.ends_on}" for o, _ in sides)
    return (
        f"期限没有共同的日子（{windows}），请给出新的期限 / "
        "the windows share no day: give a new window in starts_on and ends_on"
    )


def _inspectors(offer: Offer, sides: Sequence[Side], lead: UUID) -> tuple[UUID, ...]:
    named = [i for _, content in sides for i in content.inspectors]
    if offer.inspectors is not None:
        return tuple(dict.fromkeys(offer.inspectors))
    agencies = dict.fromkeys([lead, *(person.agency_id for person in named)])
    by_agency = [[p.inspector_id for p in named if p.agency_id == agency] for agency in agencies]
    turns = dict.fromkeys(person for person in chain(*zip_longest(*by_agency)) if person)
    return tuple(turns)[: offer.headcount]


def _wrong_lead(lead: UUID, sides: Sequence[Side]) -> dict[str, str]:
    if lead in {order.agency_id for order, _ in sides}:
        return {}
    return {
        "/lead_agency_id": "应由其中一张检查单的牵头机关牵头 / must be an agency that leads one of the orders"
    }


def _wrong_window(starts_on: date, ends_on: date, sides: Sequence[Side], today: date) -> dict[str, str]:
    if not timedelta(0) <= ends_on - starts_on <= timedelta(days=LONGEST_WINDOW_DAYS):
        return {
            "/ends_on": f"应在开始之后 {LONGEST_WINDOW_DAYS} 天内 / within {LONGEST_WINDOW_DAYS} days of the start"
        }
    if ends_on < today:
        return {"/ends_on": f"期限已过，今天是 {today} / the window is over, today is {today}"}
    if starts_on < min(today, *(order.starts_on for order, _ in sides)):
        return {"/starts_on": f"不能早于今天 {today} / not before today"}
    return _beyond_what_was_approved(starts_on, ends_on, sides)


def _beyond_what_was_approved(starts_on: date, ends_on: date, sides: Sequence[Side]) -> dict[str, str]:
    """Where every head has spoken, nobody will be asked again: the visit stays inside what they approved."""
    orders = [order for order, _ in sides]
    if any(order.state not in (State.APPROVED, State.ISSUED) for order in orders):
        return {}
    narrow = [o for o in orders if not (o.starts_on <= starts_on and ends_on <= o.ends_on)]
    if not narrow:
        return {}
    names = "；".join(f"{o.order_id}：{o.starts_on} 至 {o.ends_on}" for o in narrow)
    return {
        "/starts_on": f"超出已批准的期限（{names}）；请取其共同的日子，或撤销后重新拟单 / "
        "beyond the windows that were approved: stay within them, or cancel and draft again"
    }


def _wrong_people(inspectors: Sequence[UUID], sides: Sequence[Side], fewest: int) -> dict[str, str]:
    """Rule A3 asks for `fewest` of every agency: a headcount does not go below, unless the orders do."""
    employer = {i.inspector_id: i.agency_id for _, content in sides for i in content.inspectors}
    wrong = {
        f"/inspectors/{n}": "不在这些检查单上 / not named on any of the orders"
        for n, person in enumerate(inspectors)
        if person not in employer
    }
    if wrong:
        return wrong
    named, coming = Counter(employer.values()), Counter(employer[person] for person in inspectors)
    if all(coming[agency] >= min(fewest, named[agency]) for agency in named):
        return {}
    return {
        "/inspectors": f"每个机关至少 {fewest} 名执法人员到场；请增加人数 / "
        f"at least {fewest} of every agency must come: name more people or raise the headcount"
    }


def _only_with_a_reason(found: Sequence[Finding], reasons: Reasons) -> None:
    asked = {finding.key for finding in found if finding.outcome is Outcome.JUSTIFY}
    unasked = {
        f"/reasons/{key}": "没有需要说明的这一条 / no finding asks for this"
        for key in reasons
        if key not in asked
    }
    if unasked:
        raise Invalid(unasked)
    if unanswered := [f for f in found if f.key in asked and f.key not in reasons]:
        raise unjustified(unanswered)


def city_today(uow: UnitOfWork, order: Order) -> date:
    """By the calendar of the place that is visited."""
    row = uow.connection.execute(
        "SELECT area_code FROM premises WHERE premises_id = %s", (order.premises_id,)
    ).fetchone()
    now = clock.now()
    return city_day(policies().governing(row["area_code"] if row else "", now), now)
