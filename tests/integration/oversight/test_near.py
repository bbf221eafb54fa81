"""The rates of pairs are kept up as orders change, and equal a recount of the pairs."""

from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import psycopg
import pytest
from psycopg.rows import dict_row

from services.oversight.duplicates.desk import store
from services.oversight.duplicates.desk.model import Desk
from services.oversight.projections.projector import project
from tests.builders.city import DAY, deliveries
from tests.builders.year import a_year, interleaved

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def connection(database):
    with psycopg.connect(
        database.url("oversight"), row_factory=dict_row, options="-c timezone=UTC"
    ) as connection:
        yield connection


def a_desk(days, today: date, agency=None, *, sees_all=True, area=None):
    return Desk(today=today, days=days, sees_all=sees_all, asking=agency, agency_id=agency, area=area)


def desks(agencies):
    for days in (0, 1, 7, 30):
        for today in (DAY, DAY + timedelta(days=20), DAY + timedelta(days=60)):
            yield a_desk(days, today)
            yield a_desk(days, today, area="321311")
            yield from (a_desk(days, today, agency) for agency in agencies)
            yield from (a_desk(days, today, agency, sees_all=False) for agency in agencies)


@pytest.mark.parametrize("seed", range(2))
def test_the_rollup_equals_a_recount(connection, seed):
    random = Random(200 + seed)
    told = deliveries(interleaved(random, a_year(random, enterprises=4, agencies=3, orders=80)))
    while told:
        size = random.choice([1, 20, 100])
        project(connection, told[:size], CHINA)
        told = told[size:]
    agencies = [row["agency_id"] for row in connection.execute("SELECT agency_id FROM agency").fetchall()]
    verdicts = set()
    for desk in desks(agencies):
        rates = store.rates(connection, desk)
        assert rates == store.recounted_rates(connection, desk), desk
        verdicts |= {name for rate in rates for name in ("open", "joined", "ignored") if getattr(rate, name)}
    assert verdicts == {"open", "joined", "ignored"}
    empty = connection.execute("SELECT count(*) AS n FROM near_tally WHERE pairs <= 0").fetchone()
    assert empty == {"n": 0}


def test_beyond_what_the_rollup_reaches_pairs_are_counted(connection):
    random = Random(5)
    project(connection, deliveries(interleaved(random, a_year(random, orders=40))), CHINA)
    desk = a_desk(90, DAY + timedelta(days=40))
    near = a_desk(30, DAY + timedelta(days=40))
    total = {days.days: sum(rate.found for rate in store.rates(connection, days)) for days in (desk, near)}
    assert total[90] > total[30] > 0
