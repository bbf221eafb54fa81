"""What comes before an order: plans, campaigns, draws, over HTTP."""

from __future__ import annotations

from typing import Any

from tests.builders.inspection import Staff, Town, today


def a_plan(*items: Any, visits: int = 10, **changes: Any) -> dict[str, Any]:
    """The body of a plan with these items."""
    planned = [{"item_id": str(item.item_id), "visits": visits} for item in items]
    return {"note": "年度计划", "items": planned} | changes


def published_plan(town: Town, staff: Staff, *items: Any, **changes: Any) -> dict[str, Any]:
    """This year's plan of an agency, with its item unless told otherwise."""
    path = f"/plan-drafts/{today().year}"
    body = a_plan(*(items or [staff.item]), **changes)
    draft = town.call("PUT", path, staff.clerk, json=body)
    assert draft.status_code == 200, draft.json
    plan = town.call("POST", f"{path}/publish", staff.head, draft.json["edition"])
    assert plan.status_code == 200, plan.json
    return plan.json
