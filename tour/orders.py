"""An order's way to its issue, as an office walks it; the acts and the load of the e2e test share it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tour.caller import Answer, Caller
from tour.cast import Office

API = "/api/inspection/v1"
ON_SITE = "需现场核验设备与安全设施，书面检查无法替代"
APART = "已与对方机关联系，时间与对象无法合并"


def wanted(
    office: Office, enterprise_id: str, premises_id: str, items: list[str], trigger: str = "routine"
) -> dict[str, Any]:
    """A request for a visit within the next days by the office's two inspectors."""
    today = date.today()  # noqa: DTZ011  # the machine plays a phone in the city
    return {
        "enterprise_id": enterprise_id,
        "premises_id": premises_id,
        "items": items,
        "inspectors": [each.account["inspector_id"] for each in office.inspectors],
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=3)).isoformat(),
        "trigger": trigger,
        "on_site_reason": ON_SITE,
    }


def path_of(order: dict[str, Any]) -> str:
    return f"{API}/orders/{order['order_id']}"


def submitted(caller: Caller, order: dict[str, Any]) -> Answer:
    """Each finding that asks for a reason gets one."""
    checked = caller.quietly.get(path_of(order))
    reasons = {each["key"]: APART for each in checked.json["findings"] if each["outcome"] == "justify"}
    return step(caller, order, "submit", {"reasons": reasons})


def step(caller: Caller, order: dict[str, Any], action: str, body: dict[str, Any] | None = None) -> Answer:
    """One move of an order, said of the version it has now."""
    current = caller.quietly.get(path_of(order))
    return caller.post(f"{path_of(order)}/{action}", body or {}, headers={"If-Match": current.etag})
