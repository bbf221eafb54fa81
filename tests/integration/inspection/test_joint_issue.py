"""What an order that joined rests on is judged again when the joint order is issued."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
import time_machine

from services.chassis import clock
from services.chassis.policy import policies
from services.inspection.gate import Stage
from services.inspection.gate.reader import read_facts
from services.inspection.gate.together import read_together
from services.inspection.joint import store
from services.inspection.orders.judgement import proposal
from services.inspection.orders.locks import lock_order
from services.inspection.orders.store import content
from tests.builders.arrival import a_credential, arrives, inspector_of
from tests.builders.grounds import a_campaign, moved_to, under
from tests.builders.inspection import COORDINATOR, a_staff, a_town, days, replicate, today
from tests.builders.joint import at_places
from tests.builders.past import SUQIAN, an_enterprise_in
from tests.builders.races import race

MORNING = datetime(2026, 6, 10, 2, tzinfo=UTC)
ROUNDS = 60


@pytest.fixture
def town(database, tmp_path):
    with time_machine.travel(MORNING), a_town(database, tmp_path) as town:
        yield town


def a_host(town, **changes):
    """It answers to a clue, so the rules on planned visits ask nothing of it."""
    return town.drafted(trigger="complaint", clue="12345-2026-0007", **days(5, 7), **changes)


def approved(town, host, *guests):
    """The joint order, with the word of every head; `guests` are who drafts and what."""
    for staff, changes in guests:
        host = town.joins(host, town.drafted(staff, **days(5, 7) | changes)).json
    reasons = {f["key"]: "分开办理" for f in host["findings"] if f["outcome"] == "justify"}
    order = town.does("submit", host, town.safety.clerk, reasons).json
    for staff in (town.safety, *(staff for staff, _ in guests)):
        order = town.does("approve", order, staff.head).json
    assert order["state"] == "approved", order
    return order


def issues(town, order):
    return town.does("issue", order, town.safety.clerk)


def leaves(town, joint, guest):
    body = {"order_id": guest, "reason": "分开检查"}
    return town.call("POST", f"/orders/{joint['order_id']}/split", COORDINATOR, json=body)


def stops(answer):
    return [finding for finding in answer.json["findings"] if finding["outcome"] == "block"]


def capped(town, staff, cap=1):
    replicate(town.pool, replace(staff.item, version=2, annual_cap=cap))


def test_a_cap_that_was_used_up_since_stops_the_issue_until_that_agency_leaves(town):
    """The host answers to a clue and is only counted; what the other agency brought is stopped at its cap."""
    town.issued(town.fire, **days(1, 3))
    order = approved(town, a_host(town), (town.fire, {}))
    capped(town, town.fire)
    refused = issues(town, order)
    assert (refused.status_code, refused.json["code"]) == (409, "rule_blocked")
    (finding,) = stops(refused)
    assert finding["rule"] == "F1"
    assert finding["explanation"]["zh"].startswith("经开区消防救援大队 并入的检查单：")
    assert "拆分" in finding["remedy"]["zh"]
    assert "(split)" in finding["remedy"]["en"]
    kept = town.read(order)
    assert kept["state"] == "approved"
    assert finding["key"] in {f["key"] for f in kept["findings"] if f["stage"] == "issue"}
    assert leaves(town, kept, finding["orders"][0]).status_code == 200
    rest = town.read(order)
    asked = issues(town, rest).json["findings"]
    reasons = {finding["key"]: "期限不同" for finding in asked}
    assert {finding["rule"] for finding in asked} == {"J2"}
    assert town.does("issue", rest, town.safety.clerk, reasons).json["state"] == "issued"


def test_nothing_moved_nothing_stops(town):
    order = approved(town, a_host(town), (town.fire, {}))
    assert issues(town, order).json["state"] == "issued"


def test_a_campaign_that_ended_since_stops_the_issue(town):
    campaign = a_campaign(town, town.fire)
    order = approved(town, a_host(town), (town.fire, under(campaign)))
    path = f"/campaigns/{campaign['campaign_id']}/end"
    ended = town.call("POST", path, town.fire.head, campaign["version"], json={"reason": "提前完成"})
    assert ended.status_code == 200, ended.json
    assert [finding["rule"] for finding in stops(issues(town, order))] == ["A7"]


def test_the_letter_of_the_host_helps_no_guest(town):
    order = approved(town, a_host(town, assistance_letter="协函〔2026〕3号"), (town.fire, {}))
    replicate(town.pool, replace(town.fire.agency, version=2, area_code="320105"))
    assert [finding["rule"] for finding in stops(issues(town, order))] == ["A4"]


def test_an_item_off_the_list_is_told_with_whose_it_is(town):
    order = approved(town, a_host(town), (town.fire, {}))
    replicate(town.pool, replace(town.fire.item, version=2, published=False))
    (finding,) = stops(issues(town, order))
    assert finding["rule"] == "A2"
    assert "经开区消防救援大队" in finding["explanation"]["zh"]
    assert "拆分" in finding["remedy"]["zh"]


def test_a_credential_that_lapsed_since_is_told_with_whose_it_is(town):
    order = approved(town, a_host(town), (town.fire, {}))
    replicate(town.pool, replace(town.fire.inspectors[0], version=2, active=False))
    (finding,) = stops(issues(town, order))
    assert finding["rule"] == "A3"
    assert "经开区消防救援大队" in finding["explanation"]["zh"]


def test_who_came_with_a_guest_is_judged_too(town):
    """A joint order that joined another: the cap of its own guest still holds."""
    health = a_staff("health", name="经开区卫生监督所")
    replicate(town.pool, *health.events)
    inner = town.joins(town.drafted(town.fire, **days(5, 7)), town.drafted(health, **days(5, 7))).json
    host = town.joins(a_host(town), inner).json
    order = town.does("submit", host, town.safety.clerk).json
    for staff in (town.safety, town.fire, health):
        order = town.does("approve", order, staff.head).json
    capped(town, health, cap=0)
    found = stops(issues(town, order))
    assert {finding["rule"] for finding in found} == {"F1"}
    assert any(f["explanation"]["zh"].startswith("经开区卫生监督所 并入的检查单") for f in found)


def test_a_guest_is_judged_by_what_it_would_be_alone(town):
    """The best graded of Suqian (F6), the counts and the review, read together and one by one."""
    suqian = moved_to(town, SUQIAN)
    replicate(town.pool, replace(suqian.enterprise, version=3, grade="A"))
    replicate(town.pool, *[an_enterprise_in(SUQIAN, grade="A") for _ in range(120)])
    host = town.joins(
        a_host(suqian), suqian.drafted(town.fire, trigger="assigned", clue="交办", **days(5, 7))
    )
    with town.pool.connection() as connection:
        order = lock_order(connection, UUID(host.json["order_id"]))
        joint = proposal(order, content(connection, order), Stage.ISSUE, COORDINATOR)
        ((guest, brought),) = store.sides_within(connection, order.order_id)
        alone = replace(proposal(guest, brought, Stage.JOIN, COORDINATOR), trigger="routine")
        known, now = policies(), clock.now()
        _, (together,) = read_together(connection, joint, [alone], known, now)
        single = read_facts(connection, replace(alone, order_id=order.order_id), known, now)
        assert together.past.best_graded == single.past.best_graded
        assert together.past.best_graded.enterprises == 121
        assert together.counts == single.counts
        assert together.counts
        assert together.profile == single.profile


class Counted(psycopg.Cursor):
    seen = 0

    def execute(self, *given, **more):
        Counted.seen += 1
        return super().execute(*given, **more)


def test_as_much_is_asked_for_one_guest_as_for_five(town):
    others = [a_staff("fire", name=f"消防救援大队{n}") for n in range(5)]
    replicate(town.pool, *[event for staff in others for event in staff.events])
    order = a_host(town)
    asked = []
    for staff in others:
        order = town.joins(order, town.drafted(staff, **days(5, 7))).json
        with town.pool.connection() as connection:
            model = lock_order(connection, UUID(order["order_id"]))
            joint = proposal(model, content(connection, model), Stage.ISSUE, COORDINATOR)
            usual, connection.cursor_factory, Counted.seen = connection.cursor_factory, Counted, 0
            guests = [
                proposal(*side, Stage.JOIN, COORDINATOR)
                for side in store.sides_within(connection, model.order_id)
            ]
            read_together(connection, joint, guests, policies(), clock.now())
            connection.cursor_factory = usual
            asked.append((len(guests), Counted.seen))
    assert [guests for guests, _ in asked] == [1, 2, 3, 4, 5]
    assert {statements for _, statements in asked} == {asked[0][1]}
    assert asked[0][1] <= 5


def test_an_issue_that_races_an_urgent_visit_of_the_guests_agency_sees_it_or_comes_before_it(town):
    """Both take the lock on the enterprise: whoever is second knows of the first."""
    capped(town, town.fire)
    joint = approved(town, a_host(town), (town.fire, {}))
    with town.pool.connection() as connection:
        ((guest, _),) = store.sides_within(connection, UUID(joint["order_id"]))
    urgent = town.drafted(town.fire, trigger="urgent", ends_on=str(today()))
    people = [inspector_of(town.fire, n) for n in range(2)]
    first = second = 0
    for order, _, rush in at_places(
        town, [joint, town.read({"order_id": str(guest.order_id)}), urgent], ROUNDS
    ):
        issued, entered = race(
            lambda order=order: issues(town, order),
            lambda rush=rush: arrives(
                town, rush, people[0], (a_credential(town, people[1]),), premises_code=rush["plate"]
            ),
        )
        assert entered.status_code == 201, entered.json
        if issued.status_code == 200:
            first += 1
            assert position(town, order, "order.issued") < position(town, rush, "entry.made")
        else:
            second += 1
            assert [finding["rule"] for finding in stops(issued)] == ["F1"]
    assert first + second == ROUNDS


def position(town, order, event):
    with town.pool.connection() as connection:
        row = connection.execute(
            "SELECT position FROM outbox WHERE aggregateid = %s AND type LIKE %s",
            (order["order_id"], f"%{event}.v1"),
        ).fetchone()
    return row["position"]
