"""The file anyone may download, and what it takes to trust it. Pure: it is checked without us."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import msgspec

from services.inspection.draws.model import (
    FORMAT,
    DrawList,
    Drawn,
    commitment,
    draw,
    public_value,
    short_of_inspectors,
    take,
)

State = Literal["committed", "revealed", "abandoned"]
_SHARE = re.compile(r"[0-9]{1,12}/[1-9][0-9]{0,11}")


class DrawFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`lists` stays as it was written: its canonical form is what was committed to."""

    state: State
    commitment: str
    lists: dict[str, Any] = msgspec.field(name="list")
    seed: str | None
    public_value: str | None
    reason: str | None
    results: list[Drawn]


class BadFile(Exception):
    """It is no file of a draw; says where."""


def read(content: bytes) -> DrawFile:
    """Raises BadFile."""
    try:
        return msgspec.json.decode(content, type=DrawFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadFile(str(error)) from error


def listed(document: Mapping[str, Any]) -> DrawList:
    """Raises BadFile."""
    if document.get("format") != FORMAT:
        raise BadFile(f"format {document.get('format')!r}, known is {FORMAT!r}")
    try:
        found = msgspec.convert(dict(document), DrawList, strict=False)
    except msgspec.ValidationError as error:
        raise BadFile(f"list: {error}") from error
    for stratum in found.strata:
        if not _SHARE.fullmatch(stratum.share):
            raise BadFile(f"list: share {stratum.share!r} is no fraction")
    if found.document() != document:
        raise BadFile("list: more is in it than a draw knows, or its parts are not in their order")
    return found


def differences(file: DrawFile) -> list[str]:
    """What does not hold, in words; empty when all does. Raises BadFile. A draw that is not revealed has nothing yet
    to compare with: see `verifiable`."""
    known = listed(file.lists)
    return [*_commitment(file), *_lists(known), *_value(file, known), *_results(file, known)]


def verifiable(file: DrawFile) -> bool:
    return file.seed is not None


def _commitment(file: DrawFile) -> Iterator[str]:
    assert file.seed is not None
    found = commitment(file.seed, file.lists)
    if found != file.commitment:
        yield f"commitment 承诺值: the file says {file.commitment}, seed and list give {found}"


def _lists(known: DrawList) -> Iterator[str]:
    for name, ids in (
        ("objects", [one.premises_id for one in known.objects]),
        ("inspectors", [one.inspector_id for one in known.inspectors]),
    ):
        if len(set(ids)) != len(ids):
            yield f"{name} 名单重复: the same one is listed more than once"
    for one in known.objects:
        if not any(stratum.holds(one) for stratum in known.strata):
            yield f"strata 分层: {one.premises_id} belongs to none"
    for stratum in known.strata:
        size = sum(stratum.holds(one) for one in known.objects)
        should = take(Fraction(stratum.share), size, stratum.limit)
        if (size, should) != (stratum.objects, stratum.take):
            yield (
                f"stratum 分层 {stratum.grade or '-'}/{stratum.industry or '-'}: says {stratum.take} of "
                f"{stratum.objects}, should be {should} of {size}"
            )
    for enterprise in short_of_inspectors(known):
        yield f"recusals 回避: too few inspectors are left for enterprise {enterprise}"


def _value(file: DrawFile, known: DrawList) -> Iterator[str]:
    if file.state == "revealed" and bool(known.public_source) != bool(file.public_value):
        yield "public value 公开值: one was announced and none is given, or the other way round"
    if file.public_value is not None and public_value(file.public_value) != file.public_value:
        yield f"public value 公开值: {file.public_value!r} is not in its normal form"


def _results(file: DrawFile, known: DrawList) -> Iterator[str]:
    if file.state == "abandoned":
        if file.results:
            yield "results 结果: an abandoned draw has none"
        return
    assert file.seed is not None
    yield from _compared(file.results, draw(known, file.seed, file.public_value))


def _compared(given: Sequence[Drawn], found: Sequence[Drawn]) -> Iterator[str]:
    if len(given) != len(found):
        yield f"results 结果: the file has {len(given)}, the draw gives {len(found)}"
    for one, other in zip(given, found, strict=False):
        if one != other:
            yield f"rank 名次 {other.rank}: the file has {_words(one)}, the draw gives {_words(other)}"


def _words(one: Drawn) -> str:
    return f"{one.rank}. {one.premises_id} by {', '.join(map(str, one.inspectors))}"
