"""Adds to the sums what a batch changed of the rows beneath them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from psycopg import Connection

from services.oversight.projections.rows import json
from services.oversight.projections.tally import CELL_MEASURES, MEASURES, DayKey, Tally

Row = Mapping[str, Any]
_SUMS: LiteralString = ", ".join(f"{name} = daily.{name} + excluded.{name}" for name in MEASURES)


def add(connection: Connection[Any], tally: Tally) -> None:
    if tally.daily:
        _add_daily(connection, _daily_rows(tally))
        _drop_empty_days(connection, sorted({key.day for key, _ in tally.daily}))
    if tally.states:
        rows = [{**key._asdict(), "orders": count} for key, count in sorted(tally.states.items())]
        _add_states(connection, rows)
        _drop_empty_states(connection)
    if tally.cells:
        _add_cells(connection, _cell_rows(tally))
        _drop_empty_cells(connection)
    if tally.years:
        _add_years(connection, [{**key._asdict(), "visits": count} for key, count in tally.years.items()])
        if any(count < 0 for count in tally.years.values()):
            _drop_empty_years(connection)


def _daily_rows(tally: Tally) -> list[Row]:
    sums: dict[DayKey, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0))
    for (key, measure), count in tally.daily.items():
        sums[key][measure] = count
    return [{**key._asdict(), **measures} for key, measures in sums.items()]


def _cell_rows(tally: Tally) -> list[Row]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(CELL_MEASURES, 0))
    for (cell, measure), count in tally.cells.items():
        sums[cell][measure] = count
    return [{"cell": cell, **measures} for cell, measures in sums.items()]


def _add_daily(connection: Connection[Any], rows: Sequence[Row]) -> None:
    connection.execute(
        f"""
        INSERT INTO daily
        SELECT * FROM jsonb_populate_recordset(NULL::daily, %(rows)s::jsonb)
        ON CONFLICT (day, agency_id, industry, area_code, cell) DO UPDATE SET {_SUMS}
        """,
        {"rows": json(rows)},
    )


def _drop_empty_days(connection: Connection[Any], days: Sequence[Any]) -> None:
    """An enterprise that moved leaves sums of nothing behind. All other measures are parts of these four."""
    connection.execute(
        """
        DELETE FROM daily
        WHERE day = ANY(%(days)s) AND inspections = 0 AND refused = 0 AND visit_refused = 0 AND duplicates = 0
        """,
        {"days": days},
    )


def _add_states(connection: Connection[Any], rows: Sequence[Row]) -> None:
    connection.execute(
        """
        INSERT INTO order_tally
        SELECT * FROM jsonb_populate_recordset(NULL::order_tally, %(rows)s::jsonb)
        ON CONFLICT (agency_id, state) DO UPDATE SET orders = order_tally.orders + excluded.orders
        """,
        {"rows": json(rows)},
    )


def _drop_empty_states(connection: Connection[Any]) -> None:
    connection.execute("DELETE FROM order_tally WHERE orders = 0")


def _add_cells(connection: Connection[Any], rows: Sequence[Row]) -> None:
    connection.execute(
        """
        INSERT INTO cell_tally
        SELECT * FROM jsonb_populate_recordset(NULL::cell_tally, %(rows)s::jsonb)
        ON CONFLICT (cell) DO UPDATE
        SET premises = cell_tally.premises + excluded.premises,
            enterprises = cell_tally.enterprises + excluded.enterprises,
            located = cell_tally.located + excluded.located,
            latitude = cell_tally.latitude + excluded.latitude,
            longitude = cell_tally.longitude + excluded.longitude
        """,
        {"rows": json(rows)},
    )


def _drop_empty_cells(connection: Connection[Any]) -> None:
    connection.execute("DELETE FROM cell_tally WHERE premises = 0")


def _add_years(connection: Connection[Any], rows: Sequence[Row]) -> None:
    connection.execute(
        """
        INSERT INTO year_visits
        SELECT * FROM jsonb_populate_recordset(NULL::year_visits, %(rows)s::jsonb)
        ON CONFLICT (year, enterprise_id, agency_id, item_id) DO UPDATE
        SET visits = year_visits.visits + excluded.visits
        """,
        {"rows": json(rows)},
    )


def _drop_empty_years(connection: Connection[Any]) -> None:
    connection.execute("DELETE FROM year_visits WHERE visits = 0")
