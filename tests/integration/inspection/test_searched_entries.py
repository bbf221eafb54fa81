"""A worn plate: the premises are looked up, the reason is kept, the supervisor is told, nobody is kept out."""

from __future__ import annotations

import pytest

from services.chassis.ids import new_id
from tests.builders.arrival import arrives, inspector_of
from tests.builders.inspection import a_premises, a_town, an_enterprise, replicate

WHY = "牌子磨损褪色，看不清"


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def searches(town, order, **changes):
    """The inspector enters by the premises that were looked up."""
    found = {"premises_code": None, "premises_id": order["premises_id"]}
    return arrives(town, order, **found | {"searched_reason": WHY} | changes)


def test_e2_an_entry_by_premises_looked_up_is_noted_with_its_reason(town):
    order = town.issued()
    answer = searches(town, order)
    assert (answer.status_code, answer.json["searched_reason"]) == (201, WHY), answer.json
    assert "searched" in answer.json["flags"]
    event, _, facts = town.told(order)[-1]
    assert (event, "searched" in facts["flags"]) == ("entry.made.v1", True)
    assert WHY not in str(facts)
    kept = town.call("GET", f"/entries/{answer.json['entry_id']}", inspector_of(town.safety)).json
    assert kept["searched_reason"] == WHY


def test_a_scanned_entry_needs_no_reason_and_is_not_noted(town):
    answer = arrives(town, town.issued())
    assert (answer.status_code, answer.json["searched_reason"]) == (201, None)
    assert "searched" not in answer.json["flags"]


def test_an_urgent_draft_is_entered_by_a_search_as_well(town):
    order = town.drafted(trigger="urgent", clue="厂区冒烟", on_site_reason="烟雾未散")
    answer = searches(town, order)
    assert answer.status_code == 201, answer.json
    assert "searched" in answer.json["flags"]


def test_an_entry_by_a_search_may_be_filled_in_afterwards(town):
    answer = searches(town, town.issued(), online=False, offline_reason="地下车间无信号")
    assert answer.status_code == 201, answer.json
    assert {"searched", "backfilled"} <= set(answer.json["flags"])


def test_e1_other_premises_are_refused_however_they_were_found(town):
    elsewhere = an_enterprise(premises=(a_premises(short_code="333333333"),))
    replicate(town.pool, elsewhere)
    order = town.issued()
    answer = searches(town, order, premises_id=str(elsewhere.premises[0].premises_id))
    assert (answer.status_code, answer.json["reason"]) == (409, "wrong_premises")
    nowhere = searches(town, order, premises_id=str(new_id()))
    assert (nowhere.status_code, nowhere.json["reason"]) == (409, "unknown_premises")


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"searched_reason": None}, "/searched_reason"),
        ({"premises_code": "222222222"}, "/premises_code"),
        ({"premises_id": None, "searched_reason": None}, "/premises_code"),
        ({"premises_id": None, "premises_code": "222222222"}, "/searched_reason"),
    ],
)
def test_one_way_of_naming_the_door_and_its_reason_go_together(town, changes, where):
    answer = searches(town, town.issued(), **changes)
    assert answer.status_code == 422, answer.json
    assert [error["pointer"] for error in answer.json["errors"]] == [where]
