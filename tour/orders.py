"""An order's way to its issue, as an office walks it; the acts and the load of the e2e test share it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tour.caller import Answer, Caller, Unexpected
from tour.cast import Office

API = "/api/inspection/v1"
CITY = ZoneInfo("Asia/Shanghai")
ON_SITE = "需现场核验设备与安全设施，书面检查无法替代"
QUIET_UNTIL_DAY = 20  # 宿迁, 企业安静期: only what cannot wait is inspected before (rule F5)
ASSIGNED = {"trigger": "assigned", "clue": "宿经开应急交办〔示范〕第 1 号"}
ROUTINE = {"trigger": "routine"}
APART = "已与对方机关联系，时间与对象无法合并"


def wanted(office: Office, enterprise_id: str, premises_id: str, items: list[str]) -> dict[str, Any]:
    """A request for a visit within the next days by the office's two inspectors. On the quiet days of the month it
    is one that was assigned from above."""
    today = datetime.now(CITY).date()  # wherever this machine is, the phones are there
    return {
        "enterprise_id": enterprise_id,
        "premises_id": premises_id,
        "items": items,
        "inspectors": [each.account["inspector_id"] for each in office.inspectors],
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=3)).isoformat(),
        "on_site_reason": ON_SITE,
        "considered": ["written", "data_sharing"],
        **(ASSIGNED if quiet(today) else ROUTINE),
    }


def quiet(day: date) -> bool:
    return day.day < QUIET_UNTIL_DAY


def path_of(order: Mapping[str, Any]) -> str:
    return f"{API}/orders/{order['order_id']}"


def decided(caller: Caller, order: Mapping[str, Any], action: str, **more: Any) -> Answer:
    """`submit`, `approve`, `issue` or `merge`: where the gate asks for reasons, each finding gets its own."""
    answer = step(caller, order, action, more, expect=(200, 409))
    if answer.status == 409 and answer.json["code"] == "reason_required":
        reasons = {finding["key"]: APART for finding in answer.json["findings"]}
        return step(caller, order, action, {**more, "reasons": reasons})
    if answer.status == 409:
        raise Unexpected(answer, (200,))
    return answer


def reviewed(coordinator: Caller, order: Mapping[str, Any]) -> Answer | None:
    """备案审查, where the gate says that the order needs it (rule A8): what no plan foresees."""
    findings = coordinator.quietly.get(path_of(order)).json["findings"]
    if not any(finding["rule"] == "A8" for finding in findings):
        return None
    return step(coordinator, order, "review", {"passed": True, "reason": "交办事项属实"})


def step(
    caller: Caller,
    order: Mapping[str, Any],
    action: str,
    body: dict[str, Any] | None = None,
    expect: tuple[int, ...] = (200, 201),
) -> Answer:
    """One move of an order, said of the version it has now."""
    current = caller.quietly.get(path_of(order))
    headers = {"If-Match": current.etag}
    return caller.post(f"{path_of(order)}/{action}", body or {}, headers=headers, expect=expect)
