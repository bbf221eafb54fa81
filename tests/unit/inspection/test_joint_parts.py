"""What remains of a joint order when one of its orders leaves: everything the others brought, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.ids import new_id
from services.inspection.joint.model import Parts, unchanged_approvals, united
from services.inspection.orders.model import Approval, Content, OrderInspector, OrderItem

AGENCIES = [new_id() for _ in range(3)]
ITEMS = [new_id() for _ in range(5)]
TRIGGERS = ("routine", "complaint", "recheck")
PEOPLE = {agency: [new_id() for _ in range(3)] for agency in AGENCIES}


@st.composite
def contents(draw):
    """Of one agency, with items that others may have too, each under its own trigger."""
    agency = draw(st.sampled_from(AGENCIES))
    items = draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=4, unique=True))
    trigger = draw(st.sampled_from(TRIGGERS))
    people = draw(st.lists(st.sampled_from(PEOPLE[agency]), min_size=1, max_size=3, unique=True))
    return Content(
        items=tuple(OrderItem(item, agency, "emergency", trigger=trigger) for item in items),
        inspectors=tuple(OrderInspector(person, agency) for person in people),
        agencies=(agency,),
        approvals=(),
    )


def parts(own, leaving, staying):
    return Parts(joint=united(own, leaving, *staying), own=own, leaving=leaving, staying=staying)


@given(contents(), contents(), st.lists(contents(), max_size=3))
def test_what_remains_is_what_would_have_been_without_the_one_that_left(own, leaving, staying):
    remaining, without = parts(own, leaving, staying).remaining, united(own, *staying)
    assert set(remaining.item_ids) == set(without.item_ids)
    assert set(remaining.inspectors) == set(without.inspectors)
    assert set(remaining.agencies) == set(without.agencies)
    brought = {(i.item_id, i.agency_id, i.trigger) for side in (own, *staying) for i in side.items}
    assert {(i.item_id, i.agency_id, i.trigger) for i in remaining.items} <= brought


@given(contents(), contents(), st.lists(contents(), max_size=3))
def test_joining_again_covers_the_same(own, leaving, staying):
    joint = united(own, leaving, *staying)
    again = united(parts(own, leaving, staying).remaining, leaving)
    assert set(again.item_ids) == set(joint.item_ids)
    assert set(again.inspectors) == set(joint.inspectors)
    assert set(again.agencies) == set(joint.agencies)


def test_an_approval_stands_for_less_and_falls_for_more():
    agency, june = AGENCIES[0], (date(2026, 6, 1), date(2026, 6, 30))
    word = Approval(agency, new_id(), "负责人", datetime(2026, 6, 1, tzinfo=UTC), *june)
    items = tuple(OrderItem(item, agency, "emergency") for item in ITEMS[:2])
    side = Content(items=items[:1], inspectors=(), agencies=(agency,), approvals=(word,))
    more = replace(side, items=items)
    assert unchanged_approvals(more, side) == side.approvals
    assert unchanged_approvals(side, more) == ()
    assert unchanged_approvals(side, replace(side, agencies=(AGENCIES[1],))) == ()
