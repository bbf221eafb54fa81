"""Against a real database: the same POST, many times at once."""

from concurrent.futures import ThreadPoolExecutor

import marshmallow as ma
import pytest

from services.chassis.app import build, close, equip
from services.chassis.blueprint import Blueprint
from services.chassis.errors import Conflict
from services.chassis.identity import open_to_all
from services.chassis.ids import new_id
from services.chassis.schema import Schema
from services.chassis.transaction import current_uow, idempotent
from tests.builders.settings import settings_for


class Thing(Schema):
    name = ma.fields.String(required=True)


things = Blueprint("things", __name__, url_prefix="/api/registry/v1")


@things.post("/things")
@open_to_all("a test")
@idempotent
@things.arguments(Thing)
def make(body):
    if body["name"] == "raises":
        raise Conflict()
    current_uow().connection.execute("INSERT INTO thing (name) VALUES (%s)", (body["name"],))
    if body["name"] == "refused":
        return {"refused": True}, 409
    return {"id": str(new_id())}, 201


@pytest.fixture
def app(database, tmp_path):
    app = build("registry", [things])
    equip(app, settings_for("registry", database, tmp_path))
    with app.extensions["yicha.pool"].connection() as connection:
        connection.execute("CREATE TABLE thing (name text)")
    yield app
    close(app)


def post(app, name, key="key-of-this-test"):
    return app.test_client().post(
        "/api/registry/v1/things", json={"name": name}, headers={"Idempotency-Key": key}
    )


def things_in(app):
    with app.extensions["yicha.pool"].connection() as connection:
        return connection.execute("SELECT count(*) AS n FROM thing").fetchone()["n"]


def test_twenty_phones_at_once_make_one_thing_and_get_one_answer(app):
    with ThreadPoolExecutor(20) as phones:
        answers = list(phones.map(lambda _: post(app, "gate"), range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert things_in(app) == 1


def test_another_body_under_the_same_key_is_refused(app):
    assert post(app, "first").status_code == 201
    answer = post(app, "second")
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert things_in(app) == 1


def test_a_refusal_that_is_returned_is_stored_and_repeated(app):
    assert [post(app, "refused").status_code for _ in range(2)] == [409, 409]
    assert things_in(app) == 1


def test_an_error_that_is_raised_leaves_the_key_free(app):
    assert post(app, "raises").status_code == 409
    with app.extensions["yicha.pool"].connection() as connection:
        assert connection.execute("SELECT count(*) AS n FROM idempotency").fetchone()["n"] == 0


@pytest.mark.parametrize("key", ["", "short", "x" * 129])
def test_a_missing_or_odd_key_is_asked_for(app, key):
    assert post(app, "gate", key).status_code == 428
