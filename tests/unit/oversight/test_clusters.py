"""Visits of one place that are close to each other, and what a human's word takes apart."""

from datetime import date, timedelta

from services.chassis.ids import new_id
from services.oversight.duplicates.desk.model import Side, components

DAY = date(2026, 6, 1)


def a_visit(after):
    return Side(
        order_id=new_id(),
        agency_id=new_id(),
        agency_name=None,
        state="closed",
        trigger="routine",
        items=[],
        inspectors=2,
        starts_on=DAY,
        ends_on=DAY + timedelta(days=90),
        day=DAY + timedelta(days=after),
    )


def test_without_a_word_the_island_is_one():
    visits = [a_visit(0), a_visit(5), a_visit(10)]
    assert components(visits, [], 5) == [visits]


def test_a_word_about_two_does_not_part_what_a_third_connects():
    one, two, three = visits = [a_visit(0), a_visit(3), a_visit(5)]
    assert components(visits, [(one.order_id, three.order_id)], 5) == [visits]
    apart = [(one.order_id, three.order_id), (two.order_id, three.order_id)]
    assert components(visits, apart, 5) == [[one, two]]


def test_visits_far_from_each_other_are_connected_only_through_others():
    one, two, three = visits = [a_visit(0), a_visit(5), a_visit(10)]
    assert components(visits, [(one.order_id, two.order_id)], 5) == [[two, three]]
