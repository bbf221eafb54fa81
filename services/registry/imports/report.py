"""The faults of an import as a CSV that Excel opens: byte order mark, Chinese first, no live formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from services.chassis.errors import Text
from services.registry.imports.reasons import REASONS
from services.registry.imports.rows import Fault

PAGE = 5_000
_HEADER = ("行", "列", "值", "原因", "Reason", "代码")
Faults = Callable[[Fault | None, int], Sequence[Fault]]


def lines(faults: Faults) -> Iterator[str]:
    """`faults(after, limit)` gives the next ones: a long report is never held whole."""
    yield "\ufeff" + _csv([_HEADER])
    last: Fault | None = None
    while page := faults(last, PAGE):
        yield _csv([_row(fault) for fault in page])
        last = page[-1]


def _row(fault: Fault) -> tuple[str, ...]:
    why = reason_of(fault)
    return (
        str(fault.line),
        harmless(fault.title or "（整行）"),
        harmless(fault.value),
        why.zh,
        why.en,
        fault.reason,
    )


def reason_of(fault: Fault) -> Text:
    """In words, with the line of the row it repeats."""
    reason = REASONS[fault.reason]
    if not fault.other_line:
        return reason
    return Text(f"{reason.zh}（第 {fault.other_line} 行）", f"{reason.en} (line {fault.other_line})")


def harmless(text: str) -> str:
    """A spreadsheet would run a cell that begins like a formula: the apostrophe makes it text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


def _csv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
