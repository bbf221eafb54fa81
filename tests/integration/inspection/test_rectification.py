"""整改与复查: proof, recheck, deadlines (rules R3, R4)."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from services.chassis import clock
from services.chassis.codes import short
from services.chassis.database import UnitOfWork
from services.inspection.orders.commands import tell_overdue
from tests.builders.arrival import inspector_of
from tests.builders.inspection import a_premises, an_item, replicate, today
from tests.builders.life import a_door, a_shared_town


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with a_shared_town(postgres, tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def door(town):
    return a_door(town)


def day(n):
    return str(today() + timedelta(days=n))


def proves(door, order, by=None, **changes):
    body = {"words": "已加装通风设备并培训", "photos": ["IMG_0231.jpg"]} | changes
    path = f"/orders/{order['order_id']}/rectification-proofs"
    return door.town.call("POST", path, by or door.owner, json=body)


def rechecks(door, order, passed, by=None, **more):
    body = {"mode": "remote", "passed": passed, "note": "看照片"} | more
    path = f"/orders/{order['order_id']}/recheck"
    return door.town.call("POST", path, by or inspector_of(door.town.safety), json=body)


def tells(town, order, after):
    """The deadlines told of the order, by a clock that is ahead."""
    with UnitOfWork(town.pool, "/inspection") as uow:
        tell_overdue(uow, clock.now() + after)
        uow.commit()
    return [p["kind"] for event, _, p in town.told(order) if event == "deadline.passed.v1"]


def test_the_conclusion_says_until_when(town, door):
    order = door.rectifying()
    facts = next(p for event, _, p in town.told(order) if event == "order.concluded.v1")
    assert (facts["result"], facts["rectification_due_on"]) == ("order_rectification", day(7))
    listed = town.call("GET", "/rectifications", door.owner).json["items"]
    assert [(item["order_id"], item["due_on"], item["proofs"]) for item in listed] == [
        (order["order_id"], day(7), 0)
    ]


def test_the_enterprise_proves_and_the_agency_rechecks_from_its_desk(town, door):
    order = door.rectifying()
    proof = proves(door, order)
    assert (proof.status_code, proof.json["photos"]) == (201, ["IMG_0231.jpg"])
    assert town.told(order)[-1][2]["proof_id"] == proof.json["proof_id"]
    answer = rechecks(door, order, True)
    assert (answer.status_code, answer.json["state"]) == (200, "closed")
    assert [p["words"] for p in answer.json["proofs"]] == ["已加装通风设备并培训"]
    assert town.told(order)[-1][2]["recheck"] == "remote"
    assert door.told(order)[-2:] == ["rectification.proved.v1", "order.closed.v1"]
    assert town.call("GET", "/rectifications", door.owner).json["items"] == []


def test_only_the_enterprise_itself_proves_and_only_while_it_is_asked(town, door):
    order = door.rectifying()
    assert proves(door, order, a_door(town).owner).status_code == 404
    assert proves(door, order, town.safety.clerk).status_code == 403
    assert proves(door, order, words=" ").status_code == 422
    issued = a_door(town)
    early = proves(issued, issued.issued())
    assert (early.status_code, early.json["code"]) == (409, "wrong_state")


def test_r4_what_is_not_put_right_gets_a_new_deadline(town, door):
    order = door.rectifying()
    for due_on in ({}, {"due_on": day(0)}):
        refused = rechecks(door, order, False, **due_on)
        assert (refused.status_code, refused.json["findings"][0]["key"]) == (409, "R4:deadline")
    again = rechecks(door, order, False, due_on=day(14))
    assert (again.json["state"], again.json["due_on"]) == ("rectifying", day(14))
    assert [(r["passed"], r["due_on"]) for r in again.json["rechecks"]] == [(False, day(14))]
    assert door.told(order)[-1] == "recheck.failed.v1"
    assert rechecks(door, order, True, due_on=day(20)).status_code == 422
    assert rechecks(door, order, True).json["state"] == "closed"


def test_r4_nobody_closes_a_rectification_without_a_recheck(town, door):
    order = door.rectifying()
    answer = town.call("POST", f"/orders/{order['order_id']}/close", town.safety.head, json={})
    assert (answer.status_code, answer.json["findings"][0]["key"]) == (409, "R4:recheck")


def test_only_the_agency_that_leads_rechecks(town, door):
    order = door.rectifying()
    assert rechecks(door, order, True, inspector_of(town.fire)).status_code == 404
    assert rechecks(door, order, True, town.safety.clerk).status_code == 403
    assert rechecks(door, order, True, mode="on_site").status_code == 422


def a_recheck_on_site(door, order):
    """An order of its own, as far as the conclusion."""
    recheck = door.issued(trigger="recheck", recheck_of=order["order_id"])
    door.enters(recheck)
    return recheck


def test_r4_a_recheck_adds_no_item_and_goes_to_no_other_premises(town, door):
    """It is not counted (F1): what it added would be inspected without a cap."""
    order, item, elsewhere = door.rectifying(), an_item(), a_premises(short_code=short.new())
    both = (*door.enterprise.premises, elsewhere)
    replicate(town.pool, item, replace(door.enterprise, version=2, premises=both))
    wish = door.where | {"trigger": "recheck", "recheck_of": order["order_id"]}
    wish |= {"premises_id": str(elsewhere.premises_id)}
    wish |= {"items": [str(town.safety.item.item_id), str(item.item_id)]}
    refused = town.call("POST", "/orders", town.safety.clerk, json=town.a_draft(**wish))
    assert refused.status_code == 422, refused.json
    assert [error["pointer"] for error in refused.json["errors"]] == ["/premises_id", "/items/1"]
    assert all("R" in error["message"] for error in refused.json["errors"])


def test_r4_a_recheck_on_site_that_finds_all_in_order_closes_both(town, door):
    order = door.rectifying()
    recheck = a_recheck_on_site(door, order)
    door.records(recheck)
    assert door.concludes(recheck, "no_problem").json["state"] == "closed"
    assert town.read(order)["state"] == "closed"
    assert town.told(order)[-1][2]["recheck"] == "on_site"
    assert town.told(recheck)[-1][2]["recheck"] is None
    visits = town.read(order)["visits"]
    assert visits[0]["visited"] == 1, "a recheck is not counted"


def test_r4_a_recheck_on_site_that_finds_it_undone_hands_its_deadline_on(town, door):
    order = door.rectifying()
    recheck = a_recheck_on_site(door, order)
    door.records(recheck, "problem")
    answer = door.concludes(recheck, "order_rectification", deadline=day(21))
    assert answer.json["state"] == "closed"
    after = town.read(order)
    assert (after["state"], after["rectification_due_on"]) == ("rectifying", day(21))
    assert door.told(order)[-1] == "recheck.failed.v1"
    shown = town.call("GET", f"/orders/{order['order_id']}/rectification", town.safety.head).json
    assert [(r["mode"], r["made_under"]) for r in shown["rechecks"]] == [("on_site", recheck["order_id"])]


def test_a_recheck_on_site_of_what_was_closed_meanwhile_stands_alone(town, door):
    order = door.rectifying()
    recheck = a_recheck_on_site(door, order)
    assert rechecks(door, order, True).status_code == 200
    door.records(recheck)
    assert door.concludes(recheck, "no_problem").json["state"] == "closed"
    assert door.told(order).count("order.closed.v1") == 1


def test_r4_a_deadline_that_passed_is_told_once_and_a_new_one_again(town, door):
    order = door.rectifying()
    assert tells(town, order, timedelta(days=6)) == []
    assert tells(town, order, timedelta(days=9)) == ["rectification"]
    assert tells(town, order, timedelta(days=10)) == ["rectification"]
    assert town.read(order)["overdue"] == ["rectification"]
    rechecks(door, order, False, due_on=day(14))
    assert town.read(order)["overdue"] == []
    assert tells(town, order, timedelta(days=12)) == ["rectification"]
    assert tells(town, order, timedelta(days=20)) == ["rectification"] * 2


def test_r3_the_result_is_due_a_week_after_they_left_or_recorded(town, door):
    order = door.issued()
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=True):
        entry = door.enters(order)
    first = town.read(order)["conclude_by"]
    with time_machine.travel(clock.now() + timedelta(hours=3), tick=True):
        left = town.call("POST", f"/entries/{entry['entry_id']}/leave", inspector_of(town.safety), json={})
    assert left.status_code == 200, left.json
    second = town.read(order)["conclude_by"]
    assert first < second
    with time_machine.travel(clock.now() + timedelta(hours=5), tick=True):
        assert door.records(order).status_code == 200
    assert town.read(order)["conclude_by"] == second, "the record came after they left"
    assert tells(town, order, timedelta(days=6)) == []
    assert tells(town, order, timedelta(days=8)) == ["conclusion"]
    assert tells(town, order, timedelta(days=9)) == ["conclusion"]
    assert door.concludes(order, "no_problem").json["state"] == "closed"
    assert tells(town, order, timedelta(days=30)) == ["conclusion"]


def test_the_clock_leaves_alone_what_somebody_is_working_on(town, door):
    order = door.issued()
    door.enters(order)
    with town.pool.connection() as connection:
        connection.execute("SELECT 1 FROM orders WHERE order_id = %s FOR UPDATE", (order["order_id"],))
        assert tells(town, order, timedelta(days=8)) == []
    assert tells(town, order, timedelta(days=8)) == ["conclusion"]


def test_the_clock_works_in_batches(town):
    orders = []
    for _ in range(3):
        door = a_door(town)
        order = door.issued()
        door.enters(order)
        orders.append(order)
    told = []
    while not told or told[-1]:
        with UnitOfWork(town.pool, "/inspection") as uow:
            told.append(tell_overdue(uow, clock.now() + timedelta(days=8), limit=2))
            uow.commit()
    assert max(told) == 2
    assert all(town.read(order)["overdue"] == ["conclusion"] for order in orders)
