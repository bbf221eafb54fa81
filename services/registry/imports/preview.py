"""What a file looks like before it is imported: its header, what each column is taken for, its first rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from services.chassis.spreadsheets import Table
from services.chassis.spreadsheets.header import Plan, find_header, missing
from services.registry.imports.kind import Kind

_ROWS = 5
_CELL = 60


@dataclass(frozen=True, kw_only=True)
class Field:
    """`title` is the header that offices usually give it."""

    name: str
    title: str
    required: bool


@dataclass(frozen=True, kw_only=True)
class Preview:
    """`columns` stand in the order of the file; `missing` are required fields that no column is taken for."""

    kind: str
    columns: list[dict[str, str | None]]
    missing: list[str]
    fields: list[Field]
    rows: list[list[str]]


def likeliest(kinds: Iterable[Kind], table: Table) -> Kind:
    """The kind that lacks the least of what it requires, and of those the one that knows most columns."""

    def fit(kind: Kind) -> tuple[int, int]:
        plan = find_header(kind, table, {})
        return -len(missing(kind, plan)), len(plan.columns)

    return max(kinds, key=fit)


def preview(kind: Kind, table: Table, mapping: Mapping[str, str]) -> Preview:
    """Raises Unreadable, and Invalid when the mapping names fields that are none."""
    plan = find_header(kind, table, mapping)
    titled = zip(plan.header, plan.fields, strict=True)
    return Preview(
        kind=kind.name,
        columns=[{"title": title, "field": field} for title, field in titled],
        missing=missing(kind, plan),
        fields=[
            Field(name=name, title=kind.titles[name][0], required=column.required)
            for name, column in kind.read.items()
        ],
        rows=_first_rows(table, plan),
    )


def _first_rows(table: Table, plan: Plan) -> list[list[str]]:
    width = len(plan.header)
    return [
        [cell[:_CELL] for cell in record.cells[:width]] for record in islice(table.records(plan.mark), _ROWS)
    ]
