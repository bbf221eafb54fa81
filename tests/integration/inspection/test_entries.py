"""扫码入企 over HTTP and a real database: who gets in, who does not, and that nothing of it is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from services.chassis import clock
from services.chassis.codes import Keyring, Kind
from services.chassis.identity import Role
from services.chassis.identity.tokens import generate_key
from services.chassis.ids import new_id
from tests.builders.arrival import a_credential, an_arrival, arrives, credential, entered, inspector_of, plate
from tests.builders.inspection import (
    a_premises,
    a_principal,
    a_town,
    an_enterprise,
    an_inspector,
    replicate,
    today,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


@pytest.fixture
def order(town):
    return town.issued()


def refused(town, answer, reason):
    """409 with this reason, and the refusal is stored and told."""
    assert (answer.status_code, answer.json.get("reason")) == (409, reason), answer.json
    assert answer.json["code"] == "entry_refused"
    assert answer.json["rule"] == "E1"
    stored = [r for r in refusals(town) if r["refusal_id"] == answer.json["refusal_id"]]
    assert [r["reason"] for r in stored] == [reason]
    told = [facts for event, _, facts in town.told() if event == "entry.refused.v1"]
    assert told[-1]["refusal_id"] == answer.json["refusal_id"]
    return answer.json


def refusals(town):
    with town.pool.connection() as connection:
        return [
            row | {"refusal_id": str(row["refusal_id"])}
            for row in connection.execute("SELECT * FROM entry_refusal")
        ]


def entries(town):
    with town.pool.connection() as connection:
        return connection.execute("SELECT count(*) AS n FROM entry").fetchone()["n"]


def test_two_inspectors_of_an_issued_order_enter(town, order):
    answer = arrives(town, order)
    assert answer.status_code == 201, answer.json
    entry = answer.json
    assert entry["inspectors"] == [str(i.inspector_id) for i in town.safety.inspectors]
    assert entry["flags"] == []
    event, version, facts = town.told(order)[-1]
    assert (event, version, facts["entry_id"]) == ("entry.made.v1", order["version"] + 1, entry["entry_id"])
    assert (facts["online"], facts["agencies"]) == (True, [str(town.safety.agency_id)])
    now = town.read(order)
    assert (now["state"], now["version"]) == ("entered", order["version"] + 1)
    assert now["steps"][-1]["action"] == "enter"


def test_the_code_on_a_colleagues_screen_is_accepted(town, order):
    code = credential(town, inspector_of(town.safety, 1))
    assert arrives(town, order, codes=(code,)).status_code == 201


def test_the_plate_may_be_scanned_or_typed(town, order):
    for typed in (f"HTTPS://YICHA.TEST/Q/P{plate(town)}", "222-222-222", " 222 222 222 "):
        scanned = arrives(town, order, premises_code=typed)
        assert scanned.status_code in (200, 201), scanned.json


def test_the_same_request_again_gets_the_same_answer(town, order):
    by, body = inspector_of(town.safety), None
    body = an_arrival(town, order, a_credential(town, inspector_of(town.safety, 1)))
    twice = [town.call("POST", "/entries", by, key="one-and-the-same", json=body) for _ in "12"]
    assert [answer.status_code for answer in twice] == [201, 201]
    assert twice[0].json == twice[1].json
    assert entries(town) == 1


def test_a_refusal_repeated_is_one_refusal(town, order):
    by = inspector_of(town.safety)
    body = an_arrival(town, order)
    twice = [town.call("POST", "/entries", by, key="one-and-the-same", json=body) for _ in "12"]
    assert [answer.status_code for answer in twice] == [409, 409]
    assert len(refusals(town)) == 1


def test_a_colleague_who_comes_second_gets_the_entry_that_is_there(town, order):
    first = arrives(town, order)
    second = arrives(
        town,
        order,
        by=inspector_of(town.safety, 1),
        codes=(a_credential(town, inspector_of(town.safety)),),
        device_id="phone-of-the-second",
    )
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json == first.json


@pytest.mark.parametrize("state", ["drafted", "submitted", "approved"])
def test_e1_nobody_enters_before_the_order_is_issued(town, state):
    answer = arrives(town, getattr(town, state)())
    problem = refused(town, answer, "not_issued")
    assert problem["findings"][0]["figures"] == {"state": state}
    assert "签发" in problem["remedy"]


def test_nobody_enters_under_a_cancelled_order(town, order):
    town.call("POST", f"/orders/{order['order_id']}/cancel", town.safety.clerk, json={"reason": "企业停产"})
    refused(town, arrives(town, order), "not_issued")


def test_an_order_that_is_not_there_is_not_found(town, order):
    assert arrives(town, {"order_id": str(new_id())}).status_code == 404
    assert refusals(town) == []


def test_e1_nobody_enters_another_enterprise(town, order):
    other = an_enterprise(name="隔壁公司", premises=(a_premises(name="隔壁", short_code="333333333"),))
    replicate(town.pool, other)
    problem = refused(town, arrives(town, order, premises_code="333333333"), "wrong_premises")
    assert "隔壁公司 · 隔壁" in problem["detail"]
    assert f"{town.enterprise.name} · 一厂区" in problem["detail"]
    kept = refusals(town)[0]
    assert kept["enterprise_id"] == other.enterprise_id
    assert town.told()[-1][2]["enterprise_id"] == str(other.enterprise_id)


def test_an_unknown_plate_is_refused(town, order):
    refused(town, arrives(town, order, premises_code="999999999"), "unknown_premises")
    assert refusals(town)[0]["enterprise_id"] == town.enterprise.enterprise_id


def test_the_plate_of_a_shut_premises_is_unknown(town, order):
    shut = an_enterprise(
        enterprise_id=town.enterprise.enterprise_id,
        version=2,
        premises=(a_premises(premises_id=town.enterprise.premises[0].premises_id, active=False),),
    )
    replicate(town.pool, shut)
    refused(town, arrives(town, order), "unknown_premises")


def test_nobody_enters_before_the_window(town):
    order = town.issued(starts_on=str(today() + timedelta(days=1)), ends_on=str(today() + timedelta(days=3)))
    refused(town, arrives(town, order), "outside_window")


def test_nobody_enters_after_the_window(town, order):
    with time_machine.travel(clock.now() + timedelta(days=8)):
        town_order = arrives(town, order)
    refused(town, town_order, "outside_window")


def test_an_inspector_of_another_agency_does_not_enter(town, order):
    by = inspector_of(town.fire)
    codes = tuple(a_credential(town, inspector_of(town.safety, number)) for number in (0, 1))
    refused(town, arrives(town, order, by=by, codes=codes), "not_on_order")


def test_a_colleague_who_is_not_on_the_order_does_not_enter(town, order):
    codes = (
        a_credential(town, inspector_of(town.safety, 1)),
        a_credential(town, inspector_of(town.fire)),
    )
    refused(town, arrives(town, order, codes=codes), "not_on_order")


def test_e1_one_inspector_alone_does_not_enter(town, order):
    problem = refused(town, arrives(town, order, codes=()), "too_few_inspectors")
    assert problem["findings"][0]["figures"] == {"present": 1, "min_inspectors": 2}


def test_ones_own_code_does_not_make_a_second_inspector(town, order):
    own = inspector_of(town.safety)
    refused(town, arrives(town, order, codes=(a_credential(town, own),)), "too_few_inspectors")


def test_a_colleague_who_is_only_named_has_not_shown_a_credential(town, order):
    named = str(town.safety.inspectors[1].inspector_id)
    refused(town, arrives(town, order, codes=(named,)), "credential_not_shown")


def test_an_assistant_does_not_count(town):
    helper = an_inspector(town.safety.agency_id, kind="assistant", name="张助")
    replicate(town.pool, helper)
    order = town.issued(inspectors=[str(i.inspector_id) for i in (*town.safety.inspectors, helper)])
    who = a_principal(Role.INSPECTOR, agency_id=town.safety.agency_id, inspector_id=helper.inspector_id)
    refused(town, arrives(town, order, codes=(a_credential(town, who),)), "too_few_inspectors")


@pytest.mark.parametrize("change", [{"active": False}, {"valid_until": today() - timedelta(days=1)}])
def test_a_credential_that_ended_since_the_issue_keeps_out(town, order, change):
    second = town.safety.inspectors[1]
    kept = {
        "inspector_id": second.inspector_id,
        "certificate_number": second.certificate_number,
        "name": second.name,
        "version": 2,
    }
    replicate(town.pool, an_inspector(town.safety.agency_id, **kept | change))
    problem = refused(town, arrives(town, order), "credential_expired")
    assert second.name in problem["detail"]


def spoiled(code):
    return code[:-1] + str((int(code[-1]) + 1) % 10)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (spoiled, "code_forged"),
        (lambda code: code[:120], "code_unreadable"),
        (lambda code: "9" + code[1:], "code_unreadable"),
        (lambda code: "hello", "code_unreadable"),
    ],
)
def test_a_code_that_is_not_ours_is_refused(town, order, spoil, reason):
    code = a_credential(town, inspector_of(town.safety, 1))
    refused(town, arrives(town, order, codes=(spoil(code),)), reason)


def test_a_code_signed_again_with_a_key_of_ones_own_is_forged(town, order, tmp_path):
    generate_key(tmp_path / "own")
    code = a_credential(town, inspector_of(town.safety, 1), Keyring(tmp_path / "own"))
    refused(town, arrives(town, order, codes=(code,)), "code_forged")


def test_an_order_code_is_no_credential(town, order):
    code = a_credential(town, inspector_of(town.safety, 1), kind=Kind.ORDER)
    refused(town, arrives(town, order, codes=(code,)), "code_unreadable")


def test_a_screenshot_of_minutes_ago_is_worthless(town, order):
    then = clock.now() - timedelta(minutes=4)
    code = a_credential(town, inspector_of(town.safety, 1), valid_from=then, valid_until=then + HOUR / 120)
    refused(town, arrives(town, order, codes=(code,)), "code_expired")


def test_a_code_of_a_phone_an_hour_ahead_is_not_valid_yet(town, order):
    then = clock.now() + HOUR
    code = a_credential(town, inspector_of(town.safety, 1), valid_from=then, valid_until=then + HOUR / 120)
    problem = refused(town, arrives(town, order, codes=(code,)), "code_not_yet_valid")
    assert "手机时间" in problem["remedy"]


def test_several_faults_are_all_told_and_the_gravest_is_the_reason(town, order):
    answer = arrives(town, order, codes=("hello",), premises_code="999999999")
    problem = refused(town, answer, "code_unreadable")
    assert [f["key"].split(":")[1] for f in problem["findings"]] == [
        "code_unreadable",
        "too_few_inspectors",
        "unknown_premises",
    ]
    assert all(f["citations"] and f["remedy"]["zh"] for f in problem["findings"])


def test_a_refusal_is_told_in_english_on_request(town, order):
    by, body = inspector_of(town.safety), an_arrival(town, order)
    headers = {**town.office.bearer(by), "Idempotency-Key": "a-key-of-its-own", "Accept-Language": "en"}
    answer = town.app.test_client().post("/api/inspection/v1/entries", json=body, headers=headers)
    assert "inspectors are present" in answer.json["detail"]


def test_supervisors_read_refusals_of_their_own_agency(town, order):
    arrives(town, order, codes=())
    seen = town.call("GET", "/entry-refusals", town.safety.head).json["items"]
    assert [r["reason"] for r in seen] == ["too_few_inspectors"]
    assert town.call("GET", "/entry-refusals", town.fire.head).json["items"] == []
    assert len(town.call("GET", "/entry-refusals", a_principal(Role.COORDINATOR)).json["items"]) == 1


def test_only_inspectors_enter(town, order):
    assert arrives(town, order, by=town.safety.clerk).status_code == 403
    nobody = a_principal(Role.INSPECTOR, agency_id=town.safety.agency_id)
    assert arrives(town, order, by=nobody).status_code == 403


def test_an_entry_is_seen_by_its_agency_and_by_those_who_see_all(town):
    _, entry = entered(town)
    path = f"/entries/{entry['entry_id']}"
    assert town.call("GET", path, town.safety.head).json["entry_id"] == entry["entry_id"]
    assert town.call("GET", path, a_principal(Role.COORDINATOR)).status_code == 200
    assert town.call("GET", path, town.fire.head).status_code == 404


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"latitude": None}, "/longitude"),
        ({"latitude": 91}, "/latitude"),
        ({"device_time": "2026-03-02T09:00:00"}, "/device_time"),
        ({"device_time": "0001-01-01T00:00:00+14:00"}, "/device_time"),
        ({"online": False}, "/offline_reason"),
        ({"device_id": "x"}, "/device_id"),
        ({"inspectors": [1]}, "/inspectors/0"),
        ({"premises": "x"}, "/premises"),
        ({"order_id": "x"}, "/order_id"),
    ],
)
def test_a_malformed_arrival_names_its_field_and_leaves_nothing(town, order, change, pointer):
    answer = arrives(town, order, **change)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]
    assert (entries(town), refusals(town)) == (0, [])
