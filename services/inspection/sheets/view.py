"""A sheet as it is answered."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from services.inspection.gate.errors import shown
from services.inspection.sheets.columns import REQUIRED, TITLES
from services.inspection.sheets.commands import Taken
from services.inspection.sheets.model import Row, Wish
from services.inspection.sheets.read import Sheet


def answer(taken: Taken, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "file": _file(taken.sheet),
        "good": sum(row.good for row in taken.rows),
        "rows": [_row(row) for row in taken.rows],
    }


def _file(sheet: Sheet) -> dict[str, Any]:
    titled = zip(sheet.plan.header, sheet.plan.fields, strict=True)
    return {
        "columns": [{"title": title, "field": field} for title, field in titled],
        "fields": [
            {"name": name, "title": titles[0], "required": name in REQUIRED}
            for name, titles in TITLES.items()
        ],
        "missing": sheet.missing,
        "rows": sheet.shown,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "line": row.line,
        "wish": row.wish and _wish(row.wish),
        "order_id": row.order_id,
        "findings": shown(row.findings),
        "faults": row.faults,
    }


def _wish(wish: Wish) -> dict[str, Any]:
    return asdict(wish) | {"items": list(wish.items.values()), "inspectors": list(wish.inspectors.values())}
