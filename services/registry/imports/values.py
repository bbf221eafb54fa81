"""From the text of a cell to the text a column takes. Each raises Bad with a reason of `reasons.py`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from services.chassis.spreadsheets.cells import SEPARATORS
from services.chassis.spreadsheets.cells import day as day_of
from services.registry.words import meanings

Parse = Callable[[str], str]

_AREA = re.compile(r"\d{6}(\d{3}){0,2}\Z")
_INDUSTRY = re.compile(r"[A-T]\d{0,4}\Z")
_PHONE = re.compile(r"(\+?86)?1\d{10}\Z|0\d{2,3}-?\d{7,8}\Z")
_LETTERS = re.compile(r"\b[A-T]\b")
_NUMBERING = re.compile(r"^[(（]?\d{1,3}[.．、)）]\s*")


class Bad(ValueError):
    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def text(longest: int) -> Parse:
    def parse(given: str) -> str:
        if len(given) > longest:
            raise Bad("too_long")
        return given

    return parse


def day(given: str) -> str:
    found = day_of(given)
    if found is None:
        raise Bad("not_a_date")
    return found.isoformat()


def whole(largest: int) -> Parse:
    def parse(given: str) -> str:
        plain = given.removesuffix(".0").removesuffix("次").removesuffix("天")
        if not (plain.isascii() and plain.isdigit()) or int(plain) > largest:
            raise Bad("not_a_number")
        return plain

    return parse


def coordinate(limit: int) -> Parse:
    def parse(given: str) -> str:
        try:
            value = float(given)
        except ValueError:
            raise Bad("not_a_coordinate") from None
        if not -limit <= value <= limit:
            raise Bad("not_a_coordinate")
        return repr(value)

    return parse


def area_code(given: str) -> str:
    return _shaped(_AREA, given, "not_an_area_code")


def industry(given: str) -> str:
    return _shaped(_INDUSTRY, given.upper(), "not_an_industry")


def phone(given: str) -> str:
    return _shaped(_PHONE, given.replace(" ", ""), "not_a_phone")


def word(known: Mapping[str, str]) -> Parse:
    def parse(given: str) -> str:
        found = known.get(given.casefold())
        if found is None:
            raise Bad("unknown_word")
        return found

    return parse


def words(known: Mapping[str, str]) -> Parse:
    """Several, in one cell: `应急、消防`. The result is a Postgres array."""
    one = word(known)

    def parse(given: str) -> str:
        return "{" + ",".join(dict.fromkeys(one(part) for part in SEPARATORS.split(given) if part)) + "}"

    return parse


def letters(given: str) -> str:
    """Industry divisions of GB/T 4754, `C、F`, as a Postgres array."""
    found = list(dict.fromkeys(_LETTERS.findall(given.upper())))
    if not found:
        raise Bad("not_an_industry")
    return "{" + ",".join(found) + "}"


def yes_no(given: str) -> str:
    return "true" if _active(given) == "yes" else "false"


def questions(given: str) -> str:
    """A checklist in one cell: a question a line, its own legal basis after `|`; numbering is dropped."""
    lines = [_NUMBERING.sub("", line.strip()) for line in given.splitlines()]
    parts = [line.replace("｜", "|").partition("|") for line in lines if line]
    if len(parts) > 200 or any(len(asked) > 500 or len(basis) > 500 for asked, _, basis in parts):
        raise Bad("too_long")
    found = [
        {"question_id": f"q{number}", "text": asked.strip(), "basis": basis.strip()}
        for number, (asked, _, basis) in enumerate(parts, 1)
    ]
    return json.dumps(found, ensure_ascii=False)


def _shaped(shape: re.Pattern[str], given: str, reason: str) -> str:
    if not shape.match(given):
        raise Bad(reason)
    return given


_active = word(meanings("active"))
