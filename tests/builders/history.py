"""Years of orders, straight into the tables: as skewed as a city is, and fast enough for a test."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from services.inspection.orders.model import State

C = Connection[Any]
AREA, SECTION = "510107", "C3411"
LARGE = (
    "orders",
    "order_item",
    "order_inspector",
    "order_agency",
    "best_graded_order",
    "best_graded_place",
    "enterprise",
    "premises",
)
# Made up from a number, so that orders, items and people can be joined without being drawn again.
_ID = "('00000000-0000-7000-{kind}-' || lpad(to_hex({number}), 12, '0'))::uuid"


def _id(kind: str, number: str) -> str:
    return _ID.format(kind=kind, number=number)


@dataclass(frozen=True)
class Scale:
    """`orders` over five years until `until`, at as many enterprises; the n-th is visited in proportion to
    (n + 10)^-0.6, by 60 agencies with an item and ten inspectors each. The newest fiftieth is still open."""

    orders: int
    until: str = "2026-06-01"

    @property
    def enterprises(self) -> int:
        return max(1000, self.orders // 2)


def enterprise(number: int = 1) -> UUID:
    return UUID(f"00000000-0000-7000-8000-{number:012x}")


def premises(number: int = 1) -> UUID:
    return UUID(f"00000000-0000-7000-8001-{number:012x}")


def agency(number: int) -> UUID:
    return UUID(f"00000000-0000-7000-8002-{number:012x}")


def item(number: int) -> UUID:
    return UUID(f"00000000-0000-7000-8003-{number:012x}")


def inspector(number: int, of: int) -> UUID:
    return UUID(f"00000000-0000-7000-8004-{of * 10 + number:012x}")


def fill(admin: C, scale: Scale) -> None:
    """Triggers and foreign keys are left out while it is loaded, which only an administrator may; what they keep is
    put in by hand. Indexes are built when all is there."""
    admin.execute("SET LOCAL search_path = inspection")
    admin.execute("SET LOCAL session_replication_role = replica")
    values = {
        "orders": scale.orders,
        "enterprises": scale.enterprises,
        "until": scale.until,
        "area": AREA,
        "industry": SECTION,
        "closed": State.CLOSED,
        "issued": State.ISSUED,
    }
    with _without_indexes(admin):
        for statement in (*_REGISTERED, _ORDERS, *_CONTENT):
            admin.execute(statement, values)
    for table in LARGE:
        admin.execute(SQL("ANALYZE {}").format(Identifier(table)))


@contextmanager
def _without_indexes(admin: C) -> Generator[None]:
    """Primary keys stay: rows come in their order."""
    admin.execute("SET LOCAL maintenance_work_mem = '512MB'")
    rows = admin.execute(_INDEXES, {"large": list(LARGE)}).fetchall()
    for row in rows:
        admin.execute(SQL("DROP INDEX {}").format(Identifier(row["name"])))
    yield
    for row in rows:
        admin.execute(row["definition"].encode())


_INDEXES = """
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i WHERE i.indrelid = ANY (%(large)s::regclass[])
AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
_REGISTERED = (
    f"INSERT INTO agency SELECT {_id('8002', 'n')}, 1, '机关' || n, 'county', 'd' || n, %(area)s, NULL, '{{}}', true "
    "FROM generate_series(0, 59) AS n",
    f"INSERT INTO item SELECT {_id('8003', 'n')}, 1, 'I-' || n, '事项' || n, 'd' || n, '{{county}}', '', true, "
    "'2020-01-01', NULL, 400, 30, 1 FROM generate_series(0, 59) AS n",
    f"INSERT INTO inspector SELECT {_id('8004', 'n')}, 1, {_id('8002', 'n / 10')}, '人员' || n, n::text, 'inspector', "
    "ARRAY['d' || n / 10], '2020-01-01', '2030-01-01', true FROM generate_series(0, 599) AS n",
    f"INSERT INTO enterprise SELECT {_id('8000', 'n')}, 1, n::text, '企业' || n, %(industry)s, %(area)s, "
    "CASE WHEN n %% 3 = 1 THEN 'A' END, true FROM generate_series(1, %(enterprises)s) AS n",
    f"INSERT INTO premises SELECT {_id('8001', 'n')}, {_id('8000', 'n')}, '厂', '', %(area)s, '', n::text, true "
    "FROM generate_series(1, %(enterprises)s) AS n",
)
# The inverse of the cumulated weights turns an even number into a rank. Hashes of the order's number take the place of
# random numbers, so that every run has the same history.
_ORDERS = f"""
INSERT INTO orders (order_id, version, state, agency_id, enterprise_id, premises_id, trigger, on_site_reason, starts_on,
                    ends_on, drafted_by, drafted_at, entered_at, concluded_at, result, policy)
SELECT {_id("9000", "n")}, 6, CASE WHEN recent THEN %(issued)s ELSE %(closed)s END, {_id("8002", "who")},
       {_id("8000", "rank")}, {_id("8001", "rank")},
       (ARRAY['routine', 'random', 'complaint', 'assigned', 'campaign'])[1 + n %% 5], '', day, day + 5,
       {_id("8004", "who * 10")}, day, CASE WHEN NOT recent THEN day + interval '2 hours' END,
       CASE WHEN NOT recent THEN day + interval '5 hours' END,
       CASE WHEN NOT recent THEN (ARRAY['no_problem', 'no_problem', 'reminder', 'order_rectification'])[1 + n %% 4] END,
       'history'
FROM generate_series(1, %(orders)s) AS n
CROSS JOIN LATERAL (
    SELECT hashint8extended(n, 1) & 2147483647 AS one, hashint8extended(n, 2) & 2147483647 AS two,
           hashint8extended(n, 3) & 2147483647 AS three) AS hashed
CROSS JOIN LATERAL (
    SELECT LEAST(%(enterprises)s, 1 + floor(power(power(10.0::float8, 0.4) + one / 2147483648.0::float8
               * (power(%(enterprises)s + 10.0::float8, 0.4) - power(10.0::float8, 0.4)), 2.5) - 10))::int AS rank,
           (two %% 60)::int AS who, (three %% 1825)::int AS age) AS drawn
CROSS JOIN LATERAL (SELECT %(until)s::date - age AS day, age < 36 AND n %% 2 = 0 AS recent) AS placed
"""
_CONTENT = (
    f"INSERT INTO order_item SELECT order_id, {_id('8003', 'who')}, agency_id, enterprise_id, premises_id, 'd' || who, "
    "starts_on, ends_on, 1 FROM (SELECT *, ('x' || right(agency_id::text, 12))::bit(48)::bigint AS who FROM orders) AS o",
    f"INSERT INTO order_inspector SELECT order_id, {_id('8004', 'who * 10 + (hashed + pair * 5) %% 10')}, agency_id, "
    "enterprise_id, starts_on FROM (SELECT *, ('x' || right(agency_id::text, 12))::bit(48)::bigint AS who, "
    "uuid_hash(order_id) & 7 AS hashed FROM orders) AS o CROSS JOIN generate_series(0, 1) AS pair",
    "INSERT INTO order_agency SELECT order_id, agency_id, true FROM orders",
    "INSERT INTO best_graded SELECT left(industry, 1), area_code, count(*) FROM enterprise WHERE grade = 'A' GROUP BY 1, 2",
    "INSERT INTO best_graded_order SELECT o.order_id, left(e.industry, 1), extract(year FROM o.starts_on), e.area_code, "
    "o.enterprise_id FROM orders o JOIN enterprise e ON e.enterprise_id = o.enterprise_id AND e.grade = 'A' "
    "WHERE o.trigger IN ('routine', 'random', 'campaign')",
    "INSERT INTO best_graded_place SELECT DISTINCT section, year, enterprise_id, area_code FROM best_graded_order",
    "INSERT INTO best_graded_inspected SELECT section, year, area_code, count(*) FROM best_graded_place GROUP BY 1, 2, 3",
)
