"""The first sheet of a spreadsheet that holds anything, from standard input to standard output: a JSON line
`[number, cells]` for each row that is not empty, numbers counted from 1.

A program of its own, since the reader keeps a sheet as a rectangle of cells: one cell in the last corner of a file of
5 KB wants 400 GB, and where memory ends the process ends. It knows nothing of ours: not its modules, not its secrets.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

LARGEST_MEMORY = 3 * 1024**3
LONGEST_SECONDS = 600  # of computing
BROKEN, ENCRYPTED = 3, 4  # told by the exit code


def main() -> int:
    for limit, most in (
        (resource.RLIMIT_AS, LARGEST_MEMORY),
        (resource.RLIMIT_CPU, LONGEST_SECONDS),
        (resource.RLIMIT_CORE, 0),  # or what an office sent would lie about
    ):
        resource.setrlimit(limit, (most, most))
    try:
        _write_rows(CalamineWorkbook.from_filelike(sys.stdin.buffer))
    except PasswordError:
        return ENCRYPTED
    except CalamineError as error:
        sys.stderr.write(str(error))
        return BROKEN
    return 0


def _write_rows(workbook: CalamineWorkbook) -> None:
    sheets = (workbook.get_sheet_by_name(name) for name in workbook.sheet_names)
    sheet = next((sheet for sheet in sheets if sheet.height), None)
    if sheet is None:
        return
    first = (sheet.start or (0, 0))[0]
    for number, row in enumerate(sheet.iter_rows(), first + 1):
        cells = [_text(cell) for cell in row]
        if any(cells):
            sys.stdout.buffer.write(json.dumps([number, cells]).encode() + b"\n")


def _text(cell: Any) -> str:
    """As a person reads it. A code that became a number shows as 9.13213E+17: its last digits are gone."""
    match cell:
        case str():
            return cell
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case float():
            return f"{cell:.5E}" if abs(cell) >= 1e15 else repr(cell)
        case int():
            return str(cell) if abs(cell) < 10**15 else f"{cell:.5E}"
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


if __name__ == "__main__":
    sys.exit(main())
