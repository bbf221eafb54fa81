"""schemathesis over all four documents, on a real database: whatever comes in, no answer is a 5xx."""

from dataclasses import replace

import pytest

from services.chassis.app import close
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.chassis.settings import SERVICES
from tests.builders.apps import app_of
from tests.builders.arrival import entered
from tests.builders.inspection import a_town
from tests.builders.registry import a_csv, a_registry, an_export_row
from tests.builders.settings import settings_for
from tests.builders.tokens import an_office
from tests.contract.openapi.fuzzing import EXAMPLES, FEW, fuzz, ids_in, operations

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings(
        "ignore:Do not use the `random` module inside strategies"
    ),  # the pool's threads do
]
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
def office(tmp_path):
    with an_office(tmp_path / "keys-of-the-office") as office:
        yield office


@pytest.fixture(params=SERVICES)
def app(request, database, office, tmp_path):
    app = app_of(replace(settings_for(request.param, database, tmp_path), jwks_url=office.jwks_url))
    yield app
    close(app)


def test_no_request_to_an_empty_service_brings_a_server_error(app, office):
    """Few where the tests below ask many, of unknown ids as well."""
    examples = FEW if app.name in ("inspection", "registry") else EXAMPLES
    for operation in operations(app):
        assert fuzz(app, operation, office.bearer(EVERYBODY), {}, examples)


def test_no_request_about_orders_that_are_there_brings_a_server_error(database, tmp_path):
    with a_town(database, tmp_path) as town:
        town.drafted()
        entered(town)
        staff = town.safety
        anyone = replace(EVERYBODY, agency_id=staff.agency_id, inspector_id=staff.inspectors[0].inspector_id)
        with town.pool.connection() as connection:
            known = ids_in(connection)
        statuses = fuzz_all(town.app, town.office.bearer(anyone), known)
    assert 200 in statuses


def test_no_request_about_enterprises_that_are_there_brings_a_server_error(database, tmp_path):
    with a_registry(database, tmp_path) as registry:
        registry.imported(a_csv([an_export_row(number) for number in (1, 2, 3)]))
        with registry.pool.connection() as connection:
            known = ids_in(connection)
        statuses = fuzz_all(registry.app, registry.office.bearer(EVERYBODY), known)
    assert 200 in statuses


def fuzz_all(app, headers, known) -> set[int]:
    """At version 1, which a first writer still finds."""
    headers = {**headers, "If-Match": '"1"'}
    return {status for operation in operations(app) for status in fuzz(app, operation, headers, known)}
