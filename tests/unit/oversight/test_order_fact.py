from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from services.chassis.ids import new_id
from services.oversight.projections.duplicate import found, settled
from services.oversight.projections.order_fact import advanced, born
from services.oversight.projections.override import Override
from services.oversight.projections.picture import Picture
from services.oversight.projections.tally import of_order, of_year
from tests.builders.city import DAY, MORNING, AnOrder, an_enterprise, deliveries

CHINA = ZoneInfo("Asia/Shanghai")


def fact_of(order):
    fact = born(order.events[0])
    for event in order.events:
        fact = advanced(fact, event, MORNING, CHINA)
    return fact


def test_the_fact_follows_the_order():
    order = AnOrder().drafted().submitted().approved().issued()
    assert fact_of(order).state == "issued"
    order.entered(online=False, flags=("two_places",)).recorded(1).left().concluded("refer")
    fact = fact_of(order)
    assert (fact.state, fact.result, fact.day, fact.online) == ("referred", "refer", DAY, False)
    assert fact.version == len(order.events)


@pytest.mark.parametrize(
    ("result", "state"),
    [
        ("no_problem", "concluded"),
        ("reminder", "concluded"),
        ("order_rectification", "rectifying"),
        ("refer", "referred"),
    ],
)
def test_the_conclusion_says_how_it_goes_on(result, state):
    assert fact_of(AnOrder().issued().entered().concluded(result)).state == state


def test_an_order_that_nobody_carried_out_counts_nothing():
    for order in (AnOrder().drafted(), AnOrder().issued(), AnOrder().issued().cancelled()):
        assert of_order(fact_of(order)) == {}


def test_a_joint_visit_counts_once_for_its_lead():
    order = AnOrder(agencies=(new_id(), new_id())).issued().entered()
    counts = of_order(fact_of(order))
    assert (counts["inspections"], counts["joint"]) == (True, True)


def test_the_order_may_be_met_in_the_middle_of_its_life():
    order = AnOrder().drafted().issued().entered()
    late = AnOrder(events=order.events[2:])
    assert fact_of(late).state == "entered"


def a_pair(first, second):
    event = AnOrder(first.enterprise_id, order_id=second.order_id).duplicate_of(first.order_id).events[0]
    [pair] = found(event, MORNING, CHINA)
    return pair


@pytest.mark.parametrize("absorbed", ["the first", "the second", "both by a third", "none"])
def test_a_pair_is_joined_whichever_order_took_in_the_other(absorbed):
    first, second, third = AnOrder().drafted(), AnOrder().drafted(), new_id()
    if absorbed == "the first":
        first.absorbed(second.order_id)
    elif absorbed == "the second":
        second.absorbed(first.order_id)
    elif absorbed == "both by a third":
        first.absorbed(third)
        second.absorbed(third)
    facts = {order.order_id: fact_of(order) for order in (first, second)}
    assert settled(a_pair(first, second), facts, {}).state == ("open" if absorbed == "none" else "joined")


def test_what_was_seen_before_changes_nothing():
    firm = an_enterprise()
    told = deliveries([firm, *AnOrder(firm.enterprise_id).drafted().issued().entered().events])
    once = Picture().after(told, CHINA)
    assert once.after(told, CHINA) == once
    assert once.tally().since(once.tally()).daily == {}


def test_an_enterprise_that_changes_its_industry_takes_its_visits_along():
    firm = an_enterprise(industry="C26")
    before = Picture().after(
        deliveries([firm, *AnOrder(firm.enterprise_id).issued().entered().events]), CHINA
    )
    moved = an_enterprise(firm.enterprise_id, 2, industry="H61")
    changed = before.after(deliveries([moved]), CHINA).tally().since(before.tally()).daily
    inspections = {key.industry: count for (key, name), count in changed.items() if name == "inspections"}
    assert inspections == {"C": -1, "H": 1}


@pytest.mark.parametrize(
    ("who", "hours", "state"),
    [("finder", 1, "overridden"), ("other", 1, "overridden"), ("other", -1, "open")],
)
def test_a_pair_is_overridden_by_a_reason_that_either_order_gave_after_it_was_found(who, hours, state):
    first, second, by = AnOrder().drafted(), AnOrder().drafted(), new_id()
    order = second if who == "finder" else first
    reason = Override(
        order_id=order.order_id, version=2, rule="J2", overridden_by=by, at=MORNING + timedelta(hours=hours)
    )
    pair = settled(a_pair(first, second), {}, {order.order_id: [reason]})
    assert (pair.state, pair.overridden_by) == (state, by if state == "overridden" else None)


def counted(order):
    return {key.agency_id for key in of_year(fact_of(order)) if key.item_id is None}


def test_each_agency_of_a_joint_visit_draws_on_its_cap_by_what_it_brought():
    rechecks, inspects = new_id(), new_id()
    joint = {"agency_id": rechecks, "agencies": (rechecks, inspects)}
    for trigger in ("recheck", "routine"):
        order = AnOrder(**joint, trigger=trigger).issued().entered(counted_for=(inspects,))
        assert counted(order) == {inspects}


def test_where_nobody_told_the_trigger_of_the_order_counts_for_all():
    both = (new_id(), new_id())
    assert counted(AnOrder(agencies=both).issued().entered()) == set(both)
    assert counted(AnOrder(agencies=both, trigger="recheck").issued().entered()) == set()
