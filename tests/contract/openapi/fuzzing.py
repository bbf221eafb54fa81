"""Generated requests against one application, with ids of what is really there mixed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.schemas import APIOperation

from services.chassis.ids import new_id

EXAMPLES, FEW = 12, 4
ENDLESS = ("/stream",)
Known = Mapping[str, Sequence[str]]


def operations(app: Flask) -> list[APIOperation]:
    document = app.test_client().get(f"/api/{app.name}/docs/openapi.json").json
    schema = schemathesis.openapi.from_dict(document)
    schema.app = app
    found = [result.ok() for result in schema.get_all_operations()]
    return [operation for operation in found if not operation.path.endswith(ENDLESS)]


def fuzz(
    app: Flask, operation: APIOperation, headers: Mapping[str, str], known: Known, examples: int = EXAMPLES
) -> list[int]:
    """The statuses it answered with. Fails on a 5xx, showing the smallest request that brings one."""
    statuses: list[int] = []
    cases = st.one_of(operation.as_strategy(mode) for mode in GenerationMode)

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases, st.randoms())
    def ask(case, chance):
        case.path_parameters = _acquainted(case.path_parameters, known, chance)
        case.query = _acquainted(case.query, known, chance)
        case.body = _acquainted(case.body, known, chance)
        answer = case.call(app=app, headers={**headers, "Idempotency-Key": str(new_id())})
        statuses.append(answer.status_code)
        assert answer.status_code < 500, f"{operation.label}: {answer.status_code} {answer.text[:500]}"

    ask()
    return statuses


def _acquainted(part: Any, known: Known, chance: Any) -> Any:
    """Two times in three an id is one of something that is there."""
    if not isinstance(part, dict):
        return part
    return {
        name: chance.choice(known[name]) if name in known and chance.random() < 2 / 3 else value
        for name, value in part.items()
    }


def ids_in(connection: Any) -> dict[str, list[str]]:
    """The ids that the tables of a service hold, by the name of their column."""
    columns = connection.execute(
        """
        SELECT column_name, min(table_name) AS table_name FROM information_schema.columns
        JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
          AND data_type = 'uuid' AND column_name LIKE '%\\_id'
        GROUP BY column_name, table_name
        """
    ).fetchall()
    known: dict[str, list[str]] = {}
    for row in columns:
        found = connection.execute(
            f'SELECT DISTINCT "{row["column_name"]}" AS id FROM "{row["table_name"]}" LIMIT 5'
        ).fetchall()
        known.setdefault(row["column_name"], []).extend(str(one["id"]) for one in found if one["id"])
    return {name: ids for name, ids in known.items() if ids}
