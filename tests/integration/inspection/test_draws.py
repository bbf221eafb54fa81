"""双随机 over HTTP: committed before, revealed after, public throughout, and what was drawn becomes orders."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from services.chassis import clock
from services.chassis.ids import new_id
from services.inspection.draws.file import differences, read
from tests.builders.grounds import SUQIAN, a_commitment, a_commitment_made, a_draw, drawn_from, moved_to
from tests.builders.inspection import (
    CITY,
    COORDINATOR,
    a_premises,
    a_town,
    an_enterprise,
    an_inspector,
    replicate,
    today,
)


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


@pytest.fixture
def suqian(database, tmp_path):
    """Where the best graded are spared (rule F6), after the quiet days of the month (rule F5)."""
    with (
        time_machine.travel(datetime(2027, 5, 24, 10, tzinfo=ZoneInfo(CITY)), tick=True),
        a_town(database, tmp_path) as town,
    ):
        yield moved_to(town, SUQIAN)


def some(town, count, **changes):
    area = {"area_code": changes["area_code"]} if "area_code" in changes else {}
    new = [an_enterprise(premises=(a_premises(**area),), **changes) for _ in range(count)]
    replicate(town.pool, *new)
    return new


def path(draw, step=""):
    return f"/draws/{draw['draw_id']}{step}"


def file_of(town, draw):
    return read(town.call("GET", path(draw, "/file")).data)


def pointers(answer):
    assert answer.status_code == 422, answer.json
    return [error["pointer"] for error in answer.json["errors"]]


def commits(town, body, by=None):
    return town.call("POST", "/draws", by or town.safety.clerk, json=body)


def wanted(town, **changes):
    given = {
        "items": [str(town.safety.item.item_id)],
        "starts_on": str(today()),
        "ends_on": str(today() + timedelta(days=30)),
        "on_site_reason": "现场核查有限空间",
        "considered": ["written"],
    }
    return given | changes


def test_lists_and_commitment_are_public_before_anything_is_drawn(town):
    draw = a_commitment_made(town, a_commitment(*some(town, 6), purpose="抽查"))
    assert (draw["state"], draw["seed"], draw["results"], draw["sample"]) == ("committed", None, [], 6)
    public = town.call("GET", path(draw)).json
    assert (public["commitment"], public["objects"], public["inspectors"]) == (draw["commitment"], 6, 2)
    file = file_of(town, draw)
    assert (file.seed, len(file.lists["objects"])) == (None, 6)
    ((event, version, payload),) = town.told()
    assert (event, version, payload["commitment"]) == ("draw.committed.v1", 1, draw["commitment"])
    assert (payload["objects"], payload["inspectors"], payload["sample"]) == (6, 2, 6)


def test_a_revealed_draw_holds_against_what_was_committed_to(town):
    body = a_commitment(*some(town, 8, grade="C"), shares=[{"grade": "C", "share": 0.5}])
    committed = a_commitment_made(town, body)
    before = file_of(town, committed)
    revealed = town.call("POST", path(committed, "/reveal"), town.safety.head, 1, json={}).json
    file = file_of(town, revealed)
    assert differences(file) == []
    assert (file.commitment, file.lists) == (before.commitment, before.lists)
    assert [one["rank"] for one in revealed["results"]] == [1, 2, 3, 4]
    assert town.told()[-1][2]["premises"] == [one["premises_id"] for one in revealed["results"]]
    sent = Counter(inspector for one in revealed["results"] for inspector in one["inspectors"])
    assert set(sent.values()) == {4}


def test_no_certificate_number_and_no_reason_leaves_with_the_file(town):
    third = an_inspector(town.safety.agency_id, certificate_number="32130100123")
    replicate(town.pool, third)
    one = some(town, 1)[0]
    recusal = {
        "inspector_id": str(third.inspector_id),
        "enterprise_id": str(one.enterprise_id),
        "reason": "配偶任职",
    }
    draw = a_draw(town, None, one, recusals=[recusal])
    text = town.call("GET", path(draw, "/file")).text
    assert "配偶" not in text
    assert "32130100123" not in text
    assert "3213****123" in text
    assert str(third.inspector_id) not in draw["results"][0]["inspectors"]
    with town.pool.connection() as connection:
        assert connection.execute("SELECT reason FROM draw_recusal").fetchone()["reason"] == "配偶任职"


def test_the_seed_is_not_told_before_the_reveal(town):
    draw = a_commitment_made(town, a_commitment(*some(town, 2)))
    with town.pool.connection() as connection:
        seed = connection.execute("SELECT seed FROM draw_seed").fetchone()["seed"]
    for where in ("", "/file"):
        assert seed not in town.call("GET", path(draw, where)).text
    assert seed not in town.call("GET", "/draws").text
    assert seed not in str(town.told())
    revealed = town.call("POST", path(draw, "/reveal"), town.safety.head, 1, json={}).json
    assert revealed["seed"] == seed


def test_an_abandoned_draw_stays_public_with_its_seed(town):
    draw = a_commitment_made(town, a_commitment(*some(town, 2)))
    body = {"reason": "名单有误"}
    assert (
        town.call("POST", path(draw, "/abandon"), town.safety.head, 1, json={"reason": ""}).status_code == 422
    )
    abandoned = town.call("POST", path(draw, "/abandon"), town.safety.head, 1, json=body).json
    assert (abandoned["state"], abandoned["reason"], abandoned["results"]) == ("abandoned", "名单有误", [])
    assert differences(file_of(town, draw)) == []
    assert town.told()[-1][0] == "draw.abandoned.v1"
    again = town.call("POST", path(draw, "/reveal"), town.safety.head, 2, json={})
    assert (again.status_code, again.json["code"]) == (409, "wrong_state")


def test_draws_are_numbered_without_a_gap_and_name_the_one_before(town):
    firms = some(town, 2)
    draws = [a_commitment_made(town, a_commitment(*firms)) for _ in range(3)]
    refused = commits(town, a_commitment(*firms, shares=[{"grade": "B", "share": 1}]))
    assert refused.status_code == 422
    draws.append(a_commitment_made(town, a_commitment(*firms)))
    assert [draw["number"] for draw in draws] == [1, 2, 3, 4]
    assert [draw["previous"] for draw in draws] == [None, *(draw["commitment"] for draw in draws[:-1])]
    listed = town.call("GET", f"/draws?agency_id={town.safety.agency_id}").json["items"]
    assert [draw["number"] for draw in listed] == [4, 3, 2, 1]


def test_a_draw_is_revealed_once_by_the_head_of_its_agency(town):
    draw = a_commitment_made(town, a_commitment(*some(town, 2)))
    for by, status in ((town.safety.clerk, 403), (COORDINATOR, 403), (town.fire.head, 404)):
        assert town.call("POST", path(draw, "/reveal"), by, 1, json={}).status_code == status
    assert town.call("POST", path(draw, "/reveal"), town.safety.head, json={}).status_code == 428
    assert town.call("POST", path(draw, "/reveal"), town.safety.head, 1, json={}).status_code == 200
    assert town.call("POST", path(draw, "/reveal"), town.safety.head, 1, json={}).status_code == 412


def test_a_public_value_waits_for_its_day_and_has_one_spelling(town):
    source = {"public_source": "双色球当日开奖号码", "public_on": str(today() + timedelta(days=2))}
    draw = a_commitment_made(town, a_commitment(*some(town, 5), **source))
    reveal = path(draw, "/reveal")
    early = town.call("POST", reveal, town.safety.head, 1, json={"public_value": "3 11"})
    assert (early.status_code, early.json["code"]) == (409, "too_early")
    with time_machine.travel(clock.now() + timedelta(days=2)):
        for wrong in ({}, {"public_value": "红 3"}):
            assert pointers(town.call("POST", reveal, town.safety.head, 1, json=wrong)) == ["/public_value"]
        revealed = town.call("POST", reveal, town.safety.head, 1, json={"public_value": "03, 11"}).json
    assert revealed["public_value"] == "3 11"
    assert differences(file_of(town, draw)) == []


def test_a_value_nobody_announced_is_refused(town):
    draw = a_commitment_made(town, a_commitment(*some(town, 2)))
    answer = town.call("POST", path(draw, "/reveal"), town.safety.head, 1, json={"public_value": "3"})
    assert pointers(answer) == ["/public_value"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"premises": []}, ["/premises"]),
        ({"premises": [str(new_id())]}, ["/premises/0"]),
        ({"industries": ["C"]}, ["/premises"]),
        ({"premises": [], "industries": ["T9600"]}, ["/industries"]),
        ({"premises": [], "industries": ["c26"]}, ["/industries/0"]),
        ({"shares": []}, ["/shares"]),
        ({"shares": [{"grade": "D", "share": 0.5}]}, ["/shares"]),
        ({"shares": [{"grade": None, "share": 1.01}]}, ["/shares/0/share"]),
        ({"shares": [{"grade": None, "share": 0}]}, ["/shares/0/share"]),
        ({"shares": [{"grade": None, "share": "1e-99999"}]}, ["/shares/0/share"]),
        ({"shares": [{"grade": None, "share": 1}] * 2}, ["/shares"]),
        ({"per_object": 1}, ["/per_object"]),
        ({"per_object": 3}, ["/inspectors"]),
        ({"inspectors": [str(new_id())]}, ["/inspectors/0"]),
        ({"starts_on": str(today() - timedelta(days=1))}, ["/starts_on"]),
        ({"ends_on": str(today() - timedelta(days=1))}, ["/ends_on"]),
        ({"ends_on": str(today() + timedelta(days=500))}, ["/ends_on"]),
        ({"public_source": "彩票"}, ["/public_on"]),
        ({"public_source": "彩票", "public_on": str(today())}, ["/public_on"]),
        (
            {"recusals": [{"inspector_id": str(new_id()), "enterprise_id": str(new_id()), "reason": "x"}]},
            ["/recusals/0/inspector_id", "/recusals/0/enterprise_id"],
        ),
    ],
)
def test_what_is_wrong_in_a_draw_is_named_and_nothing_is_kept(town, changes, expected):
    answer = commits(town, a_commitment(town.enterprise) | changes)
    assert pointers(answer) == expected
    assert town.call("GET", "/draws").json["items"] == []
    assert town.told() == []


def test_the_same_object_twice_is_refused(town):
    body = a_commitment(town.enterprise)
    assert pointers(commits(town, body | {"premises": body["premises"] * 2})) == ["/premises"]


def test_inspectors_that_may_not_be_sent_are_each_named(town):
    agency = town.safety.agency_id
    unfit = [
        an_inspector(agency, kind="assistant"),
        an_inspector(agency, scope=("fire",)),
        an_inspector(agency, valid_until=today() + timedelta(days=5)),
        an_inspector(agency, active=False),
        town.fire.inspectors[0],
    ]
    replicate(town.pool, *unfit[:4])
    named = [str(one.inspector_id) for one in (*town.safety.inspectors, *unfit)]
    answer = commits(town, a_commitment(town.enterprise, inspectors=named))
    assert pointers(answer) == [f"/inspectors/{place}" for place in range(2, 7)]
    assert a_commitment_made(town, a_commitment(town.enterprise))["inspectors"] == 2


def test_when_everyone_is_recused_the_enterprise_is_named(town):
    recusals = [
        {
            "inspector_id": str(one.inspector_id),
            "enterprise_id": str(town.enterprise.enterprise_id),
            "reason": "亲属",
        }
        for one in town.safety.inspectors
    ]
    answer = commits(town, a_commitment(town.enterprise, recusals=recusals))
    assert pointers(answer) == ["/recusals"]
    assert str(town.enterprise.enterprise_id) in answer.json["errors"][0]["message"]
    twice = commits(town, a_commitment(town.enterprise, recusals=recusals[:1] * 2))
    assert pointers(twice) == ["/recusals"]


def test_industries_stand_for_all_of_the_area_and_nothing_outside(town):
    some(town, 3, industry="H6110")
    replicate(
        town.pool,
        an_enterprise(industry="H6110", premises=(a_premises(area_code="330100"),)),
        an_enterprise(industry="H6110", active=False, premises=(a_premises(),)),
    )
    body = a_commitment(town.enterprise) | {"premises": [], "industries": ["H61"]}
    assert a_commitment_made(town, body)["objects"] == 3


def best(town, count, industry="Q8411"):
    return some(town, count, area_code=SUQIAN, grade="A", industry=industry)


def top(*enterprises, share=0.01, **changes):
    return a_commitment(*enterprises, shares=[{"grade": "A", "share": share}], **changes)


def test_f6_the_best_graded_are_drawn_exactly_within_their_share(suqian):
    firms = best(suqian, 199)
    assert pointers(commits(suqian, top(*firms, share=0.02))) == ["/shares"]
    draw = a_commitment_made(suqian, top(*firms))
    (stratum,) = draw["strata"]
    assert (stratum["industry"], stratum["limit"], stratum["take"], draw["sample"]) == ("Q", 1, 1, 1)
    again = commits(suqian, top(*firms))
    assert pointers(again) == ["/shares"]
    suqian.call("POST", path(draw, "/abandon"), suqian.safety.head, 1, json={"reason": "重来"})
    other = a_draw(suqian, None, *firms, shares=[{"grade": "A", "share": 0.01}])
    assert len(other["results"]) == 1
    assert pointers(commits(suqian, top(*firms))) == ["/shares"]


def test_f6_what_is_inspected_this_year_is_taken_off(suqian):
    firms = best(suqian, 100)
    suqian.submitted(
        enterprise_id=str(firms[0].enterprise_id), premises_id=str(firms[0].premises[0].premises_id)
    )
    assert pointers(commits(suqian, top(*firms[1:]))) == ["/shares"]


def test_f6_other_grades_are_not_limited(suqian):
    firms = [*best(suqian, 5), *some(suqian, 5, area_code=SUQIAN, grade="D", industry="Q8411")]
    shares = [{"grade": "A", "share": 0.01}, {"grade": "D", "share": 0.5}]
    draw = a_draw(suqian, None, *firms, shares=shares)
    assert Counter(one["grade"] for one in draw["results"]) == {"D": 3}


def test_what_was_drawn_becomes_draft_orders_in_one_go(town):
    draw = a_draw(town, None, *some(town, 5))
    before = len(town.told())
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert answer.status_code == 201, answer.json
    orders = [town.read(order) for order in answer.json["orders"]]
    drawn = {one["premises_id"]: set(one["inspectors"]) for one in draw["results"]}
    assert {
        order["premises_id"]: {one["inspector_id"] for one in order["inspectors"]} for order in orders
    } == drawn
    assert {(order["state"], order["trigger"], order["draw_id"]) for order in orders} == {
        ("drafted", "random", draw["draw_id"])
    }
    assert [(event, version) for event, version, _ in town.told()[before:]] == [("order.drafted.v1", 1)] * 5
    submitted = town.does("submit", orders[0], town.safety.clerk)
    assert submitted.json["state"] == "submitted", submitted.json


def test_drafting_again_only_adds_what_is_missing(town):
    draw = a_draw(town, None, *some(town, 3))
    skipped = draw["results"][0]["premises_id"]
    first = town.call(
        "POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town, leave_out=[skipped])
    )
    assert len(first.json["orders"]) == 2
    second = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert [order["premises_id"] for order in second.json["orders"]] == [skipped]
    assert town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town)).json["orders"] == []


def test_one_that_cannot_be_drafted_stops_all_and_is_named_by_its_rank(town):
    firms = some(town, 3)
    draw = a_draw(town, None, *firms)
    closed = next(f for f in firms if str(f.enterprise_id) == draw["results"][1]["enterprise_id"])
    replicate(town.pool, type(closed)(**vars(closed) | {"version": 2, "active": False}))
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert pointers(answer) == ["/results/2"]
    assert town.call("GET", "/orders", town.safety.clerk).json["items"] == []
    left = wanted(town, leave_out=[draw["results"][1]["premises_id"]])
    assert len(town.call("POST", path(draw, "/orders"), town.safety.clerk, json=left).json["orders"]) == 2


def test_an_inspector_who_left_since_is_noticed(town):
    draw = a_draw(town)
    gone = town.safety.inspectors[0]
    replicate(town.pool, type(gone)(**vars(gone) | {"version": 2, "active": False}))
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert pointers(answer) == ["/results/1"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"items": []}, ["/items"]),
        ({"items": [str(new_id())]}, ["/items/0"]),
        ({"starts_on": str(today() - timedelta(days=1))}, ["/starts_on"]),
        ({"ends_on": str(today() + timedelta(days=121))}, ["/ends_on"]),
        ({"ends_on": str(today() + timedelta(days=100))}, ["/ends_on"]),
    ],
)
def test_what_is_wrong_in_the_orders_of_a_draw_is_named(town, changes, expected):
    draw = a_draw(town)
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town, **changes))
    assert pointers(answer) == expected


def test_nothing_is_ordered_from_a_draw_that_is_not_revealed_or_not_ones_own(town):
    draw = a_commitment_made(town, a_commitment(*some(town, 2)))
    answer = town.call("POST", path(draw, "/orders"), town.safety.clerk, json=wanted(town))
    assert (answer.status_code, answer.json["allowed"]) == (409, ["reveal", "abandon"])
    answer = town.call("POST", path(draw, "/orders"), town.fire.clerk, json=wanted(town))
    assert answer.status_code == 404


def test_a_random_order_keeps_to_its_draw(town):
    third, fourth = an_inspector(town.safety.agency_id), an_inspector(town.safety.agency_id)
    replicate(town.pool, third, fourth)
    drawn_one, other = some(town, 2)
    draw = a_draw(town, None, drawn_one)
    here = {
        "enterprise_id": str(drawn_one.enterprise_id),
        "premises_id": str(drawn_one.premises[0].premises_id),
        "inspectors": draw["results"][0]["inspectors"],
    }
    clerk = town.safety.clerk

    def drafting(**changes):
        return town.call("POST", "/orders", clerk, json=town.a_draft(**drawn_from(draw, **here | changes)))

    everyone = [*town.safety.inspectors, third, fourth]
    undrawn = [i for i in map(str, (one.inspector_id for one in everyone)) if i not in here["inspectors"]]
    elsewhere = {
        "enterprise_id": str(other.enterprise_id),
        "premises_id": str(other.premises[0].premises_id),
    }
    assert pointers(drafting(**elsewhere)) == ["/premises_id"]
    assert pointers(drafting(inspectors=[here["inspectors"][0], undrawn[0]])) == ["/inspectors/1"]
    late = str(today() + timedelta(days=121))
    assert pointers(drafting(starts_on=late, ends_on=late)) == ["/starts_on"]
    assert drafting().status_code == 201


def test_a_random_order_names_a_revealed_draw_of_its_own_agency(town):
    committed = a_commitment_made(town, a_commitment(town.enterprise))
    theirs = a_draw(town, town.fire)
    for draw in (committed, theirs):
        answer = town.call("POST", "/orders", town.safety.clerk, json=town.a_draft(**drawn_from(draw)))
        assert pointers(answer) == ["/draw_id"]


def test_a_repeated_commitment_is_one_draw(town):
    body = a_commitment(town.enterprise)
    twice = [town.call("POST", "/draws", town.safety.clerk, key="once-and-again", json=body) for _ in "12"]
    assert twice[0].json["draw_id"] == twice[1].json["draw_id"]
    assert len(town.call("GET", "/draws").json["items"]) == 1
