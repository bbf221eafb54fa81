"""UTF-8 with or without its mark, or GB18030 (which includes GBK and GB 2312)."""

from __future__ import annotations

import codecs
from pathlib import Path

from services.chassis.errors import Text
from services.chassis.spreadsheets.record import Unreadable

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ENOUGH = 20_000
_TWO_BYTES = "\u07ff"  # the last letter that UTF-8 writes in two


def detect(path: Path) -> tuple[str, int]:
    """The encoding and where the text begins. Judged by the lines that are not plain ASCII, so that a few damaged
    ones do not mislead: Chinese text in GB18030 is hardly ever valid UTF-8. Single characters are, one in seven, but
    as letters of two bytes, which no Chinese text in UTF-8 is made of: such a line says nothing, and nothing but
    such lines is GB18030."""
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
        valid = invalid = either = 0
        for line in file:
            if line.isascii():
                continue
            try:
                if max(line.decode("utf-8")) > _TWO_BYTES:
                    valid += 1
                else:
                    either += 1
            except UnicodeDecodeError:
                invalid += 1
            if valid + invalid + either >= _ENOUGH:
                break
    if valid:
        return ("utf-8" if valid >= invalid else "gb18030"), 0
    return ("gb18030" if invalid or either else "utf-8"), 0
