from __future__ import annotations

import time
from uuid import UUID

import pytest

from services.chassis.identity import Role
from tests.builders.registry import a_principal, a_registry, an_agency_form

SECURITY = a_principal(Role.SECURITY_ADMIN)
REGISTRAR = a_principal(Role.REGISTRAR)
PASSWORD = "correct horse battery"
OWN = "battery horse correct"


def an_account_form(**changes):
    return {
        "username": "coordinator",
        "name": "统筹",
        "roles": ["coordinator"],
        "password": PASSWORD,
    } | changes


def made(registry, **changes):
    answer = registry.call("POST", "/accounts", SECURITY, json=an_account_form(**changes))
    assert answer.status_code == 201, answer.json
    return answer.json


def log_in(registry, username="coordinator", password=PASSWORD):
    return registry.call("POST", "/sessions", json={"username": username, "password": password})


def chosen(registry):
    """The password that the administrator gave is replaced by one's own."""
    headers = {"Authorization": f"Bearer {log_in(registry).json['access_token']}"}
    body = {"current": PASSWORD, "fresh": OWN}
    answer = registry.client.post("/api/registry/v1/accounts/me/password", json=body, headers=headers)
    assert answer.status_code == 204, answer.json


def test_a_login_gives_a_token_that_opens_doors(registry):
    made(registry)
    chosen(registry)
    session = log_in(registry, password=OWN).json
    assert session["token_type"] == "Bearer"
    headers = {"Authorization": f"Bearer {session['access_token']}"}
    me = registry.client.get("/api/registry/v1/accounts/me", headers=headers).json
    assert me == session["account"]
    assert "password" not in str(me)


def test_accounts_are_listed_with_the_name_of_their_agency_and_found_by_it(registry):
    agency = registry.call("POST", "/agencies", REGISTRAR, json=an_agency_form(name="苏宿应急管理局")).json
    made(registry, username="clerk.emergency", roles=["agency_clerk"], agency_id=agency["agency_id"])
    made(registry)
    listed = registry.call("GET", "/accounts", SECURITY).json["items"]
    assert {each["username"]: each["agency_name"] for each in listed} == {
        "clerk.emergency": "苏宿应急管理局",
        "coordinator": None,
    }
    found = registry.call("GET", "/accounts?q=应急管理", SECURITY).json["items"]
    assert [each["username"] for each in found] == ["clerk.emergency"]


def test_an_account_of_an_agency_carries_its_area(registry):
    agency = registry.call("POST", "/agencies", REGISTRAR, json=an_agency_form()).json
    made(registry, username="clerk.emergency", roles=["agency_clerk"], agency_id=agency["agency_id"])
    account = log_in(registry, "clerk.emergency").json["account"]
    assert (account["agency_id"], account["area_code"]) == (agency["agency_id"], "321391")


def test_an_unknown_name_and_a_wrong_password_look_alike(registry):
    made(registry)
    unknown, wrong = log_in(registry, "nobody"), log_in(registry, password="wrong password")
    assert unknown.status_code == wrong.status_code == 401
    for one in (unknown, wrong):
        for member in ("correlation_id",):
            one.json.pop(member)
    assert unknown.json["detail"] == wrong.json["detail"]


def test_an_unknown_name_takes_as_long_as_a_known_one(registry):
    made(registry)

    def seconds(username):
        started = time.perf_counter()
        log_in(registry, username, "wrong password")
        return time.perf_counter() - started

    known = min(seconds("coordinator") for _ in range(5))
    unknown = min(seconds("nobody") for _ in range(5))
    assert 0.5 < unknown / known < 2


def test_an_account_switched_off_logs_in_no_more(registry):
    account = made(registry)
    chosen(registry)
    token = log_in(registry, password=OWN).json["access_token"]
    change = an_account_form(active=False)
    del change["password"]
    path = f"/accounts/{account['account_id']}"
    assert registry.call("PUT", path, SECURITY, version=2, json=change).status_code == 200
    assert log_in(registry, password=OWN).status_code == 401
    headers = {"Authorization": f"Bearer {token}"}
    assert registry.client.post("/api/registry/v1/sessions/renew", headers=headers).status_code == 401


def test_a_password_is_changed_by_who_knows_it(registry):
    account = made(registry)
    me = a_principal(Role.COORDINATOR)
    me = type(me)(account_id=UUID(account["account_id"]), name="统筹", roles=me.roles)
    wrong = {"current": "not this one", "fresh": "another long password"}
    assert registry.call("POST", "/accounts/me/password", me, json=wrong).status_code == 422
    right = wrong | {"current": PASSWORD}
    assert registry.call("POST", "/accounts/me/password", me, json=right).status_code == 204
    assert log_in(registry).status_code == 401
    assert log_in(registry, password="another long password").status_code == 200


def test_nobody_changes_his_own_rights(registry):
    account = made(registry, username="security", roles=["security_admin"])
    me = a_principal(Role.SECURITY_ADMIN)
    me = type(me)(account_id=UUID(account["account_id"]), name="安全", roles=me.roles)
    change = {"username": "security", "name": "安全", "roles": ["registrar"]}
    path = f"/accounts/{account['account_id']}"
    assert registry.call("PUT", path, me, version=1, json=change).status_code == 403


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"roles": ["agency_clerk"]}, "/agency_id"),
        ({"roles": ["system_admin", "auditor"]}, "/roles"),
        ({"roles": ["enterprise"]}, "/roles/0"),
        ({"username": "Has Space"}, "/username"),
        ({"password": "short"}, "/password"),
    ],
)
def test_bad_accounts_are_refused(registry, change, pointer):
    answer = registry.call("POST", "/accounts", SECURITY, json=an_account_form(**change))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_guessing_is_slowed_down(database, tmp_path):
    with a_registry(database, tmp_path, rate_limits=True) as registry:
        statuses = [log_in(registry, password="guess").status_code for _ in range(11)]
    assert statuses == [401] * 10 + [429]


def test_the_keys_are_published(registry):
    keys = registry.client.get("/api/registry/v1/jwks.json").json["keys"]
    assert all(key["kty"] == "OKP" and "d" not in key for key in keys)
