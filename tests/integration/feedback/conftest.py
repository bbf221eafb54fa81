"""The feedback app on a database of its own, an enterprise with a concluded visit, and others who may ask."""

from datetime import timedelta

import pytest

from services.chassis import clock
from services.chassis.app import close
from services.chassis.database import UnitOfWork
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.feedback.worker import apply
from tests.builders.apps import app_of
from tests.builders.city import AnOrder, an_agency, an_enterprise, deliveries
from tests.builders.settings import settings_for
from tests.builders.tokens import an_office


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path / "keys") as office:
        yield office


@pytest.fixture
def app(database, tmp_path, office):
    app = app_of(settings_for("feedback", database, tmp_path, jwks_url=office.jwks_url))
    yield app
    close(app)


@pytest.fixture
def pool(app):
    return app.extensions["yicha.pool"]


@pytest.fixture
def hear(pool):
    """Let feedback hear these events."""

    def hear(*events):
        with pool.connection() as connection:
            apply(connection, deliveries(events))

    return hear


@pytest.fixture
def uow(pool):
    with UnitOfWork(pool, "/feedback") as uow:
        yield uow


@pytest.fixture
def visit(hear):
    """Concluded an hour ago, by a known agency at a known enterprise."""
    firm, agency = an_enterprise(area_code="321302005012"), an_agency()
    order = AnOrder(firm.enterprise_id, agency.agency_id, at=clock.now() - timedelta(hours=3))
    hear(firm, agency, *order.drafted().issued().entered().concluded().events)
    return order


@pytest.fixture
def as_enterprise(office):
    """Headers of an enterprise that proved itself."""

    def headers(enterprise_id):
        account = Principal(
            account_id=enterprise_id,
            name="企业",
            roles=frozenset({Role.ENTERPRISE}),
            enterprise_id=enterprise_id,
        )
        return office.bearer(account)

    return headers


@pytest.fixture
def as_role(office):
    def headers(role, agency_id=None):
        return office.bearer(
            Principal(account_id=new_id(), name="某人", roles=frozenset({role}), agency_id=agency_id)
        )

    return headers
