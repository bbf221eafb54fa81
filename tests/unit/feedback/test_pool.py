from datetime import date, timedelta

import pytest

from services.chassis.ids import new_id
from services.feedback.policy import RatingPolicy
from services.feedback.ratings.model import Pool

TODAY = date(2026, 3, 31)


def a_pool(ballots, days_old=0):
    return Pool(agency_id=new_id(), ballots=ballots, oldest=TODAY - timedelta(days=days_old))


@pytest.mark.parametrize(
    ("ballots", "days_old", "due"),
    [(4, 0, False), (4, 400, False), (5, 0, True), (5, 30, True)],
)
def test_five_ratings_are_released_and_four_never(ballots, days_old, due):
    assert a_pool(ballots, days_old).is_due(TODAY, RatingPolicy()) is due


@pytest.mark.parametrize(
    ("ballots", "days_old", "due"),
    [(19, 29, False), (20, 0, True), (5, 30, True), (4, 30, False)],
)
def test_a_larger_pool_waits_to_be_full_or_old(ballots, days_old, due):
    assert a_pool(ballots, days_old).is_due(TODAY, RatingPolicy(pool=20)) is due


@pytest.mark.parametrize("figures", [{"floor": 1}, {"floor": 6}, {"floor": 0, "pool": 0}])
def test_a_policy_cannot_lay_single_ratings_open(figures):
    with pytest.raises(ValueError, match="floor"):
        RatingPolicy(**figures)
