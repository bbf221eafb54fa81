"""Writes the rows that a batch changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from psycopg import Connection

from services.oversight.projections.duplicate import Duplicate
from services.oversight.projections.duplicate_verdict import Verdict
from services.oversight.projections.enterprise import Enterprise
from services.oversight.projections.order_fact import OrderFact
from services.oversight.projections.override import Override
from services.oversight.projections.picture import Picture
from services.oversight.projections.premises import Premises
from services.oversight.projections.refusal import Refusal
from services.oversight.projections.rollups import add
from services.oversight.projections.rows import json
from services.oversight.projections.visit_refusal import VisitRefusal

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
    if visit_refusals := _changed(before.visit_refusals, after.visit_refusals):
        _insert_visit_refusals(connection, visit_refusals)
    if enterprises := _changed(before.enterprises, after.enterprises):
        _upsert_enterprises(connection, enterprises)
    if premises := _changed(before.premises, after.premises):
        _upsert_premises(connection, premises)
    add(connection, after.tally().since(before.tally()))


def _changed(before: Mapping[K, R], after: Mapping[K, R]) -> list[R]:
    return [row for key, row in after.items() if before.get(key) is not row]


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
            overrides = excluded.overrides, items = excluded.items, inspectors = excluded.inspectors,
            state_since = excluded.state_since, ratification = excluded.ratification,
            ratify_by = excluded.ratify_by, ratified_at = excluded.ratified_at,
            conclude_by = excluded.conclude_by, rectification_due_on = excluded.rectification_due_on,
            deadlines = excluded.deadlines, entered_by = excluded.entered_by,
            counted_for = excluded.counted_for
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


def _insert_visit_refusals(connection: Connection[Any], refusals: Sequence[VisitRefusal]) -> None:
    connection.execute(
        "INSERT INTO visit_refusal SELECT * FROM jsonb_populate_recordset(NULL::visit_refusal, %(rows)s::jsonb)",
        {"rows": json(refusals)},
    )


def _upsert_premises(connection: Connection[Any], premises: Sequence[Premises]) -> None:
    connection.execute(
        """
        INSERT INTO premises
        SELECT * FROM jsonb_populate_recordset(NULL::premises, %(rows)s::jsonb)
        ON CONFLICT (premises_id) DO UPDATE
        SET version = excluded.version, enterprise_id = excluded.enterprise_id, cell = excluded.cell,
            active = excluded.active, latitude = excluded.latitude, longitude = excluded.longitude
        """,
        {"rows": json(premises)},
    )
