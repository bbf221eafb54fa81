"""What an order rests on: plans, campaigns, draws, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.chassis.ids import new_id
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


def rectifying(town: Town, order: dict[str, Any]) -> dict[str, Any]:
    """The order as it is once its conclusion was 责令改正."""
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE orders SET state = 'rectifying', entered_at = now(), concluded_at = now(), "
            "result = 'order_rectification' WHERE order_id = %s",
            (order["order_id"],),
        )
    return order


def a_filing(**changes: Any) -> dict[str, Any]:
    """What a government approved for a campaign: five orders among a hundred premises, for the next months."""
    given = {
        "name": "有限空间专项检查",
        "filing_number": f"宿政检备〔{today().year}〕{new_id().hex[-8:]}号",
        "approving_government": "宿迁市人民政府",
        "approved_on": str(today()),
        "starts_on": str(today()),
        "ends_on": str(today() + timedelta(days=120)),
        "quota": 5,
        "objects": 100,
    }
    return given | changes


def a_campaign(town: Town, staff: Staff | None = None, **changes: Any) -> dict[str, Any]:
    """Filed by the clerk, published by the head."""
    staff = staff or town.safety
    filed = town.call("POST", "/campaigns", staff.clerk, json=a_filing(**changes))
    assert filed.status_code == 201, filed.json
    path = f"/campaigns/{filed.json['campaign_id']}/publish"
    published = town.call("POST", path, staff.head, filed.json["version"])
    assert published.status_code == 200, published.json
    return published.json


def under(campaign: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What makes a draft one of the campaign."""
    return {"trigger": "campaign", "campaign_id": campaign["campaign_id"], **changes}
