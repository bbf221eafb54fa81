"""How rows travel: as one JSON array, which becomes rows of the table's own type."""

from __future__ import annotations

from collections.abc import Sequence

import orjson


def json(rows: Sequence[object]) -> str:
    return orjson.dumps(rows).decode()
