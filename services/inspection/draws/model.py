"""The draw itself: a pure function of the list, the seed and the public value, written down in docs/draws.md.

It must give the same in fifty years and in any language: nothing here may depend on a library's random numbers.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

FORMAT = "yicha-draw/1"
TOP_GRADE = "A"


@dataclass(frozen=True, kw_only=True)
class Object:
    """A premises that may be drawn; `industry` is the section of GB/T 4754."""

    premises_id: UUID
    enterprise_id: UUID
    grade: str | None
    industry: str


@dataclass(frozen=True, kw_only=True)
class Inspector:
    inspector_id: UUID
    certificate: str


@dataclass(frozen=True, kw_only=True)
class Recusal:
    """This inspector is not sent to this enterprise."""

    inspector_id: UUID
    enterprise_id: UUID


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """Of `objects` of a grade, `take` are drawn: their `share`, rounded up. With a `limit` (rule F6) the share is
    rounded down and never exceeds it; such a stratum is one section of industry, else `industry` is None."""

    grade: str | None
    industry: str | None
    share: str
    objects: int
    take: int
    limit: int | None = None

    def holds(self, one: Object) -> bool:
        return one.grade == self.grade and self.industry in (None, one.industry)


@dataclass(frozen=True, kw_only=True)
class DrawList:
    """All that the commitment fixes before anything is drawn. `previous` is the commitment of the agency's draw
    before this one; `public_source` names a value that nobody can know before `public_on`."""

    draw_id: UUID
    agency_id: UUID
    number: int
    previous: str | None
    purpose: str
    domain: str
    starts_on: date
    ends_on: date
    per_object: int
    industries: tuple[str, ...]
    public_source: str | None
    public_on: date | None
    strata: tuple[Stratum, ...]
    objects: tuple[Object, ...]
    inspectors: tuple[Inspector, ...]
    recusals: tuple[Recusal, ...]

    @property
    def sample(self) -> int:
        return sum(stratum.take for stratum in self.strata)

    def document(self) -> dict[str, Any]:
        """As it is published: only text, whole numbers and null; every list in the order of its text."""
        plain = _plain(asdict(self))
        for name in ("industries", "strata", "objects", "inspectors", "recusals"):
            plain[name] = sorted(plain[name], key=lambda one: canonical(one))
        return plain | {"format": FORMAT}


@dataclass(frozen=True, kw_only=True)
class Drawn:
    rank: int
    premises_id: UUID
    inspectors: tuple[UUID, ...]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    return value if isinstance(value, str | int | None) else str(value)


def canonical(document: Any) -> bytes:
    """JSON as RFC 8785 writes it: names sorted, no blanks, UTF-8."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commitment(seed: str, document: Mapping[str, Any]) -> str:
    """SHA-256 of the seed, a line feed and the canonical list, in hexadecimal."""
    return hashlib.sha256(seed.encode() + b"\n" + canonical(document)).hexdigest()


def _lot(seed: str, value: str, *what: object) -> bytes:
    return hashlib.sha256("\n".join((seed, value, *map(str, what))).encode()).digest()


def draw(listed: DrawList, seed: str, public_value: str | None) -> list[Drawn]:
    """The result, best lot first."""
    value = public_value or ""
    lots = {
        one.premises_id: _lot(seed, value, listed.draw_id, "object", one.premises_id)
        for one in listed.objects
    }
    ordered = sorted(listed.objects, key=lambda one: lots[one.premises_id])
    left = {stratum: stratum.take for stratum in listed.strata}
    chosen: list[Object] = []
    for one in ordered:
        stratum = next((stratum for stratum in listed.strata if stratum.holds(one)), None)
        if stratum and left[stratum]:
            left[stratum] -= 1
            chosen.append(one)
    return _assign(listed, chosen, seed, value)


def _assign(listed: DrawList, chosen: Sequence[Object], seed: str, value: str) -> list[Drawn]:
    """Object by object, to those with the fewest so far; the lot decides among equals."""
    load: Counter[UUID] = Counter()
    kept_away = _kept_away(listed.recusals)
    drawn: list[Drawn] = []
    for rank, one in enumerate(chosen, 1):
        free = (i.inspector_id for i in listed.inspectors)
        ranked = sorted(
            (load[i], _lot(seed, value, listed.draw_id, "inspector", one.premises_id, i), i)
            for i in free
            if i not in kept_away[one.enterprise_id]
        )
        sent = tuple(inspector for _, _, inspector in ranked[: listed.per_object])
        load.update(sent)
        drawn.append(Drawn(rank=rank, premises_id=one.premises_id, inspectors=sent))
    return drawn


def _kept_away(recusals: Iterable[Recusal]) -> Mapping[UUID, set[UUID]]:
    away: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for recusal in recusals:
        away[recusal.enterprise_id].add(recusal.inspector_id)
    return away


def short_of_inspectors(listed: DrawList) -> list[UUID]:
    """Enterprises to which, after recusals, too few may be sent."""
    away = _kept_away(listed.recusals)
    enough = len(listed.inspectors) - listed.per_object
    pool = {inspector.inspector_id for inspector in listed.inspectors}
    enterprises = {one.enterprise_id for one in listed.objects}
    return sorted(e for e in enterprises if len(away[e] & pool) > enough)


def stratify(
    objects: Iterable[Object], shares: Mapping[str | None, Fraction], limits: Mapping[str, int] | None
) -> tuple[Stratum, ...]:
    """`limits`: how many more of the top grade may be drawn in each section (rule F6); None: no such rule here."""
    sizes: Counter[tuple[str | None, str | None]] = Counter()
    for one in objects:
        limited = limits is not None and one.grade == TOP_GRADE
        sizes[one.grade, one.industry if limited else None] += 1
    found = [
        _stratum(grade, industry, shares[grade], size, (limits or {}).get(industry, 0) if industry else None)
        for (grade, industry), size in sizes.items()
    ]
    return tuple(sorted(found, key=lambda stratum: (stratum.grade or "", stratum.industry or "")))


def _stratum(
    grade: str | None, industry: str | None, share: Fraction, size: int, limit: int | None
) -> Stratum:
    return Stratum(
        grade=grade,
        industry=industry,
        share=f"{share.numerator}/{share.denominator}",
        objects=size,
        take=take(share, size, limit),
        limit=limit,
    )


def take(share: Fraction, size: int, limit: int | None) -> int:
    if limit is None:
        return math.ceil(share * size)
    return max(0, min(math.floor(share * size), limit))


_PUBLIC = re.compile(r"\d{1,9}(?:[\s,，、;；-]+\d{1,9})*", re.ASCII)


def public_value(text: str) -> str | None:
    """A value as it enters the draw: its numbers in their order, without leading zeros, one blank between them, so that
    nobody can try out spellings. None where there is anything but numbers."""
    text = text.strip()
    if not _PUBLIC.fullmatch(text):
        return None
    return " ".join(str(int(number)) for number in re.findall(r"\d+", text, re.ASCII))


def masked(certificate: str) -> str:
    """Enough for whoever knows the number, not enough for whoever does not."""
    return f"{certificate[:4]}****{certificate[-3:]}" if len(certificate) > 9 else "****"
