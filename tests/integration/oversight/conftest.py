"""The oversight app on a database of its own, and who may ask it."""

import pytest

from services.chassis.app import close
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.oversight.stream.api import HUB
from tests.builders.apps import app_of
from tests.builders.settings import settings_for
from tests.builders.tokens import an_office


@pytest.fixture
def office(tmp_path):
    with an_office(tmp_path / "keys") as office:
        yield office


@pytest.fixture
def app(database, tmp_path, office):
    app = app_of(settings_for("oversight", database, tmp_path, jwks_url=office.jwks_url))
    yield app
    app.extensions[HUB].close()
    close(app)


@pytest.fixture
def coordinator(office):
    return office.bearer(an_account(Role.COORDINATOR))


def an_account(role, **changes):
    return Principal(account_id=new_id(), name="某人", roles=frozenset({role}), **changes)
