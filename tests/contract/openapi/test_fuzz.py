"""schemathesis over all four documents, on a real database: whatever comes in, no answer is a 5xx."""

from dataclasses import replace

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from services.chassis.app import close
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.chassis.settings import SERVICES
from tests.builders.apps import app_of
from tests.builders.settings import settings_for
from tests.builders.tokens import an_office

EXAMPLES = 12
ENDLESS = ("/stream",)
EVERYBODY = Principal(
    account_id=new_id(),
    name="什么都可以的人",
    roles=frozenset(Role),
    agency_id=new_id(),
    area_code="321391",
    inspector_id=new_id(),
    enterprise_id=new_id(),
)


@pytest.fixture
def headers(office) -> dict[str, str]:
    return office.bearer(EVERYBODY) | {"If-Match": '"1"'}


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path / "token-keys-of-the-office") as office:
        yield office


@pytest.fixture(params=SERVICES)
def app(request, database, office, tmp_path):
    app = app_of(replace(settings_for(request.param, database, tmp_path), jwks_url=office.jwks_url))
    yield app
    close(app)


def operations(app):
    document = app.test_client().get(f"/api/{app.name}/docs/openapi.json").json
    schema = schemathesis.openapi.from_dict(document)
    schema.app = app
    found = [result.ok() for result in schema.get_all_operations()]
    return [operation for operation in found if not operation.path.endswith(ENDLESS)]


@pytest.mark.timeout(600)
def test_no_request_brings_a_server_error(app, headers):
    asked = 0
    for operation in operations(app):
        asked += fuzz(app, operation, headers)
    assert asked > 0


def fuzz(app, operation, headers) -> int:
    statuses: list[int] = []
    cases = st.one_of(
        operation.as_strategy(GenerationMode.POSITIVE), operation.as_strategy(GenerationMode.NEGATIVE)
    )

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def ask(case):
        answer = case.call(app=app, headers=headers | {"Idempotency-Key": str(new_id())})
        statuses.append(answer.status_code)
        assert answer.status_code < 500, f"{operation.label}: {answer.status_code} {answer.text[:500]}"

    ask()
    return len(statuses)
