"""What moved between the issue and the door."""

from dataclasses import replace

import pytest

from tests.builders.arrival import arrives, entered
from tests.builders.inspection import a_town, replicate


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def refused(town, order):
    answer = arrives(town, order)
    assert answer.status_code == 409, answer.json
    assert answer.json["code"] == "entry_refused"
    return answer.json


def test_an_agency_withdrawn_since_does_not_enter_and_it_is_kept(town):
    order = town.issued()
    replicate(town.pool, replace(town.safety.agency, version=2, active=False))
    problem = refused(town, order)
    assert (problem["rule"], problem["reason"]) == ("A1", "agency_withdrawn")
    assert problem["findings"][0]["citations"]
    assert town.told()[-1][2]["reason"] == "agency_withdrawn"
    assert town.read(order)["state"] == "issued"


def test_an_item_taken_off_the_list_is_not_inspected(town):
    order = town.issued()
    replicate(town.pool, replace(town.safety.item, version=2, published=False))
    problem = refused(town, order)
    assert (problem["rule"], problem["reason"]) == ("A2", "item_off_list")


def test_f3_the_entry_that_is_one_too_many_is_flagged(town):
    """In Chengdu, where the agency lies by the time they arrive."""
    entered(town)
    order = town.issued(trigger="complaint", clue="12345-1")
    replicate(town.pool, replace(town.safety.agency, version=2, area_code="510107"))
    answer = arrives(town, order)
    assert answer.status_code == 201, answer.json
    assert "frequent" in answer.json["flags"]
