"""An enterprise proves itself by a one-time code."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine

from services.chassis import clock
from services.chassis.identity import Role
from tests.builders.registry import PHONE, a_principal, a_uscc, an_enterprise_form

REGISTRAR = a_principal(Role.REGISTRAR)


@pytest.fixture
def enterprise(registry):
    return registry.call("POST", "/enterprises", REGISTRAR, json=an_enterprise_form()).json


def asked(registry, uscc):
    return registry.call("POST", "/enterprise-access", json={"uscc": uscc})


def confirmed(registry, request_id, code):
    return registry.call("POST", f"/enterprise-access/{request_id}/confirm", json={"code": code})


def other_than(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_code_from_the_registered_phone_opens_the_door_once(registry, enterprise):
    request_id = asked(registry, enterprise["uscc"]).json["request_id"]
    (code,) = registry.codes_sent()
    answer = confirmed(registry, request_id, code)
    assert answer.status_code == 200
    assert answer.json["token_type"] == "Bearer"
    assert confirmed(registry, request_id, code).status_code == 401


def test_an_unknown_enterprise_gets_the_same_answer_and_no_message(registry, enterprise):
    known, unknown = asked(registry, enterprise["uscc"]), asked(registry, a_uscc(99))
    assert (known.status_code, unknown.status_code) == (202, 202)
    assert known.json.keys() == unknown.json.keys()
    assert len(registry.codes_sent()) == 1
    assert confirmed(registry, unknown.json["request_id"], "123456").status_code == 401


def test_five_wrong_tries_spend_the_code_and_each_says_how_many_are_left(registry, enterprise):
    request_id = asked(registry, enterprise["uscc"]).json["request_id"]
    (code,) = registry.codes_sent()
    answers = [confirmed(registry, request_id, other_than(code)) for _ in range(5)]
    assert {(answer.status_code, answer.json["code"]) for answer in answers} == {(401, "wrong_code")}
    assert [answer.json["tries_left"] for answer in answers] == [4, 3, 2, 1, 0]
    assert "还可以再试 4 次" in answers[0].json["zh"]["detail"]
    assert "重新发送" in answers[4].json["zh"]["remedy"]
    spent = confirmed(registry, request_id, code)
    assert (spent.status_code, spent.json["tries_left"]) == (401, 0)


def test_tries_do_not_tell_whether_an_enterprise_is_registered(registry, enterprise):
    known, unknown = (asked(registry, uscc).json["request_id"] for uscc in (enterprise["uscc"], a_uscc(99)))
    (code,) = registry.codes_sent()
    told = [confirmed(registry, each, other_than(code)).json for each in (known, unknown)]
    assert told[0]["tries_left"] == told[1]["tries_left"] == 4
    assert told[0]["zh"] == told[1]["zh"]


def test_a_code_is_late_after_five_minutes(registry, enterprise):
    request_id = asked(registry, enterprise["uscc"]).json["request_id"]
    (code,) = registry.codes_sent()
    with time_machine.travel(clock.now() + timedelta(minutes=5, seconds=1)):
        assert confirmed(registry, request_id, code).status_code == 401


def test_codes_are_few(registry, enterprise):
    statuses = [asked(registry, enterprise["uscc"]).status_code for _ in range(4)]
    assert statuses == [202, 202, 202, 429]
    unknown = [asked(registry, a_uscc(99)).status_code for _ in range(4)]
    assert unknown == statuses


def test_asking_at_once_raises_no_quota(registry, enterprise):
    statuses = []
    threads = [
        threading.Thread(target=lambda: statuses.append(_fresh_client(registry, enterprise["uscc"])))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(202) == 3


def test_a_right_code_sent_twice_at_once_works_once(registry, enterprise):
    request_id = asked(registry, enterprise["uscc"]).json["request_id"]
    (code,) = registry.codes_sent()
    statuses = []

    def confirm():
        path = f"/api/registry/v1/enterprise-access/{request_id}/confirm"
        statuses.append(registry.app.test_client().post(path, json={"code": code}).status_code)

    threads = [threading.Thread(target=confirm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 401, 401, 401]


def test_the_code_is_not_in_the_database_nor_the_phone_in_the_answer(registry, enterprise):
    answer = asked(registry, enterprise["uscc"])
    (code,) = registry.codes_sent()
    with registry.pool.connection() as connection:
        row = connection.execute("SELECT a::text AS all FROM access_code a").fetchone()
    assert code not in row["all"]
    assert PHONE not in answer.text


@pytest.mark.parametrize("body", [{}, {"uscc": "123"}, {"uscc": a_uscc(), "phone": PHONE}])
def test_bad_requests_are_refused(registry, body):
    assert registry.call("POST", "/enterprise-access", json=body).status_code == 422


def _fresh_client(registry, uscc):
    return (
        registry.app.test_client().post("/api/registry/v1/enterprise-access", json={"uscc": uscc}).status_code
    )
