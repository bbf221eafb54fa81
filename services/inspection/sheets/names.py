"""Several names in one cell: `有限空间作业；危险化学品生产、储存`. No I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_STRONG, _WEAK, _WEAKEST = r"\n;；|｜", r",，、", r"/／\s"
_SEPARATORS = tuple(re.compile(f"[{signs}]+") for signs in (_STRONG, _WEAK, _WEAKEST))
_PIECES = tuple(re.compile(f"[{signs}]+") for signs in (_STRONG, _STRONG + _WEAK, _STRONG + _WEAK + _WEAKEST))


def names(
    cell: str, known: Callable[[str], bool], separators: Sequence[re.Pattern[str]] = _SEPARATORS
) -> list[str]:
    """One that is known whole is not split: 危险化学品生产、储存 is one item. Else the cell is split at the strongest
    separator, and what comes of it again."""
    text = cell.strip()
    if not text or known(text) or not separators:
        return [text] if text else []
    split = [name for piece in separators[0].split(text) for name in names(piece, known, separators[1:])]
    return list(dict.fromkeys(split))


def pieces(cell: str) -> set[str]:
    """Whatever `names` may ask for, before anything is known."""
    found = {piece.strip() for separator in _PIECES for piece in separator.split(cell)}
    return (found | {cell.strip()}) - {""}
