"""Entrances at which anyone can knock are limited: by address, and by the name that is knocked at."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from werkzeug.middleware.proxy_fix import ProxyFix

from services.chassis import attempts, clock
from services.chassis.limits import limiter
from tests.builders.registry import a_registry, a_uscc

LOGIN = "/api/registry/v1/sessions"
ACCESS = "/api/registry/v1/enterprise-access"


@pytest.fixture
def registry(database, tmp_path):
    with a_registry(database, tmp_path, rate_limits=True) as registry:
        limiter.reset()
        yield registry


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    """Hundreds of logins are refused here: not what their hashes cost."""
    monkeypatch.setattr("services.registry.accounts.commands.matches", lambda hashed, password: False)


def log_in(registry, username="desk", address="192.0.2.1", **headers):
    return registry.client.post(
        LOGIN,
        json={"username": username, "password": "a guess"},
        headers=headers,
        environ_overrides={"REMOTE_ADDR": address},
    )


def ask_code(registry, number, address="192.0.2.1"):
    return registry.client.post(
        ACCESS, json={"uscc": a_uscc(number)}, environ_overrides={"REMOTE_ADDR": address}
    )


def test_a_name_is_guessed_at_ten_times_a_minute_from_wherever(registry):
    statuses = [log_in(registry, address=f"192.0.2.{number}").status_code for number in range(11)]
    assert statuses == [401] * 10 + [429]
    assert log_in(registry, "another").status_code == 401


def test_two_processes_allow_no_more_guesses_than_one(registry, database, tmp_path):
    with a_registry(database, tmp_path, rate_limits=True) as second:
        statuses = [log_in(process).status_code for process in (registry, second) * 6]
    assert statuses == [401] * 10 + [429] * 2


def test_two_processes_send_no_more_codes_than_one(registry, database, tmp_path):
    with a_registry(database, tmp_path, rate_limits=True) as second:
        statuses = [
            ask_code(process, number).status_code for number, process in enumerate((registry, second) * 6)
        ]
    assert statuses == [202] * 10 + [429] * 2


def test_attempts_are_forgotten_when_they_no_longer_count(registry):
    log_in(registry)
    with registry.pool.connection() as connection:
        assert attempts.forget_old(connection) == 0
        connection.execute("UPDATE attempt SET until = now() - interval '1 second'")
        assert attempts.forget_old(connection) == 2


def test_the_refusal_is_a_problem_that_says_when_to_come_again(registry):
    for _ in range(10):
        log_in(registry)
    refused = log_in(registry)
    assert refused.content_type == "application/problem+json"
    assert (refused.json["code"], refused.json["status"]) == ("too_many_requests", 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 60


def test_after_the_minute_it_may_be_tried_again(registry):
    now = clock.now()
    with time_machine.travel(now, tick=False):
        for _ in range(10):
            log_in(registry)
        assert log_in(registry).status_code == 429
    with time_machine.travel(now + timedelta(seconds=61), tick=False):
        assert log_in(registry).status_code == 401


def test_one_address_asks_for_ten_codes_a_minute_whatever_the_enterprise(registry):
    statuses = [ask_code(registry, number).status_code for number in range(11)]
    assert statuses == [202] * 10 + [429]
    assert ask_code(registry, 12, address="192.0.2.9").status_code == 202


def test_a_body_that_names_nobody_is_counted_by_its_address(registry):
    answers = [
        registry.client.post(LOGIN, data=b"[1", content_type="application/json").status_code
        for _ in range(301)
    ]
    assert answers == [400] * 300 + [429]


def test_nobody_chooses_the_address_that_is_counted_by(registry):
    """Without a proxy in front the header is not believed."""
    for number in range(10):
        registry.client.post(
            ACCESS, json={"uscc": a_uscc(number)}, headers={"X-Forwarded-For": f"198.51.100.{number}"}
        )
    forged = registry.client.post(
        ACCESS, json={"uscc": a_uscc(11)}, headers={"X-Forwarded-For": "198.51.100.99"}
    )
    assert forged.status_code == 429


def test_behind_the_proxy_each_caller_is_counted_by_himself(registry):
    registry.app.wsgi_app = ProxyFix(registry.app.wsgi_app, x_for=1, x_proto=1, x_host=1)

    def asked(number, forwarded):
        return registry.client.post(
            ACCESS, json={"uscc": a_uscc(number)}, headers={"X-Forwarded-For": forwarded}
        ).status_code

    assert [asked(number, "198.51.100.1") for number in range(11)] == [202] * 10 + [429]
    assert asked(12, "198.51.100.2") == 202
    assert asked(13, "198.51.100.3, 198.51.100.1") == 429, "what the caller wrote before the proxy's own"


def test_without_limits_nobody_is_refused(database, tmp_path):
    with a_registry(database, tmp_path, rate_limits=False) as registry:
        assert {log_in(registry).status_code for _ in range(15)} == {401}
