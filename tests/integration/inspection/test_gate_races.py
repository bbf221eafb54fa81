"""What orders of different enterprises share: real threads, and never more than the rule allows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from services.chassis.ids import new_id
from tests.builders.grounds import a_campaign, under
from tests.builders.inspection import a_town, replicate, today
from tests.builders.past import SUQIAN, a_scene, an_enterprise_in

ROUNDS = 40


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def race(*runs):
    start = Barrier(len(runs))

    def run(go):
        start.wait()
        return go()

    with ThreadPoolExecutor(len(runs)) as pool:
        return [future.result() for future in [pool.submit(run, go) for go in runs]]


def where(enterprise):
    return {
        "enterprise_id": str(enterprise.enterprise_id),
        "premises_id": str(enterprise.premises[0].premises_id),
    }


def test_the_last_place_of_a_quota_goes_to_one_of_two_enterprises(town):
    for _ in range(ROUNDS):
        campaign = a_campaign(town, quota=1, filing_number=str(new_id()))
        made = [an_enterprise_in("320102") for _ in range(2)]
        replicate(town.pool, *made)
        orders = [town.drafted(**under(campaign), **where(enterprise)) for enterprise in made]
        answers = race(*[lambda o=order: town.does("submit", o, town.safety.clerk) for order in orders])
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        stopped = next(answer for answer in answers if answer.status_code == 409)
        assert [finding["key"] for finding in stopped.json["findings"]] == ["A7:quota"]
        assert stopped.json["findings"][0]["figures"]["quota"] == 1


def test_the_last_place_among_the_best_graded_goes_to_one(town):
    """A hundred enterprises graded 优 let one be inspected. The window reaches into days that are not quiet."""
    scene = a_scene(town, SUQIAN, grade="A")
    rivals = [an_enterprise_in(SUQIAN, grade="A") for _ in range(99)]
    replicate(town.pool, *rivals)
    window = {"starts_on": str(today()), "ends_on": str(today() + timedelta(days=40))}
    for first, second in zip(rivals[::2], rivals[1::2], strict=False):
        orders = [town.drafted(scene.staff, **where(enterprise), **window) for enterprise in (first, second)]
        answers = race(*[lambda o=order: town.does("submit", o, scene.staff.clerk) for order in orders])
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        stopped = next(answer for answer in answers if answer.status_code == 409)
        (finding,) = stopped.json["findings"]
        assert finding["rule"] == "F6"
        assert (finding["figures"]["nth"], finding["figures"]["most"]) == (2, 1)
        through = next(answer for answer in answers if answer.status_code == 200).json
        cancelled = town.call(
            "POST", f"/orders/{through['order_id']}/cancel", scene.staff.clerk, json={"reason": "让出"}
        )
        assert cancelled.status_code == 200
    with town.pool.connection() as connection:
        assert connection.execute("SELECT count(*) AS n FROM best_graded_order").fetchone()["n"] == 0
