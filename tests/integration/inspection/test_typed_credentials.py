"""亮证 where the enterprise's camera fails: the certificate number and eight digits of the moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from services.chassis import clock
from services.chassis.identity.tokens import generate_key
from services.chassis.keys import ripe
from tests.builders.arrival import inspector_of
from tests.builders.inspection import a_town, an_inspector, replicate

HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


@pytest.fixture
def noon():
    """The first second of a slot."""
    start = clock.now().replace(second=0, microsecond=0)
    with time_machine.travel(start, tick=False) as traveller:
        yield traveller


def screen(town, number=0, minutes=1):
    answer = town.call("GET", f"/credential-code?minutes={minutes}", inspector_of(town.safety, number))
    assert answer.status_code == 200, answer.json
    return answer.json


def typed(town, certificate_number, digits):
    body = {"certificate_number": certificate_number, "digits": digits}
    answer = town.call("POST", "/credential-checks", json=body)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), answer.json
    return answer.json


def test_digits_on_the_screen_say_who_stands_there(town, noon):
    shown = screen(town)
    told = typed(town, shown["certificate_number"], shown["slots"][0]["typed"])
    assert (told["kind"], told["genuine"], told["valid"]) == ("credential", True, True)
    assert told["inspector"]["name"] == shown["name"]
    assert len({slot["typed"] for slot in screen(town, minutes=10)["slots"]}) == 20


def test_digits_are_worthless_a_minute_later(town, noon):
    shown = screen(town)
    number, (first, second) = shown["certificate_number"], shown["slots"]
    noon.shift(HALF_MINUTE + timedelta(seconds=29))
    assert typed(town, number, first["typed"])["valid"]
    assert typed(town, number, second["typed"])["valid"]
    noon.shift(timedelta(seconds=1))
    late = typed(town, number, first["typed"])
    assert (late["genuine"], late["valid"], late["reason"]) == (False, False, "not_shown")
    assert late["inspector"] is None


def test_digits_of_a_later_slot_do_not_hold_yet(town, noon):
    shown = screen(town)
    assert not typed(town, shown["certificate_number"], shown["slots"][1]["typed"])["valid"]
    noon.shift(timedelta(seconds=26))  # a phone whose clock is four seconds ahead
    assert typed(town, shown["certificate_number"], shown["slots"][1]["typed"])["valid"]


def test_a_number_nobody_has_and_digits_nobody_shows_are_answered_alike(town, noon):
    one, other = screen(town), screen(town, 1)
    digits = one["slots"][0]["typed"]
    assert one["certificate_number"] != other["certificate_number"]
    wrong = typed(town, other["certificate_number"], digits)
    assert wrong == typed(town, "no such number", digits)
    assert wrong["reason"] == "not_shown"
    assert "执法证号" in wrong["text"]["zh"]


def test_digits_signed_ahead_hold_after_a_rotation(town, noon):
    shown = screen(town, minutes=10)
    generate_key(town.app.extensions["yicha.settings"].secrets_dir / "code-keys")
    town.app.extensions.pop("yicha.keyring")
    noon.shift(ripe.CODES_AFTER)
    now = next(slot for slot in shown["slots"] if slot["from"] == clock.now().isoformat())
    assert typed(town, shown["certificate_number"], now["typed"])["valid"]


def test_a_credential_that_is_over_is_genuine_and_not_valid(town, noon):
    shown, who = screen(town), town.safety.inspectors[0]
    replicate(town.pool, an_inspector(**vars(who) | {"version": who.version + 1, "active": False}))
    told = typed(town, shown["certificate_number"], shown["slots"][0]["typed"])
    assert (told["genuine"], told["valid"]) == (True, False)


@pytest.mark.parametrize("digits", ["1234567", "123456789", "1234567a", ""])
def test_what_are_no_eight_digits_is_said_at_once(town, digits):
    answer = town.call("POST", "/credential-checks", json={"certificate_number": "1", "digits": digits})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/digits")


def test_digits_of_one_number_are_guessed_at_thirty_times_a_minute_from_wherever(database, tmp_path):
    with a_town(database, tmp_path, rate_limits=True) as town:
        statuses = [
            town.app.test_client()
            .post(
                "/api/inspection/v1/credential-checks",
                json={"certificate_number": "1013000001", "digits": f"{number:08d}"},
                environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"},
            )
            .status_code
            for number in range(31)
        ]
        assert statuses == [200] * 30 + [429]
