"""Both sides of the benchmarks of the scan path do the same thing. How fast is not asked."""

from urllib.parse import quote

import pytest

from benchmarks import bare, entries, verify
from benchmarks.arena import Ground
from services.chassis.database import open_pool
from tests.builders.inspection import a_town

FEW = 3
TOLD = (
    "order_id",
    "state",
    "trigger",
    "starts_on",
    "ends_on",
    "enterprise",
    "address",
    "agencies",
    "items",
    "inspectors",
)
COUNTED = ("agency", "domain", "visits")


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


@pytest.fixture
def ground(town):
    return Ground(town.pool, town.office, town.app.extensions["yicha.settings"].secrets_dir, town.safety)


@pytest.fixture
def baseline(database):
    with open_pool(database.url("inspection"), 2, "bare") as pool:
        yield bare.app_on(pool)


def asked(app, requests):
    client = app.test_client()
    return [
        client.open(
            quote(request.path, safe="/?=&"),
            method=request.method,
            headers=request.headers,
            data=request.body or None,
            content_type="application/json" if request.body else None,
        )
        for request in requests
    ]


def picked(told, *names):
    return {name: told[name] for name in names}


def written(town):
    """What stands in the tables of each order: its state and move, who came, the step and the event."""
    with town.pool.connection() as connection:
        return connection.execute(
            """
            SELECT o.state, o.version, o.conclude_by IS NOT NULL AS due, e.online, e.flags, e.offline_reason,
                   e.searched_reason, e.latitude, e.longitude, e.accuracy,
                   (SELECT count(*) FROM entry_inspector p WHERE p.entry_id = e.entry_id) AS people,
                   ARRAY(SELECT action || ' ' || s.version FROM step s WHERE s.order_id = o.order_id) AS steps,
                   ARRAY(SELECT type || ' ' || x.version FROM outbox x WHERE x.aggregateid = o.order_id::text) AS told
            FROM orders o JOIN entry e USING (order_id) ORDER BY o.order_id
            """
        ).fetchall()


def test_a_scan_writes_what_the_bare_one_writes(town, ground, baseline):
    mine = entries.ours(ground, FEW)
    assert [answer.status_code for answer in asked(town.app, entries.earlier(mine))] == [200] * FEW
    assert [answer.status_code for answer in asked(town.app, mine)] == [201] * FEW
    ours = written(town)
    assert [answer.status_code for answer in asked(baseline, entries.bare(ground, FEW))] == [201] * FEW
    both = written(town)
    assert (len(ours), both) == (FEW, ours * 2)
    assert (ours[0]["state"], ours[0]["people"]) == ("entered", 2)
    with town.pool.connection() as connection:
        kept = connection.execute("SELECT count(*) AS kept FROM idempotency WHERE status = 201").fetchone()
    assert kept == {"kept": 2 * FEW}


def test_a_check_reads_what_the_bare_one_reads(town, ground, baseline):
    visits = ground.visits(FEW)
    mine = asked(town.app, verify.ours(ground, visits, 2 * FEW))
    theirs = asked(baseline, verify.bare(visits, 2 * FEW))
    assert [answer.status_code for answer in (*mine, *theirs)] == [200] * (4 * FEW)
    for one, (order, visits, total) in zip(mine, (answer.json for answer in theirs), strict=True):
        assert (one.json["valid"], one.json["visits_this_year"]["visits"]) == (True, total)
        assert picked(one.json["order"], *TOLD) == picked(order, *TOLD)
        by_agency = one.json["visits_this_year"]["by_agency"]
        assert [picked(line, *COUNTED) for line in by_agency] == [picked(line, *COUNTED) for line in visits]
