"""Walks every route of every service: no door without a stated guard, and the guard is really there."""

from collections.abc import Iterator
from copy import copy

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule, UUIDConverter

from services.chassis.app import UnguardedRoute, build
from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, Principal, Role, open_to_all, requires
from services.chassis.identity.guards import guard_of, unguarded
from services.chassis.identity.tokens import Verifier
from services.chassis.ids import new_id
from services.chassis.settings import SERVICES
from tests.builders.apps import built
from tests.builders.tokens import Office, an_office

OWN_PASSWORD = ("POST", "/api/registry/v1/accounts/me/password")


@pytest.fixture(scope="module", params=SERVICES)
def app(request) -> Flask:
    return built(request.param)


def guarded(app: Flask) -> list[Rule]:
    rules = app.url_map.iter_rules()
    return [rule for rule in rules if not guard_of(app.view_functions[rule.endpoint]).open_because]


def test_every_route_states_its_guard(app):
    assert unguarded(app) == []
    assert guarded(app), "a service of nothing but open doors is a mistake"


def test_no_guarded_route_opens_without_a_token(app):
    client = app.test_client()
    for door, path in doors(app):
        answer = client.open(path, method=door[0])
        assert (answer.status_code, door) == (401, door)
        assert answer.json["code"] == "unauthenticated"


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("office")) as office:
        yield office


def test_a_one_time_password_opens_nothing_but_its_own_change(app, office):
    """Whatever else the account may do."""
    everything = Principal(account_id=new_id(), name="某人", roles=frozenset(Role), must_change=True)
    verifying = copy(app)
    verifying.extensions = {**app.extensions, "yicha.verifier": Verifier(office.jwks_url)}
    client, headers = verifying.test_client(), office.bearer(everything)
    for door, path in doors(app):
        answer = client.open(path, method=door[0], headers=headers)
        if door == OWN_PASSWORD:
            assert answer.json["code"] == "invalid"  # it asks which password
            continue
        assert (answer.status_code, answer.json["code"], door) == (403, "password_change_required", door)


def doors(app: Flask) -> Iterator[tuple[tuple[str, str], str]]:
    """Method and route of each guarded door, and a path to knock at."""
    for rule in guarded(app):
        path = rule.build({name: sample(rule, name) for name in rule.arguments}, append_unknown=False)[1]
        yield from (((method, rule.rule), path) for method in rule.methods - {"OPTIONS", "HEAD"})


def sample(rule: Rule, name: str) -> object:
    match rule._converters[name]:
        case AnyConverter() as any_of:
            return min(any_of.items)
        case IntegerConverter():
            return 1
        case UUIDConverter():
            return "0190f3c0-0000-7000-8000-000000000000"
    return "x"


def test_open_routes_say_why(app):
    for rule in app.url_map.iter_rules():
        guard = guard_of(app.view_functions[rule.endpoint])
        assert guard.open_because or guard.permissions or guard.roles, rule.rule


def test_an_app_with_an_unguarded_route_is_not_built():
    forgotten = Blueprint("forgotten", __name__, url_prefix="/api/registry/v1")
    forgotten.get("/forgotten")(lambda: "anyone may read this")
    with pytest.raises(UnguardedRoute, match="forgotten"):
        build("registry", [forgotten])


def test_a_view_has_one_guard_only():
    with pytest.raises(ValueError, match="two guards"):

        @open_to_all("a test")
        @requires(Permission.ORDER_READ)
        def view() -> None: ...


def test_a_guard_names_a_permission():
    with pytest.raises(ValueError, match="at least one"):
        requires()
