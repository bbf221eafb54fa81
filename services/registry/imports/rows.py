"""One row of the file: its values, ready for COPY, or every reason why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from services.chassis.ids import new_id
from services.chassis.spreadsheets import Record, misshapen
from services.chassis.spreadsheets.header import Plan
from services.registry.imports.kind import Kind, Values
from services.registry.imports.values import Bad

SHOWN = 200


class Fault(NamedTuple):
    """`place` counts columns from 1; 0 is the row as a whole."""

    line: int
    place: int
    title: str
    value: str
    reason: str
    other_line: int | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """In the order of `staged_columns`."""

    values: tuple[object, ...]


def staged_columns(kind: Kind) -> tuple[str, ...]:
    return ("line", "digest", *kind.ids, *(column.name for column in kind.columns))


class RowReader:
    def __init__(self, kind: Kind, plan: Plan) -> None:
        self._kind = kind
        self._header = plan.header
        self._width = len(plan.fields)
        self._cells = [
            (index, kind.read[field].name, kind.read[field].parse, kind.read[field].required)
            for index, field in enumerate(plan.fields)
            if field
        ]
        self._blank: Values = {column.name: None for column in kind.columns}
        self._ids = len(kind.ids)

    def read(self, record: Record) -> Staged | list[Fault]:
        if reason := misshapen(record, self._width):
            return [_whole(record, reason)]
        row: Values = self._blank.copy()
        faults: list[Fault] = []
        for index, name, parse, required in self._cells:
            text = record.cells[index].strip()
            try:
                if "\x00" in text:
                    raise Bad("forbidden_character")
                if text:
                    row[name] = parse(text)  # pyright: ignore[reportOptionalCall]  # read columns have one
                elif required:
                    raise Bad("uscc_missing" if name == "uscc" else "required")
            except Bad as bad:
                faults.append(Fault(record.line, index + 1, self._header[index], _shown(text), bad.reason))
        return faults or self._finished(record, row)

    def _finished(self, record: Record, row: Values) -> Staged | list[Fault]:
        digest = blake2b("\x1f".join(record.cells).encode("utf-8", "replace"), digest_size=8).digest()
        try:
            self._kind.finish(row)
        except Bad as bad:
            return [_whole(record, bad.reason)]
        ids = (new_id() for _ in range(self._ids))
        return Staged((record.line, digest, *ids, *row.values()))


def _whole(record: Record, reason: str) -> Fault:
    return Fault(record.line, 0, "", _shown(",".join(record.cells)), reason)


def _shown(text: str) -> str:
    """As much as tells which value it is, without what cannot be stored."""
    return text[:SHOWN].replace("\x00", "")


def split(read: Iterable[Staged | list[Fault]]) -> tuple[list[Staged], list[list[Fault]]]:
    good: list[Staged] = []
    bad: list[list[Fault]] = []
    for row in read:
        if isinstance(row, Staged):
            good.append(row)
        else:
            bad.append(row)
    return good, bad
