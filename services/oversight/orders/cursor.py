"""Where a page ends. It names the place itself, so that a line that counts no longer does not end the list."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.errors import Invalid
from services.oversight.orders.store import Line


def cursor_of(last: Line, measure: str | None) -> str:
    return f"{last.day}.{last.line_id}" if measure else last.line_id


def position_of(after: str | None, measure: str | None) -> dict[str, Any]:
    """Raises Invalid for what `cursor_of` never gave."""
    if after is None:
        return {"after_day": None, "after_id": None}
    try:
        if measure is None:
            return {"after_day": None, "after_id": str(UUID(after))}
        day, _, line_id = after.partition(".")
        return {"after_day": date.fromisoformat(day), "after_id": line_id}
    except ValueError:
        wrong = "应为上一页 next 给出的值 · must be what `next` of the page before gave"
        raise Invalid({"/query/after": wrong}) from None
