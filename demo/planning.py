"""What the offices of the city planned for this year: a plan each, one campaign, one draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from random import Random
from uuid import UUID

from demo.history import Registered
from demo.offices import Office, item_code, items_of, offices
from services.chassis.database import UnitOfWork
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.inspection.campaigns import commands as campaigns
from services.inspection.campaigns.commands import Step
from services.inspection.campaigns.model import Filing
from services.inspection.draws.commands import Reveal, reveal
from services.inspection.draws.commit import Commit, commit
from services.inspection.plans.load import load_plans
from services.inspection.plans.model import Plan, PlannedItem

NOBODY = UUID(int=0)
_SHARES = {"A": Fraction(1, 100), "B": Fraction(1, 20), "C": Fraction(1, 5), "D": Fraction(1, 2)}


def plan_the_year(uow: UnitOfWork, known: Registered, today: date, chance: Random) -> None:
    load_plans(uow, _plans(known, today, chance, _made(uow)))
    _campaign(uow, known, today)
    _draw(uow, known, today)


def _made(uow: UnitOfWork) -> Mapping[UUID, int]:
    """Visits of the year before, by item; those that a plan can foresee."""
    rows = uow.connection.execute(
        """
        SELECT i.item_id, count(*) AS visits FROM order_item i JOIN orders o USING (order_id)
        WHERE o.trigger IN ('routine', 'random', 'campaign') GROUP BY i.item_id
        """
    )
    return {row["item_id"]: row["visits"] for row in rows}


def _plans(known: Registered, today: date, chance: Random, made: Mapping[UUID, int]) -> Iterator[Plan]:
    """Every item of every office, public by the middle of January; early in January, by today. About as many visits as
    the year before, in tens."""
    day = min(date(today.year, 1, 15), today)
    at = datetime.combine(day, time(1), UTC)
    for office in offices():
        items = sorted(known.items[item_code(office, n)] for n in range(1, items_of(office) + 1))
        yield Plan(
            plan_id=new_id(),
            agency_id=known.agencies[office.name],
            year=today.year,
            revision=1,
            state="published",
            note=f"{office.name}{today.year}年度行政检查计划",
            items=tuple(
                PlannedItem(item_id=item, visits=_tens(made.get(item, 0) * chance.uniform(0.9, 1.3)))
                for item in items
            ),
            drafted_by=NOBODY,
            drafted_at=at,
            published_by=NOBODY,
            published_at=at,
            published_on=day,
        )


def _tens(visits: float) -> int:
    return max(10, ceil(visits / 10) * 10)


def _campaign(uow: UnitOfWork, known: Registered, today: date) -> None:
    filing = Filing(
        name="有限空间作业安全专项检查",
        filing_number=f"宿政检备〔{today.year}〕12号",
        approving_government="宿迁市人民政府",
        approved_on=today - timedelta(days=10),
        starts_on=today,
        ends_on=today + timedelta(days=120),
        quota=40,
        objects=len(known.enterprises),
        full_coverage_approved=False,
    )
    office = _office("emergency")
    campaign = campaigns.file_campaign(filing, uow, _acting(office, known, Role.AGENCY_CLERK))
    step = Step(campaign_id=campaign.campaign_id, version=campaign.version)
    campaigns.publish(step, uow, _acting(office, known, Role.APPROVER))


def _draw(uow: UnitOfWork, known: Registered, today: date) -> None:
    """Among the manufacturers of chemicals, rubber, machines and the like."""
    office = _office("environment")
    command = Commit(
        purpose="制造业排污单位双随机抽查",
        starts_on=today,
        ends_on=today + timedelta(days=60),
        shares={**_SHARES, None: Fraction(1, 10)},
        industries=("C2", "C3"),
    )
    draw = commit(command, uow, _acting(office, known, Role.AGENCY_CLERK))
    revealing = Reveal(draw_id=draw.draw_id, version=draw.version, public_value=None)
    reveal(revealing, uow, _acting(office, known, Role.APPROVER))


def _office(slug: str) -> Office:
    return next(office for office in offices() if office.slug == slug)


def _acting(office: Office, known: Registered, role: Role) -> Principal:
    return Principal(
        account_id=NOBODY,
        name=office.name,
        roles=frozenset({role}),
        agency_id=known.agencies[office.name],
    )
