"""A plan as it is shown: with names, and with what changed since the revision before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis import clock
from services.chassis.errors import Text
from services.chassis.policy import policies
from services.inspection.plans import store
from services.inspection.plans.model import Plan, Progress, changes

C = Connection[Any]


def shown(connection: C, plan: Plan, notices: Sequence[Text] = ()) -> dict[str, Any]:
    former = store.before(connection, plan)
    changed = changes(former.items, plan.items) if former else []
    names = _names(connection, [*(i.item_id for i in plan.items), *(c.item_id for c in changed)])
    return summary(connection, [plan])[0] | {
        "edition": plan.edition,
        "note": plan.note,
        "items": [_named(asdict(item), names) for item in plan.items],
        "changes": [_named(asdict(change), names) for change in changed],
        "notices": [{"rule": "R5", **notice._asdict()} for notice in notices],
    }


def summary(connection: C, plans: Sequence[Plan]) -> list[dict[str, Any]]:
    """Without the items, but with the name of the agency and the sum of its visits."""
    rows = connection.execute(
        "SELECT agency_id, name FROM agency WHERE agency_id = ANY(%s)", ([plan.agency_id for plan in plans],)
    ).fetchall()
    agencies = {row["agency_id"]: row["name"] for row in rows}
    return [
        {
            "plan_id": plan.plan_id,
            "agency_id": plan.agency_id,
            "agency": agencies.get(plan.agency_id),
            "year": plan.year,
            "revision": plan.revision,
            "state": plan.state,
            "visits": plan.visits,
            "published_on": plan.published_on,
        }
        for plan in plans
    ]


def progress(connection: C, plan: Plan) -> list[Progress]:
    """By the days of the agency's city."""
    row = connection.execute(
        "SELECT area_code FROM agency WHERE agency_id = %s", (plan.agency_id,)
    ).fetchone()
    profile = policies().governing(row["area_code"] if row else "", clock.now())
    return store.progress(connection, plan, profile.timezone)


def _names(connection: C, items: Iterable[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    rows = connection.execute(
        "SELECT item_id, code, name FROM item WHERE item_id = ANY(%s)", (list(items),)
    ).fetchall()
    return {row["item_id"]: {"code": row["code"], "name": row["name"]} for row in rows}


def _named(row: dict[str, Any], names: Mapping[UUID, Mapping[str, str]]) -> dict[str, Any]:
    return row | dict(names.get(row["item_id"], {"code": None, "name": None}))
