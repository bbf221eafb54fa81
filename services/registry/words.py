"""The words of offices, as data: domains, levels and grades with all the ways they are written."""

from __future__ import annotations

from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("words.yaml")
_DATA: dict[str, dict[str, list[str]]] = yaml.safe_load(_FILE.read_text("utf-8"))


def meanings(of: str) -> dict[str, str]:
    """Each way a word is written → what it means: `meanings("level")["市级"] == "city"`."""
    found: dict[str, str] = {}
    for meaning, ways in _DATA[of].items():
        for way in (meaning, *ways):
            found[way.casefold()] = meaning
    return found


def headers(kind: str) -> dict[str, list[str]]:
    """Field → the headers that offices give its column."""
    return _DATA[f"{kind}_headers"]


DOMAINS: frozenset[str] = frozenset(_DATA["domain"])
