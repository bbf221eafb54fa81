"""F6 in the draw: the best graded are spared there as they are at the gate."""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.builders.draws import commits, path, pointers, some
from tests.builders.grounds import SUQIAN, a_commitment, a_commitment_made, a_draw, moved_to
from tests.builders.inspection import (
    CITY,
    a_town,
)


@pytest.fixture
def suqian(database, tmp_path):
    """Where the best graded are spared (rule F6), after the quiet days of the month (rule F5)."""
    with (
        time_machine.travel(datetime(2027, 5, 24, 10, tzinfo=ZoneInfo(CITY)), tick=True),
        a_town(database, tmp_path) as town,
    ):
        yield moved_to(town, SUQIAN)


def best(town, count, industry="Q8411"):
    return some(town, count, area_code=SUQIAN, grade="A", industry=industry)


def top(*enterprises, share=0.01, **changes):
    return a_commitment(*enterprises, shares=[{"grade": "A", "share": share}], **changes)


def test_f6_the_best_graded_are_drawn_exactly_within_their_share(suqian):
    firms = best(suqian, 199)
    assert pointers(commits(suqian, top(*firms, share=0.02))) == ["/shares"]
    draw = a_commitment_made(suqian, top(*firms))
    (stratum,) = draw["strata"]
    assert (stratum["industry"], stratum["limit"], stratum["take"], draw["sample"]) == ("Q", 1, 1, 1)
    again = commits(suqian, top(*firms))
    assert pointers(again) == ["/shares"]
    suqian.call("POST", path(draw, "/abandon"), suqian.safety.head, 1, json={"reason": "重来"})
    other = a_draw(suqian, None, *firms, shares=[{"grade": "A", "share": 0.01}])
    assert len(other["results"]) == 1
    assert pointers(commits(suqian, top(*firms))) == ["/shares"]


def test_f6_what_is_inspected_this_year_is_taken_off(suqian):
    firms = best(suqian, 100)
    suqian.submitted(
        enterprise_id=str(firms[0].enterprise_id), premises_id=str(firms[0].premises[0].premises_id)
    )
    assert pointers(commits(suqian, top(*firms[1:]))) == ["/shares"]


def test_f6_other_grades_are_not_limited(suqian):
    firms = [*best(suqian, 5), *some(suqian, 5, area_code=SUQIAN, grade="D", industry="Q8411")]
    shares = [{"grade": "A", "share": 0.01}, {"grade": "D", "share": 0.5}]
    draw = a_draw(suqian, None, *firms, shares=shares)
    assert Counter(one["grade"] for one in draw["results"]) == {"D": 3}
