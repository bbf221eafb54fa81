"""CSV, line by line from the bytes: resumable at any row, and one broken row costs only itself.

A newline never is part of a character in UTF-8 or GB18030, so lines can be cut before decoding.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from services.chassis.spreadsheets.encoding import detect
from services.chassis.spreadsheets.record import Mark, Record

_DELIMITERS = ",\t;|"
LONGEST_FIELD = 131_072
csv.field_size_limit(LONGEST_FIELD)


class CsvFile:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.encoding, self._begins = detect(path)
        self.extent = path.stat().st_size
        self._delimiter = self._guess_delimiter()

    def records(self, after: Mark) -> Iterator[Record]:
        with self._path.open("rb") as file:
            start = max(after.position, self._begins)
            file.seek(start)
            lines = _Lines(file, self.encoding, Mark(start, after.line))
            for record in _parsed(lines, self._delimiter):
                if record.broken or any(record.cells):
                    yield record

    def _guess_delimiter(self) -> str:
        """The one that the first lines hold most of."""
        with self._path.open("rb") as file:
            file.seek(self._begins)
            head = b"".join(file.readline(65_536) for _ in range(10)).decode(self.encoding, "replace")
        return max(_DELIMITERS, key=head.count)


class _Lines:
    """Feeds the csv reader and remembers the lines of the record under way, so that they can be put back."""

    def __init__(self, file: BinaryIO, encoding: str, mark: Mark) -> None:
        self._file = file
        self._encoding = encoding
        self._again: deque[bytes] = deque()
        self._taken: list[bytes] = []
        self.undecodable = False
        self.mark = mark

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self._again.popleft() if self._again else self._file.readline(LONGEST_FIELD * 2)
        if not raw:
            raise StopIteration
        self._taken.append(raw)
        try:
            return raw.decode(self._encoding)
        except UnicodeDecodeError:
            self.undecodable = True
            return raw.decode(self._encoding, "replace")

    def next_record(self) -> None:
        size = sum(map(len, self._taken))
        self.mark = Mark(self.mark.position + size, self.mark.line + len(self._taken))
        self._taken.clear()
        self.undecodable = False

    def give_back_all_but_the_first(self) -> str:
        self._again.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
        return self._taken[0].decode(self._encoding, "replace")


def _parsed(lines: _Lines, delimiter: str) -> Iterator[Record]:
    """strict: a quotation mark out of place is an error, not a silent change of the text."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        broken, line = None, lines.mark.line + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            broken, cells = "broken_quotes", [lines.give_back_all_but_the_first()[:200].rstrip("\r\n")]
        if lines.undecodable:
            broken = broken or "undecodable"
        lines.next_record()
        yield Record(line, cells, lines.mark, broken)
