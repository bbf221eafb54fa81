"""Act 3. Two more agencies want the same enterprise: one visit is joined, the other explains itself."""

from __future__ import annotations

from typing import Any

from tour import orders
from tour.acts.draft import Drafted, items_of, show_findings, wanted
from tour.acts.register import Registered
from tour.cast import Office
from tour.stage import Stage


def play(stage: Stage, registered: Registered, drafted: Drafted) -> None:
    stage.narrator.act(3, "综合查一次：另两家机关也要查，一家并入，一家说明理由")
    joining = second_order(stage, stage.cast.second, registered)
    coordinator = stage.cast.coordinator.caller
    merged = orders.decided(coordinator, drafted.order, "merge", absorb=joining["order_id"])
    stage.saw(merged, "inspection.order.joined.v1")
    stage.saw(merged, "inspection.order.absorbed.v1")
    second_order(stage, stage.cast.third, registered)


def second_order(stage: Stage, office: Office, registered: Registered) -> dict[str, Any]:
    """Drafted and submitted; the gate must see that others are going there."""
    request = wanted(office, registered, items_of(stage, office))
    checked = office.clerk.caller.post(f"{orders.API}/gate-checks", request)
    show_findings(stage, checked)
    rules = {finding["rule"] for finding in checked.json["findings"]}
    stage.narrator.check("闸门指出 J2：其他机关已有安排", "J2" in rules, rules)
    order = office.clerk.caller.post(f"{orders.API}/orders", request)
    stage.saw(order, "inspection.duplicate.found.v1")
    answer = orders.decided(office.clerk.caller, order.json, "submit")
    stage.saw(answer, "inspection.finding.overridden.v1")
    return order.json
