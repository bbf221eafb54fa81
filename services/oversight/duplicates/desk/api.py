"""The duplicates desk over HTTP: pairs, clusters, and what became of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import reading
from services.oversight import calendar
from services.oversight.duplicates.desk import schemas, store
from services.oversight.duplicates.desk.model import Desk, Rate
from services.oversight.scope import agency_scope

desk = Blueprint("desk", __name__, url_prefix="/api/oversight/v1", description="重复检查台")
_SHARES = ("joined", "overridden", "dismissed", "ignored")


@desk.get("/duplicate-pairs")
@requires(Permission.OVERSIGHT_READ)
@desk.arguments(schemas.DeskPairsQuery, location="query")
@desk.response(200, schemas.DeskPairsSchema)
def list_pairs(query: Mapping[str, Any]):
    """Orders at one place that overlap or follow each other within `days`, side by side, the newest first.

    An agency sees the pairs that it is part of, a coordinator all. `ignored`: both were visited apart and nobody
    said why.
    """
    with reading() as connection:
        found = store.pairs(
            connection,
            _desk(query),
            verdict=query["verdict"],
            why=query["why"],
            premises_id=query["premises_id"],
            after=_pair(query["after"]),
            limit=query["limit"],
        )
    items = found[: query["limit"]]
    last = items[-1] if len(found) > len(items) else None
    return {"items": items, "next": f"{last.later.order_id}.{last.earlier.order_id}" if last else None}


@desk.get("/duplicate-clusters")
@requires(Permission.OVERSIGHT_READ)
@desk.arguments(schemas.ClustersQuery, location="query")
@desk.response(200, schemas.ClustersSchema)
def list_clusters(query: Mapping[str, Any]):
    """Visits to one place of which each is close to the next, the largest first: how many could have been one."""
    with reading() as connection:
        found, more = store.clusters(connection, _desk(query), limit=query["limit"], offset=query["offset"])
    return {"items": found, "next_offset": query["offset"] + query["limit"] if more else None}


@desk.get("/duplicate-rates")
@requires(Permission.OVERSIGHT_READ)
@desk.arguments(schemas.DeskQuery, location="query")
@desk.response(200, schemas.RatesSchema)
def list_rates(query: Mapping[str, Any]):
    """Per agency: pairs found, and the shares joined, overridden, dismissed and ignored."""
    return {"items": [_shown(rate) for rate in _rates(query)]}


@desk.get("/duplicate-rates.csv")
@requires(Permission.OVERSIGHT_READ)
@desk.arguments(schemas.DeskQuery, location="query")
@desk.response(200, content_type="text/csv")
def rates_as_csv(query: Mapping[str, Any]):
    """The same as a table."""
    headers = {"Content-Disposition": 'attachment; filename="duplicate-rates.csv"'}
    return Response(_csv(_rates(query)), mimetype="text/csv", headers=headers)


def _pair(after: str | None) -> tuple[UUID, UUID] | None:
    later, _, earlier = (after or "").partition(".")
    return (UUID(later), UUID(earlier)) if after else None


def _rates(query: Mapping[str, Any]) -> Sequence[Rate]:
    with reading() as connection:
        return store.rates(connection, _desk(query))


def _desk(query: Mapping[str, Any]) -> Desk:
    who = principal()
    return Desk(
        today=calendar.today(),
        days=query["days"],
        sees_all=who.sees_all,
        asking=who.agency_id,
        agency_id=agency_scope(who, query["agency_id"]),
        area=_prefix(query["area"]),
    )


def _prefix(area: str | None) -> str | None:
    """`321300` is all of `3213`: trailing 00 pairs stand for what lies beneath."""
    while area and len(area) > 2 and len(area) % 2 == 0 and area.endswith("00"):
        area = area[:-2]
    return area


def _shown(rate: Rate) -> dict[str, Any]:
    counts = asdict(rate)
    return counts | {f"{name}_rate": rate.share(counts[name]) for name in _SHARES}


def _csv(rates: Sequence[Rate]) -> str:
    """With a byte order mark: spreadsheets take UTF-8 for something else without it."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, list(schemas.RateSchema().fields))
    writer.writeheader()
    writer.writerows(_safe(_shown(rate)) for rate in rates)
    return "\ufeff" + lines.getvalue()


def _safe(row: dict[str, Any]) -> dict[str, Any]:
    """No cell is a formula to a spreadsheet."""
    name = row["agency_name"] or ""
    return row | {"agency_name": f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name}
