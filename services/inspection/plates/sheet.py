"""Plates as pages: about 10 ms a plate, most of it the drawing of its square."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from services.chassis.codes import square
from services.inspection import paper
from services.inspection.plates.model import Plate

_TEMPLATE = Path(__file__).with_name("plates.typ")


def pdf(plates: Sequence[Plate]) -> bytes:
    return paper.pages(_TEMPLATE, _given(plates))[0]


def pictures(plates: Sequence[Plate], ppi: int = 150) -> list[bytes]:
    """The same pages as PNG."""
    return paper.pages(_TEMPLATE, _given(plates), "png", ppi=ppi)


def _given(plates: Sequence[Plate]) -> dict[str, Any]:
    return {"plates": [_drawn(plate) for plate in plates]}


def _drawn(plate: Plate) -> dict[str, str]:
    return {
        "enterprise": plate.enterprise,
        "address": plate.address,
        "typed": plate.typed,
        "square": square.svg(plate.link, printed=True),
    }
