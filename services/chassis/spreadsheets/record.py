"""A row as it stands in the file, and where the next one begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from services.chassis.errors import Text, YichaError


class Unreadable(YichaError):
    """The file as a whole cannot be imported."""

    status = 422
    code = "unreadable_file"
    title = Text("文件无法导入", "This file cannot be imported")
    remedy = Text("请打开文件核对内容后重新提交。", "Open the file, check what it holds, and send it again.")


@dataclass(frozen=True, slots=True)
class Mark:
    """`position`: bytes in a CSV, rows in a sheet. `line`: lines or rows before it, as a person counts."""

    position: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """`line` counts from 1. `broken` is a reason of `reasons.py`: then `cells` holds the text as it stands."""

    line: int
    cells: list[str]
    end: Mark
    broken: str | None = None


def misshapen(record: Record, width: int) -> str | None:
    """Why the row as a whole cannot be read under a header of `width` columns: a reason of `reasons.py`."""
    if record.broken:
        return record.broken
    if len(record.cells) < width:
        return "too_few_columns"
    if any(cell.strip() for cell in record.cells[width:]):
        return "too_many_columns"
    return None


class Table(Protocol):
    @property
    def extent(self) -> int:
        """The position behind the last row."""
        ...

    def records(self, after: Mark) -> Iterator[Record]:
        """In bounded memory for a CSV. Wholly empty rows are left out."""
        ...
