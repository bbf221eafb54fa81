"""双随机 over HTTP: committed before, revealed after, public throughout."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine

from services.chassis import clock
from services.inspection.draws.file import differences
from tests.builders.draws import commits, file_of, path, pointers, some
from tests.builders.grounds import a_commitment, a_commitment_made, a_draw
from tests.builders.inspection import (
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


def test_industries_stand_for_all_of_the_area_and_nothing_outside(town):
    some(town, 3, industry="H6110")
    replicate(
        town.pool,
        an_enterprise(industry="H6110", premises=(a_premises(area_code="330100"),)),
        an_enterprise(industry="H6110", active=False, premises=(a_premises(),)),
    )
    body = a_commitment(town.enterprise) | {"premises": [], "industries": ["H61"]}
    assert a_commitment_made(town, body)["objects"] == 3


def test_a_repeated_commitment_is_one_draw(town):
    body = a_commitment(town.enterprise)
    twice = [town.call("POST", "/draws", town.safety.clerk, key="once-and-again", json=body) for _ in "12"]
    assert twice[0].json["draw_id"] == twice[1].json["draw_id"]
    assert len(town.call("GET", "/draws").json["items"]) == 1


def test_draws_are_listed_by_what_became_of_them(town):
    open_one, revealed = a_commitment_made(town, a_commitment(town.enterprise)), a_draw(town)

    def found(state):
        return [each["draw_id"] for each in town.call("GET", f"/draws?state={state}").json["items"]]

    assert found("committed") == [open_one["draw_id"]]
    assert found("revealed") == [revealed["draw_id"]]
    assert found("abandoned") == []
