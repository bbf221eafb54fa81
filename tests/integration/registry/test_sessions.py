"""A browser stays logged in by a cookie that no script reads and that changes with every use."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from services.chassis.identity import Role
from tests.builders.registry import a_principal

SECURITY = a_principal(Role.SECURITY_ADMIN)
PASSWORD = "correct horse battery"
NOW = datetime(2026, 6, 1, 1, tzinfo=UTC)
COOKIE = "/api/registry/v1/sessions/cookie"


@pytest.fixture
def account(registry):
    form = {"username": "coordinator", "name": "统筹", "roles": ["coordinator"], "password": PASSWORD}
    return registry.call("POST", "/accounts", SECURITY, json=form).json


def log_in(registry):
    answer = registry.call("POST", "/sessions", json={"username": "coordinator", "password": PASSWORD})
    assert answer.status_code == 200, answer.json
    return answer


def secret_in(answer):
    given = next((value for value in answer.headers.getlist("Set-Cookie") if "yicha_session=" in value), "")
    return given.partition("yicha_session=")[2].partition(";")[0]


def come_back(registry, secret):
    return registry.client.application.test_client(use_cookies=False).post(
        COOKIE, headers={"Cookie": f"yicha_session={secret}"}
    )


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(registry, account):
    given = log_in(registry).headers["Set-Cookie"]
    assert "HttpOnly" in given
    assert "SameSite=Strict" in given
    assert f"Path={COOKIE}" in given


def test_a_browser_that_comes_back_gets_a_token_and_a_new_cookie(registry, account):
    first = secret_in(log_in(registry))
    answer = come_back(registry, first)
    assert answer.status_code == 200
    assert answer.json["account"]["account_id"] == account["account_id"]
    second = secret_in(answer)
    assert second not in ("", first)
    assert come_back(registry, second).status_code == 200


def test_two_tabs_that_wake_together_both_stay_logged_in(registry, account):
    first = secret_in(log_in(registry))
    with ThreadPoolExecutor(8) as tabs:
        answers = list(tabs.map(lambda _: come_back(registry, first), range(8)))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert sum(bool(secret_in(answer)) for answer in answers) == 1


def test_a_stolen_secret_ends_the_session_for_thief_and_robbed(registry, account):
    with time_machine.travel(NOW, tick=False) as time:
        first = secret_in(log_in(registry))
        second = secret_in(come_back(registry, first))
        time.shift(timedelta(minutes=2))
        assert come_back(registry, first).status_code == 401
        assert come_back(registry, second).status_code == 401


@pytest.mark.parametrize(("away", "status"), [(timedelta(days=13), 200), (timedelta(days=15), 401)])
def test_a_session_that_nobody_uses_ends(registry, account, away, status):
    with time_machine.travel(NOW, tick=False) as time:
        secret = secret_in(log_in(registry))
        time.shift(away)
        assert come_back(registry, secret).status_code == status


def test_no_session_lasts_for_ever(registry, account):
    with time_machine.travel(NOW, tick=False) as time:
        secret = secret_in(log_in(registry))
        for _ in range(5):
            time.shift(timedelta(days=12))
            answer = come_back(registry, secret)
            secret = secret_in(answer) or secret
        assert answer.status_code == 401


def test_logging_out_ends_it(registry, account):
    secret = secret_in(log_in(registry))
    client = registry.client.application.test_client(use_cookies=False)
    assert client.delete(COOKIE, headers={"Cookie": f"yicha_session={secret}"}).status_code == 204
    assert come_back(registry, secret).status_code == 401


def test_a_new_password_logs_every_browser_out(registry, account):
    answer = log_in(registry)
    headers = {"Authorization": f"Bearer {answer.json['access_token']}"}
    change = {"current": PASSWORD, "fresh": "another horse battery"}
    answered = registry.client.post("/api/registry/v1/accounts/me/password", headers=headers, json=change)
    assert answered.status_code == 204
    assert come_back(registry, secret_in(answer)).status_code == 401


def test_an_account_that_is_switched_off_does_not_come_back(registry, account):
    secret = secret_in(log_in(registry))
    form = {"username": "coordinator", "name": "统筹", "roles": ["coordinator"], "active": False}
    path = f"/accounts/{account['account_id']}"
    assert registry.call("PUT", path, SECURITY, version=1, json=form).status_code == 200
    assert come_back(registry, secret).status_code == 401


@pytest.mark.parametrize("nonsense", ["", "x", "00000000-0000-0000-0000-000000000000.x", "ö.ö"])
def test_nonsense_is_nobody(registry, nonsense):
    assert come_back(registry, nonsense).status_code == 401
