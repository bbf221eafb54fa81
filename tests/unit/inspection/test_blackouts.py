"""How many days an enterprise may ask for."""

from datetime import date, timedelta

import pytest

from services.chassis.ids import new_id
from services.inspection.blackouts.model import MOST_DAYS_A_YEAR, Blackout, faults

TODAY = date(2026, 12, 1)


def days(first, length):
    starts_on = TODAY + timedelta(first)
    return Blackout(
        blackout_id=new_id(),
        version=1,
        enterprise_id=new_id(),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(length - 1),
        note="",
    )


@pytest.mark.parametrize(
    ("wish", "pointer"),
    [
        (days(-1, 3), "/starts_on"),
        (days(367, 1), "/starts_on"),
        (days(0, 0), "/ends_on"),
        (days(0, 31), "/ends_on"),
    ],
)
def test_days_that_cannot_be_asked_for_are_named(wish, pointer):
    assert list(faults(wish, [], TODAY)) == [pointer]


def test_days_that_overlap_are_refused():
    assert faults(days(3, 2), [days(0, 4)], TODAY).keys() == {"/starts_on"}
    assert faults(days(4, 2), [days(0, 4)], TODAY) == {}


def test_a_year_holds_so_many_days():
    taken = [days(0, MOST_DAYS_A_YEAR - 5)]
    assert faults(days(25, 5), taken, TODAY) == {}
    assert "25 天，加上本次 6 天超过上限 30 天" in faults(days(25, 6), taken, TODAY)["/ends_on"]


def test_days_over_new_year_count_in_the_year_they_lie_in():
    december = [days(0, 26)]
    assert faults(days(28, 10), december, TODAY) == {}
    assert "2026 年" in faults(days(26, 10), december, TODAY)["/ends_on"]
