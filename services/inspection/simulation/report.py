"""What a simulation found, as a table and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from services.inspection.simulation.model import Outcomes

Row = Mapping[str, str | int]
_HEADERS = {
    "agency": "机关 agency",
    "rule": "规则 rule",
    "outcome": "结果 outcome",
    "then": "当时 then",
    "given": "推演 given",
    "difference": "差 difference",
}
_TALLIES = {
    "blocked": "阻断 blocked",
    "justified": "需说明 justified",
    "joined": "应联合 joined",
    "free": "直接通过 free",
}


def figures(outcomes: Outcomes) -> dict[str, Any]:
    return {
        "orders": outcomes.orders,
        "outside": outcomes.outside,
        "then": asdict(outcomes.then),
        "given": asdict(outcomes.given),
        "rows": outcomes.table(),
    }


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """CSV that spreadsheets open as UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_HEADERS.values())
    writer.writerows([_safe(row[name]) for name in _HEADERS] for row in rows)
    yield "\ufeff"
    yield buffer.getvalue()


def _safe(value: str | int) -> str | int:
    """A spreadsheet must not take a name for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def table(outcomes: Outcomes) -> Iterator[str]:
    yield (
        f"{outcomes.orders} 张检查单 orders，{outcomes.outside} 张不在适用区划 outside the profile's areas"
    )
    then, given = asdict(outcomes.then), asdict(outcomes.given)
    for name, title in _TALLIES.items():
        yield f"{title:<18}{then[name]:>8} → {given[name]:>8}  ({given[name] - then[name]:+})"
    for row in outcomes.table():
        yield (
            f"{row['rule']:<4}{row['outcome']:<8}{row['then']:>8} → {row['given']:>8}  "
            f"({int(row['difference']):+})  {row['agency']}"
        )
