"""The road as an operator sees it over HTTP: what waits, what turns, what was laid aside and is applied again."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from events import dead_letters
from events.wire import Record
from services.chassis.identity import Role
from services.chassis.road import store, telling
from tests.builders.registry import a_principal, a_registry, an_agency_form

ADMIN = a_principal(Role.SYSTEM_ADMIN)
REGISTRAR = a_principal(Role.REGISTRAR)
GROUP = "registry.results"


@pytest.fixture
def registry(database, tmp_path):
    with a_registry(database, tmp_path) as registry:
        yield registry


def buried(registry, offset=0):
    record = Record("yicha.inspection", 0, offset, b"key", {}, "坏的".encode())
    with registry.pool.connection() as connection:
        return dead_letters.bury(connection, GROUP, record, ValueError("no such state"), 3)


def letters(registry, query=""):
    answer = registry.call("GET", f"/dead-letters{query}", ADMIN)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_letters_come_in_pages_and_one_shows_what_came(registry):
    ids = [str(buried(registry, offset)) for offset in range(3)]
    first = letters(registry, "?limit=2")
    rest = letters(registry, f"?limit=2&after={first['next']}")
    assert [one["id"] for one in first["items"] + rest["items"]] == ids
    assert rest["next"] is None
    whole = registry.call("GET", f"/dead-letters/{ids[0]}", ADMIN).json
    assert (whole["content"], whole["error"]) == ("坏的", "ValueError: no such state")


def test_a_letter_is_applied_again_once_asked_and_the_audit_says_by_whom(registry):
    letter = buried(registry)
    for _ in range(2):
        answer = registry.call("POST", f"/dead-letters/{letter}/redrive", ADMIN)
        assert (answer.status_code, answer.json["state"]) == (202, "requested")
    with registry.pool.connection() as connection:
        acts = connection.execute(
            "SELECT subject, account_id, details FROM audit WHERE tag = 'dead_letters.redriven'"
        ).fetchall()
    assert acts == [
        {
            "subject": f"consumer/{GROUP}",
            "account_id": ADMIN.account_id,
            "details": {"letters": [str(letter)]},
        }
    ]


def test_what_was_applied_is_not_applied_again(registry):
    letter = buried(registry)
    with registry.pool.connection() as connection:
        dead_letters.resolve(connection, letter)
    answer = registry.call("POST", f"/dead-letters/{letter}/redrive", ADMIN)
    assert (answer.status_code, answer.json["code"]) == (409, "wrong_state")


def test_all_letters_of_a_group_at_once(registry):
    for offset in range(3):
        buried(registry, offset)
    answer = registry.call("POST", "/dead-letters/redrive", ADMIN, json={"consumer": GROUP})
    assert (answer.status_code, answer.json) == (202, {"letters": 3})
    assert len(letters(registry, "?state=requested")["items"]) == 3


@pytest.mark.parametrize("path", ["/dead-letters", "/road"])
def test_only_a_system_administrator_looks(registry, path):
    assert registry.call("GET", path, REGISTRAR).status_code == 403


def test_the_road_says_what_waits_and_what_lies_aside(registry):
    registry.call("POST", "/agencies", REGISTRAR, json=an_agency_form())
    buried(registry)
    road = registry.call("GET", "/road", ADMIN).json
    assert road["relay"]["waiting"] == 2, "the agency, and the copy of the letter"
    assert road["relay"]["oldest_seconds"] > 0
    assert road["groups"] == [{"name": GROUP, "parked": 0, "open": 1, "requested": 0, "failures": 0}]


def test_a_worker_says_how_its_loops_are_and_goes_without_a_trace(registry):
    stop = threading.Event()
    seen = []

    def vitals():
        stop.set()
        return [("registry relay", True, None), (GROUP, True, 7)]

    def leave(pool, worker):
        with pool.connection() as connection:
            seen.extend(store.loops(connection))
            store.forget(connection, worker)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telling, "_leave", leave)
        telling.tell_until(stop, registry.pool, vitals)
    assert [(loop.name, loop.turns, loop.waiting) for loop in seen] == [
        ("registry relay", True, None),
        (GROUP, True, 7),
    ]
    assert registry.call("GET", "/road", ADMIN).json["loops"] == []


def test_a_worker_that_fell_silent_does_not_turn(registry):
    with registry.pool.connection() as connection:
        store.tell(connection, "host:1", [(GROUP, True, 0)])
        connection.execute("UPDATE worker_loop SET told_at = told_at - %s", (timedelta(minutes=2),))
    (loop,) = registry.call("GET", "/road", ADMIN).json["loops"]
    assert not loop["turns"]
