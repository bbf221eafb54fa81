"""An administrator gives a password for one login; its holder chooses another."""

from __future__ import annotations

import pytest

from services.chassis.identity import Role
from tests.builders.registry import a_principal, an_agency_form

SECURITY = a_principal(Role.SECURITY_ADMIN)
GIVEN = "given by a person"


@pytest.fixture
def account(registry):
    form = {"username": "wang.denji", "name": "王登记", "roles": ["registrar"], "password": GIVEN}
    return registry.call("POST", "/accounts", SECURITY, json=form).json


def log_in(registry, password):
    return registry.client.post(
        "/api/registry/v1/sessions", json={"username": "wang.denji", "password": password}
    )


def reset(registry, account, by=SECURITY):
    return registry.call("POST", f"/accounts/{account['account_id']}/password", by)


def test_it_logs_in_and_asks_to_be_changed(registry, account):
    answer = reset(registry, account)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    given = answer.json["password"]
    assert log_in(registry, GIVEN).status_code == 401
    session = log_in(registry, given).json
    assert session["account"]["must_change"]
    own = {"Authorization": f"Bearer {session['access_token']}"}
    changed = registry.client.post(
        "/api/registry/v1/accounts/me/password",
        json={"current": given, "fresh": "my own long one"},
        headers=own,
    )
    assert changed.status_code == 204
    assert not log_in(registry, "my own long one").json["account"]["must_change"]


def test_a_login_with_it_does_nothing_but_choose_another(registry, account):
    given = reset(registry, account).json["password"]
    session = log_in(registry, given).json
    own = {"Authorization": f"Bearer {session['access_token']}"}
    refused = registry.client.get("/api/registry/v1/accounts/me", headers=own)
    assert (refused.status_code, refused.json["code"]) == (403, "password_change_required")
    assert "一次性密码" in refused.json["remedy"]
    assert registry.client.post("/api/registry/v1/sessions/renew", headers=own).status_code == 403
    resumed = registry.client.post("/api/registry/v1/sessions/cookie").json
    again = {"Authorization": f"Bearer {resumed['access_token']}"}
    assert registry.client.get("/api/registry/v1/agencies", headers=again).status_code == 403
    chosen = {"current": given, "fresh": "my own long one"}
    changed = registry.client.post("/api/registry/v1/accounts/me/password", json=chosen, headers=again)
    assert changed.status_code == 204
    free = {"Authorization": f"Bearer {log_in(registry, 'my own long one').json['access_token']}"}
    assert registry.client.get("/api/registry/v1/agencies", headers=free).status_code == 200


def test_whoever_has_it_may_log_out(registry, account):
    log_in(registry, reset(registry, account).json["password"])
    assert registry.client.delete("/api/registry/v1/sessions/cookie").status_code == 204
    assert registry.client.post("/api/registry/v1/sessions/cookie").status_code == 401


def test_it_is_worthless_after_three_days(registry, account):
    given = reset(registry, account).json["password"]
    with registry.pool.connection() as connection:
        connection.execute("UPDATE account SET one_time_until = now() - interval '1 second'")
    assert log_in(registry, given).status_code == 401


def test_whoever_was_logged_in_is_not_any_more(registry, account):
    log_in(registry, GIVEN)
    reset(registry, account)
    assert registry.client.post("/api/registry/v1/sessions/cookie").status_code == 401


def test_nobody_resets_his_own(registry, account):
    own = a_principal(Role.SECURITY_ADMIN)
    with registry.pool.connection() as connection:
        connection.execute("UPDATE account SET account_id = %s", (own.account_id,))
    assert reset(registry, {"account_id": own.account_id}, own).status_code == 403


def test_accounts_are_found_by_name_role_and_state(registry, account):
    def found(query):
        return [one["username"] for one in registry.call("GET", f"/accounts?{query}", SECURITY).json["items"]]

    assert found("q=登记") == found("q=WANG") == found("role=registrar&active=true") == ["wang.denji"]
    assert found("role=auditor") == found("active=false") == found("q=李") == []


def test_who_manages_accounts_chooses_among_names_alone(registry):
    by = a_principal(Role.REGISTRAR)
    agency = registry.call("POST", "/agencies", by, json=an_agency_form()).json
    form = {
        "agency_id": agency["agency_id"],
        "name": "李检",
        "certificate_number": "1013000001",
        "valid_from": "2020-01-01",
        "valid_until": "2099-01-01",
    }
    person = registry.call("POST", "/inspectors", by, json=form).json
    agencies = registry.call("GET", "/accounts/holders/agencies", SECURITY).json["items"]
    assert agencies == [{"id": agency["agency_id"], "name": agency["name"]}]
    query = f"?agency_id={agency['agency_id']}&q=李"
    people = registry.call("GET", f"/accounts/holders/inspectors{query}", SECURITY).json["items"]
    assert people == [{"id": person["inspector_id"], "name": "李检 1013000001"}]
    assert registry.call("GET", "/agencies", SECURITY).status_code == 403
