"""Walks every route of every service: no door without a stated guard, and the guard is really there."""

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter, Rule, UUIDConverter

from services.chassis.app import UnguardedRoute, build
from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, open_to_all, requires
from services.chassis.identity.guards import guard_of, unguarded
from services.chassis.settings import SERVICES
from tests.builders.apps import built


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
    for rule in guarded(app):
        path = rule.build({name: sample(rule, name) for name in rule.arguments}, append_unknown=False)[1]
        for method in rule.methods - {"OPTIONS", "HEAD"}:
            answer = client.open(path, method=method)
            assert (answer.status_code, method, rule.rule) == (401, method, rule.rule)
            assert answer.json["code"] == "unauthenticated"


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
