"""The four OpenAPI documents are valid 3.1, say who may call, and name every problem they answer with."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from services.chassis.identity.guards import guard_of
from services.chassis.settings import SERVICES
from tests.builders.apps import built

METHODS = ("get", "put", "post", "delete", "patch")


@pytest.fixture(scope="module", params=SERVICES)
def app(request):
    return built(request.param)


@pytest.fixture
def document(app) -> dict:
    return app.test_client().get(f"/api/{app.name}/docs/openapi.json").json


def operations(document):
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def test_the_document_is_valid(document):
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_operation_says_what_it_answers(document):
    for name, operation in operations(document):
        assert any(status.startswith("2") for status in operation["responses"]), name


def test_guarded_operations_ask_for_a_token_and_open_ones_do_not(app, document):
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for name in rule.arguments:
            converter = rule.rule.partition("<")[2].partition(">")[0]
            path = path.replace(f"<{converter}>", f"{{{name}}}") if name in converter else path
        for method in METHODS:
            operation = document["paths"].get(path, {}).get(method)
            if operation and method.upper() in rule.methods:
                opened = bool(guard_of(app.view_functions[rule.endpoint]).open_because)
                assert bool(operation.get("security")) is not opened, f"{method} {path}"


def test_the_try_out_page_and_its_files_are_ours(app):
    client = app.test_client()
    page = client.get(f"/api/{app.name}/docs/")
    assert page.status_code == 200
    assert "http://" not in page.text
    assert "https://" not in page.text
    for name in ("ui/swagger-ui.css", "ui/swagger-ui-bundle.js", "start.js"):
        with client.get(f"/api/{app.name}/docs/{name}") as answer:
            assert answer.status_code == 200
