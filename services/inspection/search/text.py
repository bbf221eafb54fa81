"""What those who index and those who ask agree on. Apart from the readings, which a web process does not need."""

import unicodedata

AREAS, USCCS = (2, 4, 6), (6, 8, 10, 12)
"""Lengths of the beginnings of codes that are terms."""


def folded(text: str) -> str:
    """Letters, digits and characters alone: 宏达（集团） and 宏达集团 are one name."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
