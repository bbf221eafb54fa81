"""Act 2. An agency drafts an order; the gate answers before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

from tour import orders
from tour.acts.register import Registered
from tour.caller import Answer
from tour.cast import Office
from tour.stage import Stage

REGISTRY = "/api/registry/v1"
REPLICA_SECONDS = 10


@dataclass(frozen=True)
class Drafted:
    order: dict[str, Any]
    items: list[dict[str, Any]]


def play(stage: Stage, registered: Registered) -> Drafted:
    stage.narrator.act(2, "拟单：选已公布的事项和两名执法人员，闸门先答")
    office = stage.cast.first
    items = items_of(stage, office)
    request = wanted(office, registered, items)
    checked = gate(stage, office, request)
    show_findings(stage, checked)
    routine_waits(stage, office, request)
    answer = office.clerk.caller.post(f"{orders.API}/orders", request)
    stage.saw(answer, "inspection.order.drafted.v1")
    stage.saw(orders.decided(office.clerk.caller, answer.json, "submit"), "inspection.order.submitted.v1")
    return Drafted(answer.json, items)


def items_of(stage: Stage, office: Office) -> list[dict[str, Any]]:
    """Two published items that the office's agency is competent for."""
    caller = office.clerk.caller
    agency = caller.get(f"{REGISTRY}/agencies/{office.agency_id}").json
    found = caller.get(f"{REGISTRY}/items", params={"limit": 200}).json["items"]
    fitting = [each for each in found if suits(each, agency)]
    stage.narrator.check(f"{agency['name']}有可查的已公布事项", bool(fitting), agency)
    return fitting[:2]


def suits(item: dict[str, Any], agency: dict[str, Any]) -> bool:
    return item["published"] and item["domain"] == agency["domain"] and agency["level"] in item["levels"]


def wanted(office: Office, registered: Registered, items: list[dict[str, Any]]) -> dict[str, Any]:
    return orders.wanted(
        office, registered.enterprise_id, registered.premises_id, [each["item_id"] for each in items]
    )


def routine_waits(stage: Stage, office: Office, request: dict[str, Any]) -> None:
    """On a quiet day nobody comes without need: the gate tells of it, and what is assigned is exempt."""
    if request["trigger"] != "assigned":
        return
    checked = office.clerk.caller.post(f"{orders.API}/gate-checks", {**request, "trigger": "routine"})
    rules = {finding["rule"] for finding in checked.json["findings"]}
    stage.narrator.check("安静期内的日常检查被 F5 指出，改按上级交办办理", "F5" in rules, rules)


def gate(stage: Stage, office: Office, request: dict[str, Any]) -> Answer:
    """A dry run that stores nothing. The new enterprise may still be on its way to the inspection service."""
    deadline = monotonic() + REPLICA_SECONDS
    ask = office.clerk.caller.quietly
    while ask.post(f"{orders.API}/gate-checks", request, expect=(200, 404, 422)).status != 200:
        if monotonic() > deadline:
            break
        sleep(0.2)
    return office.clerk.caller.post(f"{orders.API}/gate-checks", request)


def show_findings(stage: Stage, answer: Answer) -> None:
    for finding in answer.json["findings"]:
        stage.narrator.note(f"{finding['rule']} {finding['outcome']}  {finding['explanation']['zh']}")
