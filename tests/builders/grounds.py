"""What an order rests on: plans, campaigns, draws, over HTTP."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from events.catalogue.registry import EnterpriseChanged
from services.chassis.ids import new_id
from tests.builders.inspection import Staff, Town, replicate, today

SUQIAN = "321391"


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


def a_commitment(*enterprises: EnterpriseChanged, **changes: Any) -> dict[str, Any]:
    """The body of a draw among these enterprises' first premises: all of them, whatever their grade."""
    grades = sorted({enterprise.grade or "" for enterprise in enterprises})
    given = {
        "purpose": "有限空间双随机抽查",
        "starts_on": str(today()),
        "ends_on": str(today() + timedelta(days=120)),
        "shares": [{"grade": grade or None, "share": 1} for grade in grades],
        "premises": [str(enterprise.premises[0].premises_id) for enterprise in enterprises],
    }
    return given | changes


def a_commitment_made(town: Town, body: dict[str, Any], staff: Staff | None = None) -> dict[str, Any]:
    answer = town.call("POST", "/draws", (staff or town.safety).clerk, json=body)
    assert answer.status_code == 201, answer.json
    return answer.json


def a_draw(
    town: Town, staff: Staff | None = None, *enterprises: EnterpriseChanged, **changes: Any
) -> dict[str, Any]:
    """Committed by the clerk, revealed by the head; of the town's enterprise unless told otherwise."""
    staff = staff or town.safety
    committed = a_commitment_made(town, a_commitment(*(enterprises or [town.enterprise]), **changes), staff)
    path = f"/draws/{committed['draw_id']}/reveal"
    revealed = town.call("POST", path, staff.head, committed["version"], json={})
    assert revealed.status_code == 200, revealed.json
    return revealed.json


def drawn_from(draw: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What makes a draft one of the draw."""
    return {"trigger": "random", "draw_id": draw["draw_id"], **changes}


def moved_to(town: Town, area: str) -> Town:
    """The same town in another city, under that city's profile."""

    def moved(staff: Staff) -> Staff:
        return replace(staff, agency=replace(staff.agency, version=2, area_code=area))

    places = tuple(replace(place, area_code=area) for place in town.enterprise.premises)
    elsewhere = replace(
        town,
        safety=moved(town.safety),
        fire=moved(town.fire),
        enterprise=replace(town.enterprise, version=2, area_code=area, premises=places),
    )
    replicate(town.pool, elsewhere.safety.agency, elsewhere.fire.agency, elsewhere.enterprise)
    return elsewhere
