"""UTF-8 with or without its mark, or GB18030 (which includes GBK and GB 2312)."""

from __future__ import annotations

import codecs
from pathlib import Path

from services.chassis.errors import Text
from services.chassis.spreadsheets.record import Unreadable

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ENOUGH = 20_000


def detect(path: Path) -> tuple[str, int]:
    """The encoding and where the text begins. Judged by the lines that are not plain ASCII: Chinese text
    in GB18030 is hardly ever valid UTF-8, so a few damaged lines do not mislead."""
    with path.open("rb") as file:
        start = file.read(3)
        if start.startswith(_UTF_16):
            raise Unreadable(
                Text("文件为 UTF-16 编码", "the file is UTF-16"),
                remedy=Text("请另存为“CSV UTF-8”后重试。", "Save it as “CSV UTF-8” and try again."),
            )
        if start == codecs.BOM_UTF8:
            return "utf-8", 3
        file.seek(0)
        valid = invalid = 0
        for line in file:
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                valid += 1
            except UnicodeDecodeError:
                invalid += 1
            if valid + invalid >= _ENOUGH:
                break
    return ("utf-8" if valid >= invalid else "gb18030"), 0
