"""What a clerk is told of the lists of a draw before anything is committed to."""

from datetime import timedelta

import pytest

from tests.builders.draws import pointers, some
from tests.builders.grounds import a_commitment, moved_to
from tests.builders.inspection import a_town, an_inspector, replicate, today

SUQIAN = "321302"


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def checks(town, *enterprises, by=None, **changes):
    body = a_commitment(*enterprises, **changes)
    kept = {name: body[name] for name in ("starts_on", "ends_on", "premises", "shares")}
    lists = kept | {name: changes[name] for name in ("industries",) if name in changes}
    return town.call("POST", "/draw-checks", by or town.safety.clerk, json=lists)


def test_each_grade_is_counted_and_what_a_share_takes_of_it(town):
    firms = [*some(town, 30, grade="C"), *some(town, 4, grade="D")]
    pool = checks(town, *firms, shares=[{"grade": "C", "share": 0.1}]).json
    assert pool["objects"] == 34
    assert [(each["grade"], each["objects"], each["take"]) for each in pool["strata"]] == [
        ("C", 30, 3),
        ("D", 4, None),
    ]
    assert town.call("GET", "/draws").json["items"] == []


def test_an_industry_is_counted_before_any_share_is_given(town):
    some(town, 3, grade="C", industry="H6110")
    pool = checks(town, premises=[], industries=["H61"], shares=[]).json
    assert (pool["objects"], [each["take"] for each in pool["strata"]]) == (3, [None])


def test_who_may_be_sent_is_named_and_why_others_may_not(town):
    soon = today() + timedelta(days=30)
    late = an_inspector(town.safety.agency_id, valid_until=soon)
    replicate(town.pool, late)
    people = {one["inspector_id"]: one["unfit"] for one in checks(town, town.enterprise).json["inspectors"]}
    fit = {str(one.inspector_id) for one in town.safety.inspectors}
    assert {person for person, unfit in people.items() if unfit is None} == fit
    assert str(soon) in people[str(late.inspector_id)]["zh"]
    assert set(people) == fit | {str(late.inspector_id)}


def test_the_best_graded_are_held_to_their_share_before_the_commitment_too(town):
    suqian = moved_to(town, SUQIAN)
    firms = some(suqian, 199, area_code=SUQIAN, grade="A", industry="Q8411")
    assert pointers(checks(suqian, *firms, shares=[{"grade": "A", "share": 0.02}])) == ["/shares"]
    pool = checks(suqian, *firms, shares=[{"grade": "A", "share": 0.01}]).json
    assert pool["top_share"] == 0.01
    assert [(each["industry"], each["limit"], each["take"]) for each in pool["strata"]] == [("Q", 1, 1)]


def test_wrong_lists_are_refused_as_the_commitment_would(town):
    assert pointers(checks(town, town.enterprise, industries=["C"])) == ["/premises"]
    assert checks(town, town.enterprise, by=town.safety.head).status_code == 403
