"""Act 4. The heads approve, the order is issued, and only now it has a code."""

from __future__ import annotations

from tour import orders
from tour.acts.draft import Drafted
from tour.stage import Stage


def play(stage: Stage, drafted: Drafted) -> None:
    stage.narrator.act(4, "审批与签发：负责人批准之前，没有检查码")
    cast, order = stage.cast, drafted.order
    too_early = cast.first.clerk.caller.get(f"{orders.path_of(order)}/code", expect=(409,))
    stage.narrator.check("未签发的检查单没有码", too_early.json["code"] == "wrong_state", too_early.json)
    forbidden = cast.first.clerk.caller.post(f"{orders.path_of(order)}/approve", {}, expect=(403,))
    stage.narrator.check("拟单人不能自己批准", forbidden.json["code"] == "forbidden", forbidden.json)
    for office in (cast.first, cast.second):
        approved = orders.decided(office.head.caller, order, "approve")
        stage.narrator.note(f"{office.head.account['name']} 批准")
    stage.saw(approved, "inspection.order.approved.v1")
    reviewed = orders.reviewed(cast.coordinator.caller, order)
    if reviewed:
        stage.saw(reviewed, "inspection.order.reviewed.v1")
        stage.narrator.note("计划外的检查经统筹机构备案审查（规则 A8）")
    issued = orders.decided(cast.first.clerk.caller, order, "issue")
    stage.saw(issued, "inspection.order.issued.v1")
