"""找企业 over HTTP: by name, sound and code, in one's own area only."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from psycopg.rows import dict_row

from services.chassis.database import UnitOfWork
from services.chassis.identity import Role
from services.inspection.search import store
from services.inspection.search.asked import ways_to_find
from services.inspection.search.work import index_names
from tests.builders.arrival import inspector_of
from tests.builders.inspection import COORDINATOR, a_premises, a_principal, an_enterprise, replicate
from tests.builders.life import a_shared_town


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with a_shared_town(postgres, tmp_path_factory.mktemp("search")) as town:
        yield town


@pytest.fixture(scope="module")
def bank(town):
    """In the town, with a branch in another city."""
    here, there = a_premises(name="本部"), a_premises(name="分理处", area_code="510107")
    bank = an_enterprise(name="重庆农商银行", uscc="91500000MA5XXXXX0B", premises=(here, there))
    replicate(town.pool, bank)
    return bank


def found(town, q, by=None, **more):
    by = by or inspector_of(town.safety)
    answer = town.call("GET", "/enterprises", by, query_string={"q": q, **more})
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


@pytest.mark.parametrize("q", ["农商", "cqns", "zqns", "chongqing", "yinhang", "91500000MA5", "农商银行"])
def test_an_inspector_finds_it(town, bank, q):
    (one,) = found(town, q)
    assert (one["enterprise_id"], one["name"]) == (str(bank.enterprise_id), bank.name)
    assert one["premises"] == [
        {
            "premises_id": str(bank.premises[0].premises_id),
            "name": "本部",
            "address": bank.premises[0].address,
        }
    ]


def test_short_codes_are_not_told(town, bank):
    answer = town.call("GET", "/enterprises", inspector_of(town.safety), query_string={"q": "农商"})
    assert bank.premises[0].short_code not in answer.text


def test_who_is_of_no_agency_finds_it_everywhere(town, bank):
    (one,) = found(town, "农商", COORDINATOR)
    assert [place["name"] for place in one["premises"]] == ["分理处", "本部"]


def test_a_registrar_finds_what_is_in_the_area_of_the_account(town, bank):
    assert (
        found(town, "农商", a_principal(Role.REGISTRAR, area_code="510100"))[0]["premises"][0]["name"]
        == "分理处"
    )
    assert found(town, "农商", a_principal(Role.REGISTRAR, area_code="110000")) == []


def test_a_clerk_may_ask_and_an_enterprise_may_not(town, bank):
    assert found(town, "农商", town.safety.clerk)
    stranger = a_principal(Role.ENTERPRISE, enterprise_id=bank.enterprise_id)
    assert town.call("GET", "/enterprises", stranger, query_string={"q": "农商"}).status_code == 403


def test_what_changed_is_found_by_what_it_is_now(town):
    firm = an_enterprise(name="老字号酱园", premises=(a_premises(),))
    replicate(town.pool, firm)
    replicate(town.pool, replace(firm, version=2, name="新味道食品"))
    assert found(town, "酱园") == []
    assert found(town, "xinweidao")
    replicate(town.pool, replace(firm, version=3, name="新味道食品", active=False))
    assert found(town, "xinweidao") == []


def test_more_is_said_where_there_is_more(town):
    replicate(town.pool, *(an_enterprise(name=f"连锁便利{n}店", premises=(a_premises(),)) for n in range(4)))
    answer = town.call("GET", "/enterprises", COORDINATOR, query_string={"q": "连锁", "limit": 3}).json
    assert (len(answer["items"]), answer["more"]) == (3, True)
    assert len(found(town, "连锁")) == 4


@pytest.mark.parametrize("q", ["", "x", "好" * 101])
def test_too_little_or_too_much_is_asked(town, q):
    assert town.call("GET", "/enterprises", COORDINATOR, query_string={"q": q}).status_code == 422


def test_what_was_replicated_before_is_indexed_by_the_job(town):
    firm = an_enterprise(name="古镇客栈", premises=(a_premises(),))
    replicate(town.pool, firm)
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE enterprise_search SET version = 0, terms = '{}' WHERE enterprise_id = %s",
            (firm.enterprise_id,),
        )
    assert found(town, "客栈") == []
    with UnitOfWork(town.pool, "/inspection") as uow:
        assert index_names(uow) == 1
        assert index_names(uow) == 0
        uow.commit()
    assert found(town, "gzkz")


MANY = 60_000


@pytest.fixture(scope="module")
def crowded(postgres):
    """Enough enterprises that a walk over all of them would be chosen if the index could not serve."""
    with (
        postgres.database() as database,
        psycopg.connect(database.admin_url, row_factory=dict_row) as connection,
    ):
        connection.execute("SET search_path = inspection")
        connection.execute(_MANY, {"many": MANY})
        connection.execute("ANALYZE enterprise, enterprise_search, premises")
        yield connection


_MANY = """
WITH made AS (
    INSERT INTO enterprise (enterprise_id, version, uscc, name, industry, area_code, active)
    SELECT gen_random_uuid(), 1, '91' || lpad(n::text, 16, '0'), '企业' || n, 'C3411', '321302', true
    FROM generate_series(1, %(many)s) AS n
    RETURNING enterprise_id, name, uscc),
places AS (
    INSERT INTO premises (premises_id, enterprise_id, name, address, area_code, grid, short_code, active)
    SELECT gen_random_uuid(), enterprise_id, '住所', '一号', '321302', 'G1', '222222222', true FROM made)
INSERT INTO enterprise_search
SELECT enterprise_id, 1, name,
       ARRAY['@', '@32', '@3213', '@321302', '=企业', '.qy', '=' || right(name, 2), '#' || left(uscc, 12)]
FROM made
"""


def walked(plan):
    yield plan
    for inner in plan.get("Plans", ()):
        yield from walked(inner)


@pytest.mark.parametrize("asked", ["企业", "qy", "91000000000000"])
def test_the_search_stays_on_its_indexes(crowded, asked):
    """As a generic plan: nothing of what is asked is known when it is made."""
    ways = ways_to_find(asked, "3213")
    given = {
        "terms": ["|".join(way.terms) for way in ways],
        "names": [way.name for way in ways],
        "usccs": [way.uscc for way in ways],
        "most": store.MOST_OF_A_WAY,
        "asked": asked,
        "area": "3213",
        "limit": 21,
    }
    kinds = ("text[]", "text[]", "text[]", "int", "text", "text", "int")
    text = store.FIND % {name: f"${number}" for number, name in enumerate(given, 1)}
    crowded.execute("SET plan_cache_mode = force_generic_plan")
    crowded.execute(f"PREPARE asked ({', '.join(kinds)}) AS {text}")
    values = psycopg.sql.SQL(", ").join(psycopg.sql.Literal(value) for value in given.values())
    (row,) = crowded.execute(
        psycopg.sql.SQL("EXPLAIN (FORMAT JSON) EXECUTE asked ({})").format(values)
    ).fetchall()
    crowded.execute("DEALLOCATE asked")
    nodes = list(walked(row["QUERY PLAN"][0]["Plan"]))
    assert {n["Relation Name"] for n in nodes if n["Node Type"] == "Seq Scan"} == set()
    assert "enterprise_search_terms" in {n.get("Index Name") for n in nodes}
    assert store.find(crowded, ways, asked=asked, area="3213", limit=5)
