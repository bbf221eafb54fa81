"""From the file to its rows of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from services.chassis.errors import Text, YichaError
from services.chassis.spreadsheets import Record, Table, Unreadable, misshapen
from services.chassis.spreadsheets.header import Plan, find_header, missing
from services.inspection.sheets.columns import NAMED_BY, TITLES, OrderColumns
from services.inspection.sheets.model import MOST_ROWS, Line

_COLUMNS = OrderColumns()
_SHOWN_ROWS, _SHOWN_TEXT = 5, 60
_NUL = "\x00"


class TooManyRows(YichaError):
    """A sheet is judged while its sender waits, hence the limit."""

    status = 422
    code = "too_many_rows"
    title = Text("表格行数过多", "The sheet has too many rows")
    remedy = Text(
        f"每份表格最多 {MOST_ROWS} 行，请拆成几份分别上传；本次没有拟出任何检查单。",
        f"A sheet has {MOST_ROWS} rows at most: split it. Nothing was drafted.",
    )


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`missing` are fields without a column: while there are any, no row is read."""

    plan: Plan
    missing: Sequence[str]
    lines: Sequence[Line]
    shown: Sequence[Sequence[str]]

    def title(self, field: str) -> str:
        """The header of its column, or the usual one where it has none."""
        return self.plan.columns.get(field) or TITLES[field][0]

    def cell(self, line: int, field: str) -> str:
        """What stands there; nothing where the field has no column."""
        return next((one.cells.get(field, "") for one in self.lines if one.number == line), "")


def read(table: Table, mapping: Mapping[str, str]) -> Sheet:
    """Raises Unreadable, Invalid where the mapping names fields that are none, TooManyRows."""
    plan = find_header(_COLUMNS, table, mapping)
    if any(_NUL in title for title in plan.header):
        raise Unreadable(Text("表头含有不可存储的字符", "the header holds a character that cannot be stored"))
    records = list(islice(table.records(plan.mark), MOST_ROWS + 1))
    if len(records) > MOST_ROWS:
        raise TooManyRows(
            Text(f"表格超过 {MOST_ROWS} 行", f"the sheet has more than {MOST_ROWS} rows"), most=MOST_ROWS
        )
    width = len(plan.header)
    lacking = _lacking(plan)
    lines = [_line(one, plan) for one in records]
    return Sheet(
        plan=plan,
        missing=lacking,
        lines=[] if lacking else lines,
        shown=[[_shown(cell) for cell in one.cells[:width]] for one in records[:_SHOWN_ROWS]],
    )


def _line(record: Record, plan: Plan) -> Line:
    """Of one that is broken no cell is read."""
    unstorable = any(_NUL in cell for cell in record.cells)
    broken = misshapen(record, len(plan.header)) or ("forbidden_character" if unstorable else None)
    return Line(record.line, {} if broken else _cells(record.cells, plan), broken)


def _shown(cell: str) -> str:
    return cell.replace(_NUL, "")[:_SHOWN_TEXT]


def _lacking(plan: Plan) -> list[str]:
    unnamed = [] if any(field in plan.columns for field in NAMED_BY) else [NAMED_BY[0]]
    return [*unnamed, *missing(_COLUMNS, plan)]


def _cells(cells: Sequence[str], plan: Plan) -> dict[str, str]:
    return {field: cell.strip() for field, cell in zip(plan.fields, cells, strict=False) if field}
