"""V1 and V2 by the figures of the place."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.chassis.policy import Policies, policies
from services.feedback.policy import POOL, rules_at

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)


@pytest.fixture
def cities():
    everywhere = policies().governing("", NOON)
    strict = replace(everywhere, name="strict", areas=("51",), k=8, release_days=60, complaint_workdays=10)
    far = replace(everywhere, name="far", areas=("65",), timezone="Asia/Urumqi")
    return Policies((everywhere, strict, far))


def test_figures_are_those_of_the_profile_that_governs_the_area(cities):
    local = rules_at(NOON, cities)("510104001001")
    assert (local.ratings.floor, local.ratings.release_days, local.complaint_workdays) == (8, 60, 10)


def test_a_floor_above_the_products_pool_raises_the_pool(cities):
    rules = rules_at(NOON, cities)
    assert rules("510104").ratings.pool == 8
    assert rules("321391").ratings.pool == POOL


def test_an_area_nobody_has_told_of_has_what_holds_everywhere(cities):
    rules = rules_at(NOON, cities)
    assert rules(None) == rules("321391")


def test_today_is_the_day_of_the_place(cities):
    rules = rules_at(datetime(2026, 6, 1, 17, tzinfo=UTC), cities)
    assert (rules("321391").today, rules("650102").today) == (date(2026, 6, 2), date(2026, 6, 1))


def test_every_profile_that_is_shipped_can_be_followed():
    rules = rules_at(NOON)
    for profile in policies().profiles:
        for area in profile.areas:
            assert rules(area).ratings.floor >= 2
