"""What people write into a cell."""

from __future__ import annotations

import re
from datetime import date

SEPARATORS = re.compile(r"[,，、;；/\s]+")
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:.*)?\Z|(\d{4})(\d\d)(\d\d)\Z"
)


def day(given: str) -> date | None:
    """As offices write it: 2024-05-31, 2024/5/31, 2024年5月31日, 20240531; a time behind it is dropped. None: no date."""
    found = _DATE.match(given)
    if found is None:
        return None
    year, month, day_ = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day_)
    except ValueError:
        return None
