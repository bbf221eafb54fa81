"""Spreadsheets (xlsx, xls, ods) by python-calamine. A sheet is read whole, hence the limits."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from services.chassis.errors import Text
from services.chassis.spreadsheets.record import Mark, Record, Unreadable

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024
_AS_CSV = Text(
    "请另存为“CSV UTF-8（逗号分隔）”后导入，大小不限。",
    "Save it as “CSV UTF-8 (comma delimited)” and import that: any size will do.",
)


def is_sheet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8).startswith((_ZIP, _COMPOUND))


class SheetFile:
    """The first sheet that holds anything."""

    def __init__(self, path: Path, unpacked: int | None = None) -> None:
        _refuse_bombs(path, unpacked or LARGEST_UNPACKED)
        try:
            workbook = CalamineWorkbook.from_path(str(path))
            sheets = (workbook.get_sheet_by_name(name) for name in workbook.sheet_names)
            self._sheet: CalamineSheet | None = next((sheet for sheet in sheets if sheet.height), None)
        except PasswordError:
            raise _encrypted() from None
        except CalamineError as error:
            if _is_encrypted(path):
                raise _encrypted() from None
            raise _broken(error) from None
        if self._sheet is None:
            raise Unreadable(Text("表格是空的", "the spreadsheet is empty"))
        self._first = (self._sheet.start or (0, 0))[0]
        self.extent = self._first + self._sheet.height

    def records(self, after: Mark) -> Iterator[Record]:
        assert self._sheet is not None
        for number, row in enumerate(self._sheet.iter_rows(), self._first + 1):
            cells = [_text(cell) for cell in row] if number > after.position else []
            if any(cells):
                yield Record(number, cells, Mark(number, number))


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


def _refuse_bombs(path: Path, unpacked: int) -> None:
    if path.stat().st_size > LARGEST_FILE:
        raise Unreadable(Text("表格文件超过 64 MB", "the spreadsheet is larger than 64 MB"), remedy=_AS_CSV)
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > unpacked:
            most = unpacked // (1024 * 1024)
            raise Unreadable(
                Text(f"表格解压后超过 {most} MB", f"the spreadsheet is larger than {most} MB when unpacked"),
                remedy=_AS_CSV,
            )


def _is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(1 << 20)
    return head.startswith(_COMPOUND) and "EncryptedPackage".encode("utf-16-le") in head


def _encrypted() -> Unreadable:
    return Unreadable(
        Text("表格设有密码", "the spreadsheet is protected by a password"),
        remedy=Text("请去掉密码后另存，再导入。", "Save it without the password and import that."),
    )


def _broken(error: CalamineError) -> Unreadable:
    return Unreadable(
        Text(f"表格已损坏：{error}", f"the spreadsheet is broken: {error}"),
        remedy=Text("请用表格软件打开并重新保存。", "Open it in a spreadsheet program and save it again."),
    )
