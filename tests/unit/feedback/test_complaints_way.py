from datetime import date, timedelta

import pytest
from chinese_calendar.constants import holidays
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.codes import short
from services.chassis.errors import WrongState
from services.feedback.complaints import tracking
from services.feedback.complaints.model import CATEGORIES, WAY, Category, State, Step, after, allowed
from services.feedback.complaints.workdays import Deadline, deadline, note


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", State)
def test_every_step_from_every_state_is_taken_or_refused(step, state):
    before, result = WAY[step]
    if state in before:
        assert after(step, state) is result
    else:
        with pytest.raises(WrongState) as refusal:
            after(step, state)
        assert refusal.value.extra["allowed"] == allowed(state)


def test_an_answered_complaint_can_be_opened_again_and_taken_along_once_more():
    state = State.FILED
    for step in (
        Step.ASSIGN,
        Step.HANDLE,
        Step.ANSWER,
        Step.FOLLOW_UP,
        Step.REOPEN,
        Step.ASSIGN,
        Step.ANSWER,
    ):
        state = after(step, state)
    assert state is State.ANSWERED


def test_every_category_has_its_words():
    assert set(CATEGORIES) == set(Category)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 3, 2), 15, date(2026, 3, 23)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2026, 3, 8), 5, date(2026, 3, 13)),
    ],
)
def test_deadlines_skip_weekends(start, days, due):
    assert deadline(start, days) == Deadline(due, by_calendar=True)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        (date(2025, 9, 26), 2, date(2025, 9, 29)),
    ],
    ids=["the holidays are skipped", "a Saturday made up for counts", "and so does a Sunday"],
)
def test_deadlines_know_holidays_and_make_up_workdays(start, days, due):
    assert deadline(start, days) == Deadline(due, by_calendar=True)


def test_days_whose_holidays_nobody_has_published_are_counted_by_the_week():
    counted = deadline(date(2093, 10, 1), 5)
    assert counted == Deadline(date(2093, 10, 8), by_calendar=False)
    assert "周一至周五" in note(counted.by_calendar).zh


def test_one_day_beyond_the_published_year_is_enough_to_say_so():
    last = max(holidays).replace(month=12, day=31)
    assert deadline(last - timedelta(days=40), 1).by_calendar
    assert not deadline(last - timedelta(days=2), 15).by_calendar


def test_a_tracking_number_may_be_typed_as_one_reads_it():
    number = tracking.new()
    assert len(number) == 13
    for typed in (tracking.shown(number), tracking.shown(number).lower(), f" {number} "):
        assert tracking.parse(typed) == number


@given(st.integers(0, 12), st.sampled_from(short.ALPHABET))
def test_one_wrong_character_is_noticed(place, other):
    number = tracking.new()
    mistyped = number[:place] + other + number[place + 1 :]
    assert tracking.parse(mistyped) == (number if mistyped == number else None)


@pytest.mark.parametrize("typed", ["", "7KQM", "0" * 13, "评" * 13, "A" * 40])
def test_what_cannot_be_a_number_is_none(typed):
    assert tracking.parse(typed) is None
