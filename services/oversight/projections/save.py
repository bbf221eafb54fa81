"""Writes what a batch changed: rows, and the sums over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import orjson
from psycopg import Connection

from services.oversight.projections.duplicate import Duplicate
from services.oversight.projections.duplicate_verdict import Verdict
from services.oversight.projections.enterprise import Enterprise
from services.oversight.projections.order_fact import OrderFact
from services.oversight.projections.override import Override
from services.oversight.projections.picture import Picture
from services.oversight.projections.refusal import Refusal
from services.oversight.projections.tally import MEASURES, DayKey, Tally

K = TypeVar("K")
R = TypeVar("R")


def save(connection: Connection[Any], before: Picture, after: Picture) -> None:
    if facts := _changed(before.facts, after.facts):
        _upsert_facts(connection, facts)
    if duplicates := _changed(before.duplicates, after.duplicates):
        _upsert_duplicates(connection, duplicates)
    if overrides := _changed(before.overrides, after.overrides):
        _insert_overrides(connection, overrides)
    if verdicts := _changed(before.verdicts, after.verdicts):
        _insert_verdicts(connection, verdicts)
    if refusals := _changed(before.refusals, after.refusals):
        _insert_refusals(connection, refusals)
    if enterprises := _changed(before.enterprises, after.enterprises):
        _upsert_enterprises(connection, enterprises)
    _add(connection, after.tally().since(before.tally()))


def _changed(before: Mapping[K, R], after: Mapping[K, R]) -> list[R]:
    return [row for key, row in after.items() if before.get(key) is not row]


def _add(connection: Connection[Any], tally: Tally) -> None:
    if tally.daily:
        _add_daily(connection, _daily_rows(tally))
        _drop_empty_days(connection, sorted({key.day for key, _ in tally.daily}))
    if tally.states:
        rows = [{**key._asdict(), "orders": count} for key, count in sorted(tally.states.items())]
        _add_states(connection, rows)
        _drop_empty_states(connection)


def _daily_rows(tally: Tally) -> list[dict[str, Any]]:
    sums: dict[DayKey, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0))
    for (key, measure), count in tally.daily.items():
        sums[key][measure] = count
    return [{**key._asdict(), **measures} for key, measures in sums.items()]


def json(rows: Sequence[object]) -> str:
    return orjson.dumps(rows).decode()


def _upsert_facts(connection: Connection[Any], facts: Sequence[OrderFact]) -> None:
    connection.execute(
        """
        INSERT INTO order_fact
        SELECT * FROM jsonb_populate_recordset(NULL::order_fact, %(rows)s::jsonb)
        ON CONFLICT (order_id) DO UPDATE
        SET version = excluded.version, premises_id = excluded.premises_id, agency_id = excluded.agency_id,
            agencies = excluded.agencies, trigger = excluded.trigger, state = excluded.state,
            starts_on = excluded.starts_on, ends_on = excluded.ends_on, entered_at = excluded.entered_at,
            online = excluded.online, flags = excluded.flags, left_at = excluded.left_at,
            concluded_at = excluded.concluded_at, result = excluded.result, day = excluded.day,
            absorbed_into = excluded.absorbed_into, duplicates = excluded.duplicates,
            overrides = excluded.overrides, items = excluded.items, inspectors = excluded.inspectors
        """,
        {"rows": json(facts)},
    )


def _upsert_duplicates(connection: Connection[Any], duplicates: Sequence[Duplicate]) -> None:
    connection.execute(
        """
        INSERT INTO duplicate
        SELECT * FROM jsonb_populate_recordset(NULL::duplicate, %(rows)s::jsonb)
        ON CONFLICT (order_id, other_id, rule) DO UPDATE
        SET state = excluded.state, overridden_by = excluded.overridden_by, reason = excluded.reason
        """,
        {"rows": json(duplicates)},
    )


def _insert_overrides(connection: Connection[Any], overrides: Sequence[Override]) -> None:
    connection.execute(
        "INSERT INTO override SELECT * FROM jsonb_populate_recordset(NULL::override, %(rows)s::jsonb)",
        {"rows": json(overrides)},
    )


def _insert_verdicts(connection: Connection[Any], verdicts: Sequence[Verdict]) -> None:
    connection.execute(
        "INSERT INTO verdict SELECT * FROM jsonb_populate_recordset(NULL::verdict, %(rows)s::jsonb)",
        {"rows": json(verdicts)},
    )


def _insert_refusals(connection: Connection[Any], refusals: Sequence[Refusal]) -> None:
    connection.execute(
        "INSERT INTO refusal SELECT * FROM jsonb_populate_recordset(NULL::refusal, %(rows)s::jsonb)",
        {"rows": json(refusals)},
    )


def _upsert_enterprises(connection: Connection[Any], enterprises: Sequence[Enterprise]) -> None:
    connection.execute(
        """
        INSERT INTO enterprise
        SELECT * FROM jsonb_populate_recordset(NULL::enterprise, %(rows)s::jsonb)
        ON CONFLICT (enterprise_id) DO UPDATE
        SET version = excluded.version, name = excluded.name, uscc = excluded.uscc,
            industry = excluded.industry, area_code = excluded.area_code
        """,
        {"rows": json(enterprises)},
    )


def _add_daily(connection: Connection[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    connection.execute(
        """
        INSERT INTO daily
        SELECT * FROM jsonb_populate_recordset(NULL::daily, %(rows)s::jsonb)
        ON CONFLICT (day, agency_id, industry, area_code) DO UPDATE
        SET inspections = daily.inspections + excluded.inspections, entered = daily.entered + excluded.entered,
            late = daily.late + excluded.late, flagged = daily.flagged + excluded.flagged,
            unscanned = daily.unscanned + excluded.unscanned, joint = daily.joint + excluded.joint,
            concluded = daily.concluded + excluded.concluded,
            with_finding = daily.with_finding + excluded.with_finding,
            refused = daily.refused + excluded.refused, duplicates = daily.duplicates + excluded.duplicates,
            joined = daily.joined + excluded.joined, overridden = daily.overridden + excluded.overridden
        """,
        {"rows": json(rows)},
    )


def _drop_empty_days(connection: Connection[Any], days: Sequence[Any]) -> None:
    """An enterprise that moved leaves sums of nothing behind. All other measures are parts of these three."""
    connection.execute(
        "DELETE FROM daily WHERE day = ANY(%(days)s) AND inspections = 0 AND refused = 0 AND duplicates = 0",
        {"days": days},
    )


def _add_states(connection: Connection[Any], rows: Sequence[Mapping[str, Any]]) -> None:
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
