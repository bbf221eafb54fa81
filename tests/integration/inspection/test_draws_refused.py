"""Draws that may not be: each fault is named, and nothing is kept."""

from datetime import timedelta

import pytest

from services.chassis.ids import new_id
from tests.builders.draws import commits, pointers
from tests.builders.grounds import a_commitment, a_commitment_made
from tests.builders.inspection import (
    a_town,
    an_inspector,
    replicate,
    today,
)


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with postgres.database() as database, a_town(database, tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"premises": []}, ["/premises"]),
        ({"premises": [str(new_id())]}, ["/premises/0"]),
        ({"industries": ["C"]}, ["/premises"]),
        ({"premises": [], "industries": ["T9600"]}, ["/industries"]),
        ({"premises": [], "industries": ["c26"]}, ["/industries/0"]),
        ({"shares": []}, ["/shares"]),
        ({"shares": [{"grade": "D", "share": 0.5}]}, ["/shares"]),
        ({"shares": [{"grade": None, "share": 1.01}]}, ["/shares/0/share"]),
        ({"shares": [{"grade": None, "share": 0}]}, ["/shares/0/share"]),
        ({"shares": [{"grade": None, "share": "1e-99999"}]}, ["/shares/0/share"]),
        ({"shares": [{"grade": None, "share": 1}] * 2}, ["/shares"]),
        ({"per_object": 1}, ["/per_object"]),
        ({"per_object": 3}, ["/inspectors"]),
        ({"inspectors": [str(new_id())]}, ["/inspectors/0"]),
        ({"starts_on": str(today() - timedelta(days=1))}, ["/starts_on"]),
        ({"ends_on": str(today() - timedelta(days=1))}, ["/ends_on"]),
        ({"ends_on": str(today() + timedelta(days=500))}, ["/ends_on"]),
        ({"public_source": "彩票"}, ["/public_on"]),
        ({"public_source": "彩票", "public_on": str(today())}, ["/public_on"]),
        (
            {"recusals": [{"inspector_id": str(new_id()), "enterprise_id": str(new_id()), "reason": "x"}]},
            ["/recusals/0/inspector_id", "/recusals/0/enterprise_id"],
        ),
    ],
)
def test_what_is_wrong_in_a_draw_is_named_and_nothing_is_kept(town, changes, expected):
    before = town.call("GET", "/draws").json, town.told()
    answer = commits(town, a_commitment(town.enterprise) | changes)
    assert pointers(answer) == expected
    assert (town.call("GET", "/draws").json, town.told()) == before


def test_the_same_object_twice_is_refused(town):
    body = a_commitment(town.enterprise)
    assert pointers(commits(town, body | {"premises": body["premises"] * 2})) == ["/premises"]


def test_inspectors_that_may_not_be_sent_are_each_named(town):
    agency = town.safety.agency_id
    unfit = [
        an_inspector(agency, kind="assistant"),
        an_inspector(agency, scope=("fire",)),
        an_inspector(agency, valid_until=today() + timedelta(days=5)),
        an_inspector(agency, active=False),
        town.fire.inspectors[0],
    ]
    replicate(town.pool, *unfit[:4])
    named = [str(one.inspector_id) for one in (*town.safety.inspectors, *unfit)]
    answer = commits(town, a_commitment(town.enterprise, inspectors=named))
    assert pointers(answer) == [f"/inspectors/{place}" for place in range(2, 7)]
    assert a_commitment_made(town, a_commitment(town.enterprise))["inspectors"] == 2


def test_when_everyone_is_recused_the_enterprise_is_named(town):
    recusals = [
        {
            "inspector_id": str(one.inspector_id),
            "enterprise_id": str(town.enterprise.enterprise_id),
            "reason": "亲属",
        }
        for one in town.safety.inspectors
    ]
    answer = commits(town, a_commitment(town.enterprise, recusals=recusals))
    assert pointers(answer) == ["/recusals"]
    assert str(town.enterprise.enterprise_id) in answer.json["errors"][0]["message"]
    twice = commits(town, a_commitment(town.enterprise, recusals=recusals[:1] * 2))
    assert pointers(twice) == ["/recusals"]
