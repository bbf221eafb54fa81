"""Registry events into the replica, in any order and more than once."""

from dataclasses import replace

import pytest

from services.chassis.database import open_pool
from services.chassis.ids import new_id
from tests.builders.inspection import a_premises, an_agency, an_enterprise, an_inspector, an_item, replicate


@pytest.fixture
def pool(database):
    with open_pool(database.url("inspection"), 2, "test") as pool:
        yield pool


def rows(pool, sql):
    with pool.connection() as connection:
        return [tuple(row.values()) for row in connection.execute(sql).fetchall()]


def test_the_last_version_of_a_batch_stays(pool):
    agency = an_agency(entrusted_by=new_id(), lead_industries=("C", "D"))
    replicate(pool, replace(agency, version=3, name="新名"), agency, replace(agency, version=2, name="中间"))
    assert rows(pool, "SELECT version, name, lead_industries FROM agency") == [(3, "新名", ["C", "D"])]


@pytest.mark.parametrize(
    "event", [an_agency(), an_item(), an_enterprise(), an_inspector(new_id())], ids=lambda e: type(e).__name__
)
def test_what_is_older_or_repeated_is_dropped(pool, event):
    name = type(event).__name__.removesuffix("Changed").lower()
    replicate(pool, replace(event, version=5, name="五"))
    replicate(pool, replace(event, version=4, name="四"))
    replicate(pool, replace(event, version=5, name="又五"))
    assert rows(pool, f"SELECT version, name FROM {name}") == [(5, "五")]
    replicate(pool, replace(event, version=9, name="九"))
    assert rows(pool, f"SELECT version, name FROM {name}") == [(9, "九")]


def test_premises_no_longer_named_are_shut_and_stay(pool):
    old, new = a_premises(name="旧厂"), a_premises(name="新厂")
    enterprise = an_enterprise(premises=(old,))
    replicate(pool, enterprise)
    replicate(pool, replace(enterprise, version=2, premises=(new,)))
    assert rows(pool, "SELECT name, active FROM premises ORDER BY name") == [("新厂", True), ("旧厂", False)]


def test_an_old_enterprise_does_not_bring_its_old_premises_back(pool):
    old, new = a_premises(name="旧厂"), a_premises(name="新厂")
    enterprise = an_enterprise(premises=(new,))
    replicate(pool, replace(enterprise, version=2))
    replicate(pool, replace(enterprise, version=1, premises=(old,)))
    assert rows(pool, "SELECT name FROM premises") == [("新厂",)]


def test_an_enterprise_without_premises_is_known(pool):
    replicate(pool, an_enterprise(premises=()))
    assert rows(pool, "SELECT count(*) FROM enterprise") == [(1,)]


def test_every_checklist_is_kept_under_its_version(pool):
    item = an_item()
    replicate(pool, item)
    replicate(pool, replace(item, version=2, checklist_version=2, checklist=()))
    assert rows(pool, "SELECT checklist_version FROM item") == [(2,)]
    assert rows(
        pool, "SELECT checklist_version, jsonb_array_length(questions) FROM checklist ORDER BY 1"
    ) == [
        (1, 1),
        (2, 0),
    ]
