"""Yearly plans: who writes, who publishes, and what everybody may read (rule R5)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from services.chassis.ids import new_id
from tests.builders.grounds import a_plan, published_plan
from tests.builders.inspection import CITY, COORDINATOR, a_town, an_item, replicate, today


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def draft_path(year=None):
    return f"/plan-drafts/{year or today().year}"


def on(year, month, day):
    return time_machine.travel(datetime(year, month, day, 10, tzinfo=ZoneInfo(CITY)), tick=True)


def test_what_the_clerk_writes_the_head_publishes_and_everybody_reads(town):
    plan = published_plan(town, town.safety, visits=12)
    assert (plan["revision"], plan["state"], plan["visits"]) == (1, "published", 12)
    read = town.call("GET", f"/plans/{plan['plan_id']}").json
    assert read["items"] == [
        {
            "item_id": str(town.safety.item.item_id),
            "code": town.safety.item.code,
            "name": town.safety.item.name,
            "visits": 12,
        }
    ]
    assert (read["agency"], read["published_on"]) == (town.safety.agency.name, str(today()))
    ((event, version, payload),) = town.told()
    assert (event, version) == ("plan.published.v1", 1)
    assert (payload["plan_id"], payload["visits"]) == (plan["plan_id"], 12)


def test_a_draft_is_its_agencys_own(town):
    draft = town.call("PUT", draft_path(), town.safety.clerk, json=a_plan(town.safety.item)).json
    assert town.call("GET", "/plans").json["items"] == []
    assert town.call("GET", f"/plans/{draft['plan_id']}").status_code == 404
    assert town.call("GET", draft_path(), town.fire.clerk).status_code == 404
    assert town.call("GET", draft_path()).status_code == 401
    assert town.call("GET", draft_path(), town.safety.clerk).json["plan_id"] == draft["plan_id"]


def test_a_clerk_does_not_publish_and_a_head_does_not_write(town):
    body = a_plan(town.safety.item)
    assert town.call("PUT", draft_path(), town.safety.head, json=body).status_code == 403
    town.call("PUT", draft_path(), town.safety.clerk, json=body)
    assert town.call("POST", f"{draft_path()}/publish", town.safety.clerk, 1).status_code == 403


def test_a_revision_says_what_it_changes_and_the_old_one_stays_readable(town):
    second, third = an_item(code="YJ-0002"), an_item(code="YJ-0003")
    replicate(town.pool, second, third)
    first = published_plan(town, town.safety, town.safety.item, second, visits=3)
    kept = a_plan(second, visits=3)["items"]
    items = [{"item_id": str(town.safety.item.item_id), "visits": 5}, *a_plan(third, visits=2)["items"]]
    draft = town.call("PUT", draft_path(), town.safety.clerk, json={"note": "增减", "items": items}).json
    revision = town.call("POST", f"{draft_path()}/publish", town.safety.head, draft["edition"]).json
    assert revision["revision"] == 2
    assert {(c["item_id"], c["before"], c["after"]) for c in revision["changes"]} == {
        (str(town.safety.item.item_id), 3, 5),
        (kept[0]["item_id"], 3, None),
        (str(third.item_id), None, 2),
    }
    old = town.call("GET", f"/plans/{first['plan_id']}").json
    assert (old["state"], old["visits"], len(old["items"])) == ("superseded", 6, 2)
    listed = town.call("GET", f"/plans?agency_id={town.safety.agency_id}&year={today().year}").json
    assert [plan["revision"] for plan in listed["items"]] == [2, 1]


def test_a_head_publishes_what_was_read_and_a_clerk_replaces_what_was_read(town):
    body = a_plan(town.safety.item)
    assert town.call("PUT", draft_path(), town.safety.clerk, json=body).status_code == 200
    assert town.call("PUT", draft_path(), town.safety.clerk, json=body).status_code == 412
    assert town.call("PUT", draft_path(), town.safety.clerk, 1, json=body).status_code == 200
    assert town.call("POST", f"{draft_path()}/publish", town.safety.head, 1).status_code == 412
    assert town.call("POST", f"{draft_path()}/publish", town.safety.head).status_code == 428
    assert town.call("POST", f"{draft_path()}/publish", town.safety.head, 2).status_code == 200
    assert town.call("POST", f"{draft_path()}/publish", town.safety.head, 2).status_code == 404


@pytest.mark.parametrize(
    ("day", "late"), [((2027, 3, 31), False), ((2027, 4, 1), True), ((2027, 12, 31), True)]
)
def test_r5_a_plan_later_than_march_is_published_with_a_notice(town, day, late):
    with on(*day):
        plan = published_plan(town, town.safety)
        assert [notice["rule"] for notice in plan["notices"]] == (["R5"] if late else [])


def test_a_revision_is_never_late_and_next_year_may_be_planned_already(town):
    with on(2027, 12, 1):
        published_plan(town, town.safety)
        assert published_plan(town, town.safety)["notices"] == []
        draft = town.call("PUT", draft_path(2028), town.safety.clerk, json=a_plan(town.safety.item))
        assert draft.status_code == 200


@pytest.mark.parametrize("off", [-1, 2, 5000])
def test_no_plan_is_made_for_another_year(town, off):
    answer = town.call(
        "PUT", draft_path(today().year + off), town.safety.clerk, json=a_plan(town.safety.item)
    )
    assert [error["pointer"] for error in answer.json["errors"]] == ["/year"]


def test_items_that_are_not_ones_own_are_each_named(town):
    off, unknown = an_item(published=False), an_item()
    replicate(town.pool, off)
    body = a_plan(town.safety.item, town.fire.item, off, unknown)
    answer = town.call("PUT", draft_path(), town.safety.clerk, json=body)
    assert {error["pointer"]: error["message"].split("（")[1][:2] for error in answer.json["errors"]} == {
        "/items/1/item_id": "A1",
        "/items/2/item_id": "A2",
        "/items/3/item_id": "A2",
    }
    assert town.call("GET", draft_path(), town.safety.clerk).status_code == 404


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"items": []}, "/items"),
        ({"note": " "}, "/note"),
        ({"items": [{"item_id": str(new_id()), "visits": 0}]}, "/items/0/visits"),
        ({"items": [{"item_id": str(new_id()), "visits": 1.5}]}, "/items/0/visits"),
    ],
)
def test_what_is_wrong_in_a_plan_is_named(town, changes, pointer):
    answer = town.call("PUT", draft_path(), town.safety.clerk, json=a_plan(town.safety.item, **changes))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_an_item_named_twice_is_refused(town):
    body = a_plan(town.safety.item, town.safety.item)
    answer = town.call("PUT", draft_path(), town.safety.clerk, json=body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/items")


def test_of_many_who_write_the_first_draft_at_once_one_does(town):
    body = a_plan(town.safety.item)
    with ThreadPoolExecutor(4) as pool:
        runs = [pool.submit(town.call, "PUT", draft_path(), town.safety.clerk, json=body) for _ in range(4)]
    assert sorted(run.result().status_code for run in runs) == [200, 412, 412, 412]


def test_of_many_who_publish_at_once_one_does(town):
    draft = town.call("PUT", draft_path(), town.safety.clerk, json=a_plan(town.safety.item)).json
    with ThreadPoolExecutor(4) as pool:
        runs = [
            pool.submit(town.call, "POST", f"{draft_path()}/publish", town.safety.head, draft["edition"])
            for _ in range(4)
        ]
    assert sorted(run.result().status_code for run in runs) == [200, 404, 404, 404]
    assert [event for event, _, _ in town.told()] == ["plan.published.v1"]


def test_a_draft_that_was_read_before_it_was_published_replaces_no_later_one(town):
    """Two drafts of a year have no edition in common."""
    body = a_plan(town.safety.item)
    first = town.call("PUT", draft_path(), town.safety.clerk, json=body).json
    town.call("POST", f"{draft_path()}/publish", town.safety.head, first["edition"])
    second = town.call("PUT", draft_path(), town.safety.clerk, 0, json=body)
    assert (second.status_code, second.json["revision"]) == (200, 2)
    assert town.call("PUT", draft_path(), town.safety.clerk, first["edition"], json=body).status_code == 412
    assert town.call("POST", f"{draft_path()}/publish", town.safety.head, first["edition"]).status_code == 412


def test_nothing_was_read_where_nobody_began(town):
    """If-Match "0" says so, as does none: either is stale once somebody did."""
    body = a_plan(town.safety.item)
    assert town.call("PUT", draft_path(), town.safety.clerk, 3, json=body).status_code == 412
    assert town.call("PUT", draft_path(), town.safety.clerk, 0, json=body).status_code == 200
    assert town.call("PUT", draft_path(), town.safety.clerk, 0, json=body).status_code == 412


def test_an_agency_is_told_of_which_years_it_has_drafts(town):
    assert town.call("GET", "/plan-drafts", town.safety.head).json["items"] == []
    for year in (today().year + 1, today().year):
        town.call("PUT", draft_path(year), town.safety.clerk, json=a_plan(town.safety.item))
    drafts = town.call("GET", "/plan-drafts", town.safety.head).json["items"]
    assert [(draft["year"], draft["state"]) for draft in drafts] == [
        (today().year, "drafted"),
        (today().year + 1, "drafted"),
    ]
    assert town.call("GET", "/plan-drafts", town.fire.clerk).json["items"] == []
    assert town.call("GET", "/plan-drafts", COORDINATOR).status_code == 403
    town.call("POST", f"{draft_path()}/publish", town.safety.head, 1)
    assert len(town.call("GET", "/plan-drafts", town.safety.clerk).json["items"]) == 1
