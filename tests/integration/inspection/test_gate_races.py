"""What orders of different enterprises share: real threads, and never more than the rule allows."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.chassis.errors import Invalid
from services.inspection.campaigns import commands as campaigns
from services.inspection.campaigns import store
from services.inspection.campaigns.commands import Change, Step
from services.inspection.campaigns.schemas import FilingSchema
from services.inspection.orders.commands.submit import Submit, submit
from services.inspection.orders.model import State
from tests.builders.grounds import a_campaign, a_filing, under
from tests.builders.inspection import a_town, replicate, today
from tests.builders.past import NANJING, SUQIAN, a_scene, an_enterprise_in
from tests.builders.races import done, drafted_again, race

ROUNDS = 200


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def drafts(town, staff, enterprises, **changes):
    replicate(town.pool, *enterprises)
    made = [
        town.drafted(
            staff,
            enterprise_id=str(enterprise.enterprise_id),
            premises_id=str(enterprise.premises[0].premises_id),
            **changes,
        )
        for enterprise in enterprises
    ]
    return [UUID(order["order_id"]) for order in made]


def submitting(town, order_id, staff):
    wish = Submit(order_id=order_id, version=1, reasons={})
    return lambda: done(town, submit, wish, staff.clerk)


def a_published_campaign(town, quota):
    filed = done(town, campaigns.file_campaign, FilingSchema().load(a_filing(quota=quota)), town.safety.clerk)
    step = Step(campaign_id=filed.campaign_id, version=filed.version)
    return done(town, campaigns.publish, step, town.safety.head)


def test_the_last_places_of_a_quota_are_given_once_however_many_ask_at_once(town):
    """Six submissions and a revision of the quota race for three places."""
    begun = a_campaign(town)
    orders = drafts(town, None, [an_enterprise_in(NANJING) for _ in range(6)], **under(begun))
    for _ in range(ROUNDS):
        campaign = a_published_campaign(town, quota=3)
        drafted_again(town, orders, campaign.campaign_id)
        less = Change(
            campaign_id=campaign.campaign_id,
            version=campaign.version,
            filing=FilingSchema().load(a_filing(quota=2)),
            reason="减少",
        )
        *answers, revised = race(
            *[submitting(town, order, town.safety) for order in orders],
            lambda wish=less: done(town, campaigns.revise, wish, town.safety.head),
        )
        quota = 3 if isinstance(revised, Invalid) else revised.quota
        through = [answer for answer in answers if answer.refusal is None]
        assert {answer.order.state for answer in through} == {State.SUBMITTED}
        assert (len(through), used(town, campaign)) == (quota, quota)
        assert {told(answer, "rule") for answer in answers if answer.refusal} == {("A7",)}


def used(town, campaign):
    with town.pool.connection() as connection:
        return store.used(connection, [campaign.campaign_id])[campaign.campaign_id]


def told(answer, what):
    return tuple(finding[what] for finding in answer.refusal.extra["findings"])


def test_f6_the_last_place_among_the_best_graded_goes_to_one(town):
    """A hundred enterprises graded 优 let one be inspected. The window reaches into days that are not quiet."""
    scene = a_scene(town, SUQIAN, grade="A")
    rivals = [an_enterprise_in(SUQIAN, grade="A") for _ in range(99)]
    replicate(town.pool, *rivals[2:])
    window = {"starts_on": str(today()), "ends_on": str(today() + timedelta(days=40))}
    orders = drafts(town, scene.staff, rivals[:2], **window)
    for _ in range(ROUNDS):
        answers = race(*[submitting(town, order, scene.staff) for order in orders])
        (through,) = (answer for answer in answers if answer.refusal is None)
        (stopped,) = (answer for answer in answers if answer.refusal)
        assert through.order.state is State.SUBMITTED
        assert told(stopped, "rule") == ("F6",)
        (figures,) = told(stopped, "figures")
        assert (figures["nth"], figures["most"]) == (2, 1)
        drafted_again(town, orders)
    with town.pool.connection() as connection:
        for table in ("best_graded_order", "best_graded_place"):
            assert connection.execute(f"SELECT FROM {table}").fetchone() is None
        counted = connection.execute("SELECT sum(enterprises) AS n FROM best_graded_inspected").fetchone()
        assert counted["n"] == 0
