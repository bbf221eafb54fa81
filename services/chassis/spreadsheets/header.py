"""Which column of the file is which field: by the given mapping, else by the headers offices use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from services.chassis.errors import Invalid, Text
from services.chassis.spreadsheets.record import Mark, Table, Unreadable

_HEADER_WITHIN = 10
_DECORATION = re.compile(r"[\s*＊:：\"'“”]|[(（]必填[)）]|[(（]选填[)）]")


class Fields(Protocol):
    """What a file may hold. `titles`: field → the headers offices give it, the likeliest first."""

    @property
    def titles(self) -> Mapping[str, Sequence[str]]: ...

    @property
    def required(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Plan:
    """`fields` names the field of each column, None where the column is ignored; data begins after `mark`."""

    header: tuple[str, ...]
    fields: tuple[str | None, ...]
    mark: Mark

    @property
    def columns(self) -> dict[str, str]:
        return {field: title for field, title in zip(self.fields, self.header, strict=True) if field}

    @property
    def ignored(self) -> list[str]:
        return [title for field, title in zip(self.fields, self.header, strict=True) if not field and title]


def draw_up(fields: Fields, table: Table, mapping: Mapping[str, str]) -> Plan:
    """Finds the header among the first rows (a title may stand above it). Raises Unreadable or Invalid."""
    plan = find_header(fields, table, mapping)
    _complete(fields, plan, mapping)
    return plan


def find_header(fields: Fields, table: Table, mapping: Mapping[str, str]) -> Plan:
    """The likeliest header; required columns may be missing. Raises Unreadable or Invalid."""
    _check(fields, mapping)
    head = list(islice((row for row in table.records(Mark()) if not row.broken), _HEADER_WITHIN))
    if not head:
        raise _nothing_in(table)
    assigned = [_assign(fields, row.cells, mapping) for row in head]
    best = max(range(len(head)), key=lambda index: sum(map(bool, assigned[index])))
    header = tuple(cell.replace("\x00", "").strip() for cell in head[best].cells)
    return Plan(header, assigned[best], head[best].end)


def _nothing_in(table: Table) -> Unreadable:
    if next(table.records(Mark()), None) is None:
        return Unreadable(Text("文件是空的", "the file is empty"))
    return Unreadable(
        Text(
            "文件没有一行能读出：引号、换行或编码有误",
            "no line can be read: quotation marks, line ends or encoding",
        ),
        remedy=Text(
            "请另存为“CSV UTF-8（逗号分隔）”后重试。",
            "Save it as “CSV UTF-8 (comma delimited)” and try again.",
        ),
    )


def missing(fields: Fields, plan: Plan) -> list[str]:
    """Required fields that no column of the file is taken for."""
    return [name for name in fields.required if name not in plan.columns]


def _check(fields: Fields, mapping: Mapping[str, str]) -> None:
    wrong = {
        f"/mapping/{title}": f"没有字段 {field}；可用 · no such field; there are: {', '.join(fields.titles)}"
        for title, field in mapping.items()
        if field and field not in fields.titles
    }
    if wrong:
        raise Invalid(wrong)


def _assign(fields: Fields, cells: Sequence[str], mapping: Mapping[str, str]) -> tuple[str | None, ...]:
    """Of several columns that could be one field, the likeliest header is it."""
    given = {_plain(title): field for title, field in mapping.items()}
    best: dict[str, tuple[int, int]] = {}
    for index, cell in enumerate(cells):
        for field, rank in _meanings(fields, given, _plain(cell)):
            if field not in best or rank < best[field][0]:
                best[field] = (rank, index)
    at = {index: field for field, (_, index) in best.items()}
    return tuple(at.get(index) for index in range(len(cells)))


def _meanings(fields: Fields, given: Mapping[str, str], title: str) -> list[tuple[str, int]]:
    if title in given:
        return [(given[title], -1)] if given[title] else []
    taken = set(given.values())
    return [
        (field, rank)
        for field, titles in fields.titles.items()
        if field not in taken
        for rank, known in enumerate(titles)
        if _plain(known) == title
    ]


def _plain(title: str) -> str:
    return _DECORATION.sub("", unicodedata.normalize("NFKC", title)).casefold()


def _complete(fields: Fields, plan: Plan, mapping: Mapping[str, str]) -> None:
    found = "、".join(title for title in plan.header if title)[:300]
    lost = [title for title, field in mapping.items() if field and field not in plan.columns]
    if lost:
        raise Unreadable(
            Text(
                f"没有名为 {'、'.join(lost)} 的列；文件的列：{found}",
                f"no column {', '.join(lost)}; there are: {found}",
            )
        )
    if absent := missing(fields, plan):
        usual = "、".join(fields.titles[name][0] for name in absent)
        raise Unreadable(
            Text(
                f"缺少必需的列：{usual}；文件的列：{found}",
                f"required columns are missing: {', '.join(absent)}; there are: {found}",
            ),
            remedy=Text(
                "请改表头，或用 mapping 指定对应关系。",
                "Rename the header, or say which is which by a mapping.",
            ),
            missing=absent,
        )
