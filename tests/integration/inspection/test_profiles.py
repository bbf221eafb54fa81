"""The policy profiles as an administrator reads them."""

from __future__ import annotations

import time_machine

from services.chassis.identity import Role
from tests.builders.inspection import a_principal, a_town


def profiles(town):
    answer = town.call("GET", "/policy-profiles", a_principal(Role.SYSTEM_ADMIN))
    assert answer.status_code == 200, answer.json
    return {profile["name"]: profile for profile in answer.json["items"]}


def test_each_says_its_figures_where_it_holds_and_since_when(database, tmp_path):
    with a_town(database, tmp_path) as town:
        found = profiles(town)
        assert town.call("GET", "/policy-profiles", town.safety.clerk).status_code == 403
    suqian = found["suqian"]
    figures = {figure["name"]: figure for figure in suqian["figures"]}
    assert (suqian["areas"], suqian["in_force_from"]) == (["3213"], "2026-02-01")
    assert figures["quiet_until_day"] == {"name": "quiet_until_day", "value": 20, "differs": True}
    assert figures["k"]["differs"] is False
    assert suqian["text"].startswith("#")
    assert not any(figure["differs"] for figure in found["default"]["figures"])


def test_one_that_is_not_in_force_yet_says_so(database, tmp_path):
    with a_town(database, tmp_path) as town:
        with time_machine.travel("2026-01-31T15:59:00+00:00"):
            assert profiles(town)["suqian"]["state"] == "to_come"
        with time_machine.travel("2026-01-31T16:01:00+00:00"):
            assert profiles(town)["suqian"]["state"] == "in_force"
