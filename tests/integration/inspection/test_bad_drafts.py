"""What is wrong in a draft is named, field by field. One town for all: nothing is ever stored."""

from datetime import timedelta

import pytest

from services.chassis.ids import new_id
from tests.builders.inspection import a_town, today


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with postgres.database() as database, a_town(database, tmp_path_factory.mktemp("town")) as town:
        yield town
        assert town.told() == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"nonsense": 1}, "/nonsense"),
        ({"trigger": "whim"}, "/trigger"),
        ({"trigger": "complaint"}, "/clue"),
        ({"trigger": "monitoring"}, "/clue"),
        ({"trigger": "assigned"}, "/clue"),
        ({"trigger": "requested"}, "/clue"),
        ({"trigger": "campaign"}, "/campaign_id"),
        ({"trigger": "campaign", "campaign_id": str(new_id())}, "/campaign_id"),
        ({"trigger": "random"}, "/draw_id"),
        ({"trigger": "random", "draw_id": str(new_id())}, "/draw_id"),
        ({"trigger": "recheck"}, "/recheck_of"),
        ({"trigger": "recheck", "recheck_of": str(new_id())}, "/recheck_of"),
        ({"campaign_id": str(new_id())}, "/campaign_id"),
        ({"draw_id": str(new_id())}, "/draw_id"),
        ({"recheck_of": str(new_id())}, "/recheck_of"),
        ({"starts_on": str(today() - timedelta(days=1))}, "/starts_on"),
        ({"ends_on": str(today() + timedelta(days=93))}, "/ends_on"),
        ({"ends_on": str(today() - timedelta(days=1))}, "/ends_on"),
        ({"starts_on": "9999-12-31", "ends_on": "9999-12-31"}, "/starts_on"),
        ({"starts_on": "next week"}, "/starts_on"),
        ({"on_site_reason": "  "}, "/on_site_reason"),
        ({"items": []}, "/items"),
        ({"items": [str(new_id())]}, "/items/0"),
        ({"inspectors": [str(new_id())]}, "/inspectors/0"),
        ({"enterprise_id": str(new_id())}, "/enterprise_id"),
        ({"premises_id": str(new_id())}, "/premises_id"),
    ],
)
def test_what_is_wrong_in_a_draft_is_named(town, changes, pointer):
    for path in ("/orders", "/gate-checks"):
        answer = town.call("POST", path, town.safety.clerk, json=town.a_draft(**changes))
        assert answer.status_code == 422, answer.json
        assert pointer in [error["pointer"] for error in answer.json["errors"]]
