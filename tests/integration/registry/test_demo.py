from __future__ import annotations

import time
from datetime import UTC, date, datetime
from datetime import time as clock_time

import time_machine

import demo
from demo import spreadsheets
from services.chassis.database import open_pool
from services.chassis.identity import Role
from services.inspection.draws.file import differences, read
from services.inspection.draws.store import listed
from services.inspection.draws.view import file_of
from tests.builders.registry import a_principal, a_registry
from tests.builders.settings import settings_for

TODAY, NOON = date(2026, 11, 24), clock_time(4, tzinfo=UTC)
REGISTRAR = a_principal(Role.REGISTRAR)


def loaded(database, folder):
    settings = {name: settings_for(name, database, folder) for name in ("registry", "inspection")}
    passwords = dict.fromkeys(demo.usernames(), "a password of the demo")
    with time_machine.travel(datetime.combine(TODAY, NOON), tick=True):
        return demo.load(settings, passwords, TODAY)


def test_the_city_is_whole_and_loaded_once(database, tmp_path):
    started = time.perf_counter()
    assert loaded(database, tmp_path)
    print(f"the demo city took {time.perf_counter() - started:.1f} s")
    assert not loaded(database, tmp_path)
    with open_pool(database.url("registry"), 1, "test") as pool, pool.connection() as connection:
        row = connection.execute(
            """
            SELECT (SELECT count(*) FROM enterprise) AS enterprises,
                   (SELECT count(DISTINCT grid) FROM premises) AS grids,
                   (SELECT count(*) FROM agency) AS agencies,
                   (SELECT count(*) FROM item) AS items,
                   (SELECT count(*) FROM premises) AS premises
            """
        ).fetchone()
    assert row == {"enterprises": 2000, "grids": 148, "agencies": 12, "items": 29, "premises": 2050}
    with open_pool(database.url("inspection"), 1, "test") as pool, pool.connection() as connection:
        row = connection.execute(
            """
            SELECT count(*) AS orders, count(entered_at) AS entered,
                   count(DISTINCT enterprise_id) AS enterprises, max(starts_on) AS newest FROM orders
            """
        ).fetchone()
    assert row["orders"] > 3000
    assert row["entered"] < row["orders"]
    assert row["enterprises"] < row["orders"] / 2
    assert row["newest"] < TODAY


def test_its_offices_have_planned_their_year(database, tmp_path):
    loaded(database, tmp_path)
    with open_pool(database.url("inspection"), 1, "test") as pool, pool.connection() as connection:
        planned = connection.execute(
            """
            SELECT (SELECT count(*) FROM plan WHERE state = 'published' AND year = 2026) AS plans,
                   (SELECT count(*) FROM plan_item) AS items,
                   (SELECT count(*) FROM campaign WHERE active AND published_on = '2026-11-24') AS campaigns
            """
        ).fetchone()
        (draw,) = listed(connection, agency_id=None, state=None, after=None, limit=5)
        file = read(file_of(connection, draw))
    assert planned == {"plans": 12, "items": 29, "campaigns": 1}
    assert (draw.state, differences(file), len(file.results)) == ("revealed", [], draw.sample)
    assert draw.sample > 10


def test_its_people_log_in(database, tmp_path):
    loaded(database, tmp_path)
    with a_registry(database, tmp_path) as registry:
        body = {"username": "inspector.fire.1", "password": "a password of the demo"}
        account = registry.call("POST", "/sessions", json=body).json["account"]
    assert account["inspector_id"]
    assert account["area_code"] == "321391"


def test_the_sample_spreadsheets_hold_good_rows_and_bad(registry, tmp_path):
    workbook, gb18030, export = spreadsheets.write_samples(tmp_path / "samples")
    done = registry.imported(workbook.read_bytes())
    assert (done["created"], done["rejected"], done["duplicates"]) == (24, 6, 2)
    assert registry.imported(gb18030.read_bytes())["unchanged"] == 24
    assert registry.imported(export.read_bytes())["unchanged"] == 24
