"""Figures, and inspections by what one likes to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from services.chassis.blueprint import Blueprint
from services.chassis.errors import Invalid
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import reading
from services.oversight import calendar
from services.oversight.figures import schemas, store
from services.oversight.figures.groups import groups
from services.oversight.figures.model import Period, this_year
from services.oversight.figures.queries import figures
from services.oversight.figures.series import series, starts
from services.oversight.scope import agency_scope

LONGEST = {"day": 400, "week": 7 * 400, "month": 30 * 400}
figures_api = Blueprint("figures", __name__, url_prefix="/api/oversight/v1", description="一网统管")


@figures_api.get("/figures")
@requires(Permission.OVERSIGHT_READ)
@figures_api.arguments(schemas.FiguresQuery, location="query")
@figures_api.response(200, schemas.FiguresSchema)
def get_figures(query: Mapping[str, Any]):
    """The numbers now. An agency sees its own."""
    scope = agency_scope(principal(), query["agency_id"])
    with reading() as connection:
        return figures(connection, scope, period_of(query))


@figures_api.get("/inspections")
@requires(Permission.OVERSIGHT_READ)
@figures_api.arguments(schemas.InspectionsQuery, location="query")
@figures_api.response(200, schemas.GroupsSchema)
def get_inspections(query: Mapping[str, Any]):
    """A joint visit counts once, for the agency that leads it (rule J5)."""
    scope = agency_scope(principal(), query["agency_id"])
    period = period_of(query)
    with reading() as connection:
        found = groups(connection, query["by"], scope, period, query["rank"])
    return {"by": query["by"], "from": period.first, "to": period.last, "items": found}


@figures_api.get("/figures/series")
@requires(Permission.OVERSIGHT_READ)
@figures_api.arguments(schemas.SeriesQuery, location="query")
@figures_api.response(200, schemas.SeriesSchema)
def get_series(query: Mapping[str, Any]):
    """The figures by day, week or month: one line, or one an agency, section of industry or area. At most 400 steps."""
    scope = agency_scope(principal(), query["agency_id"])
    step, by, period = query["step"], query["by"], period_of(query)
    if (period.last - period.first).days > LONGEST[step]:
        raise Invalid(
            {"/query/from": "时段过长，请缩短或改用更大的步长 · too long: shorten it, or take longer steps"}
        )
    with reading() as connection:
        found = series(connection, step, by, scope, period)
        axis = starts(connection, step, period)
    return {"step": step, "by": by, "from": period.first, "to": period.last, "starts": axis, "items": found}


@figures_api.get("/events-position")
@requires(Permission.OVERSIGHT_READ)
@figures_api.response(200, schemas.ProgressSchema)
def get_position():
    """How far the projections are."""
    with reading() as connection:
        return asdict(store.progress(connection))


def period_of(query: Mapping[str, Any]) -> Period:
    """Raises Invalid when it ends before it begins."""
    year = this_year(calendar.today())
    last = query["last"] or year.last
    first = query["first"] or min(year.first, last)
    if first > last:
        raise Invalid({"/query/to": "结束日期早于开始日期 · it ends before it begins"})
    return Period(first=first, last=last)
