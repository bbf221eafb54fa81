"""One calendar for the figures of an installation."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine

from services.chassis import clock
from services.chassis.policy import Policies, policies
from services.oversight import calendar, cli, worker


@pytest.fixture
def far_west(monkeypatch):
    """Where midnight of the profile that governs everywhere is two hours later."""
    everywhere = policies().governing("", clock.now())
    far = Policies((replace(everywhere, timezone="Asia/Urumqi"),))
    monkeypatch.setattr(calendar, "policies", lambda: far)


def test_the_days_are_those_of_the_profile_that_governs_everywhere(far_west):
    with time_machine.travel("2026-06-01T17:00Z"):
        assert calendar.today() == date(2026, 6, 1)
    with time_machine.travel("2026-06-01T18:00Z"):
        assert calendar.today() == date(2026, 6, 2)


def test_live_projections_and_rebuilds_ask_the_same_calendar():
    assert worker.zone is cli.zone is calendar.zone
