"""Spreadsheets (xlsx, xls, ods), unpacked by `unpack.py`: it reads a sheet whole, hence the limits."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from codecs import BOM_UTF8
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from weakref import finalize

import msgspec
import structlog

from services.chassis.errors import Text
from services.chassis.files import open_nameless
from services.chassis.spreadsheets import unpack
from services.chassis.spreadsheets.record import Mark, Record, Unreadable

log = structlog.get_logger()

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024
_ROW = msgspec.json.Decoder(tuple[int, list[str]])
_AS_CSV = Text(
    "请另存为“CSV UTF-8（逗号分隔）”后导入，大小不限。",
    "Save it as “CSV UTF-8 (comma delimited)” and import that: any size will do.",
)


def is_sheet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8).startswith((_ZIP, _COMPOUND))


def refuse_markup(path: Path) -> None:
    """Many systems export a web page, or XML, and call it a spreadsheet. Raises Unreadable."""
    with path.open("rb") as file:
        if file.read(512).removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
            raise Unreadable(
                Text(
                    "这是网页或 XML，只是名为表格", "this is a web page or XML that is called a spreadsheet"
                ),
                remedy=Text(
                    "请用表格软件打开，另存为 xlsx 后重试。",
                    "Open it in a spreadsheet program, save it as xlsx and try again.",
                ),
            )


class SheetFile:
    """The first sheet that holds anything, read by a program of its own into a file without a name."""

    def __init__(self, path: Path, unpacked: int | None = None) -> None:
        _refuse_bombs(path, unpacked or LARGEST_UNPACKED)
        rows, self._rows = open_nameless()
        finalize(self, rows.close)
        _unpack(path, rows)
        self.extent = self._last_row()

    def records(self, after: Mark) -> Iterator[Record]:
        with self._rows.open("rb") as rows:
            for number, cells in map(_ROW.decode, rows):
                if number > after.position:
                    yield Record(number, cells, Mark(number, number))

    def _last_row(self) -> int:
        with self._rows.open("rb") as rows:
            last = deque(rows, maxlen=1)
        if not last:
            raise Unreadable(Text("表格是空的", "the spreadsheet is empty"))
        return _ROW.decode(last[0])[0]


def _unpack(path: Path, rows: IO[bytes]) -> None:
    with path.open("rb") as sheet:
        ended = subprocess.run(
            [sys.executable, "-I", unpack.__file__],
            stdin=sheet,
            stdout=rows,
            stderr=subprocess.PIPE,
            env={},
            check=False,
        )
    if ended.returncode == unpack.ENCRYPTED or (ended.returncode and _is_encrypted(path)):
        raise _encrypted()
    if ended.returncode == unpack.BROKEN:
        raise _broken(ended.stderr.decode().strip())
    if ended.returncode:
        log.warning("spreadsheet_not_unpacked", code=ended.returncode)
        raise Unreadable(
            Text(
                "表格太大，无法读入（可能在很远的行或列有内容）",
                "too large to be read: something may stand in a far row or column",
            ),
            remedy=_AS_CSV,
        )


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


def _broken(error: str) -> Unreadable:
    return Unreadable(
        Text(f"表格已损坏：{error}", f"the spreadsheet is broken: {error}"),
        remedy=Text("请用表格软件打开并重新保存。", "Open it in a spreadsheet program and save it again."),
    )
