"""What an enterprise can be found by. No I/O.

Every way to ask becomes a set of terms that the enterprise must have, so that one index (GIN over an array) serves all:

- `=宏达` two neighbouring characters of the name,
- `.hd` and `.hdj` the initials of two and three neighbours, in every usual reading,
- `~hong`, `~hong da`, `~hong d` a syllable, two neighbours, one with the next one's initial,
- `#913213` the first digits of the 统一社会信用代码, `@3213` where it has premises.

A name that only sounds alike in pieces is found too: somebody who looks for a gate sees one line too many at worst.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, product

from pypinyin import Style, pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.contrib.tone_convert import to_normal

from services.inspection.search.text import AREAS, USCCS, folded

READINGS = 3
"""Of one character, at most: 单 is dan, chan and shan."""


def terms_of(name: str, uscc: str, area_codes: Iterable[str]) -> list[str]:
    """`area_codes` are those of its open premises; without any it cannot be found."""
    areas = {code[:length] for code in area_codes for length in AREAS}
    found = {"@"} | {f"@{area}" for area in areas} if areas else set[str]()
    found |= {f"#{uscc[:length]}" for length in USCCS}
    plain = folded(name)
    found |= {f"={one}{two}" for one, two in pairwise(plain)}
    return sorted(found.union(_sounds([_readings(char) for char in plain])))


def _sounds(syllables: Sequence[tuple[str, ...]]) -> Iterator[str]:
    initials = [tuple(dict.fromkeys(reading[0] for reading in readings)) for readings in syllables]
    for length in (2, 3):
        for start in range(len(initials) - length + 1):
            yield from ("." + "".join(letters) for letters in product(*initials[start : start + length]))
    for readings in syllables:
        yield from (f"~{reading}" for reading in readings)
    for start in range(len(syllables) - 1):
        following = (*syllables[start + 1], *initials[start + 1])
        yield from (f"~{one} {two}" for one, two in product(syllables[start], following))


@cache
def _readings(char: str) -> tuple[str, ...]:
    """Without tones, ü as v; what is no Chinese character sounds as it is written."""
    return _usual().get(char) or tuple(pinyin(char, style=Style.NORMAL, heteronym=True)[0][:1])


@cache
def _usual() -> Mapping[str, tuple[str, ...]]:
    """The readings that a character has in some word. Dictionaries have more, 限 as wen, which nobody types."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, syllables in PHRASES_DICT.items():
        for char, syllable in zip(phrase, syllables, strict=False):
            heard[char][syllable[0]] += 1
    return {char: _commonest(readings) for char, readings in heard.items()}


def _commonest(readings: Counter[str]) -> tuple[str, ...]:
    plain = Counter[str]()
    for reading, times in readings.items():
        plain[to_normal(reading)] += times
    return tuple(reading for reading, _ in plain.most_common(READINGS))
