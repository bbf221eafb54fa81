"""Plates as pages, by typst: about 10 ms a plate, most of it the drawing of its square."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Literal, cast

from typst import Compiler, Fonts

from services.chassis.codes import square
from services.inspection.plates.model import Plate

_TEMPLATE = Path(__file__).with_name("plates.typ")


def pdf(plates: Sequence[Plate]) -> bytes:
    return _pages(plates, "pdf")[0]


def pictures(plates: Sequence[Plate], ppi: int = 150) -> list[bytes]:
    """The same pages as PNG."""
    return _pages(plates, "png", ppi)


def _pages(plates: Sequence[Plate], form: Literal["pdf", "png"], ppi: float | None = None) -> list[bytes]:
    compiler = Compiler(
        _TEMPLATE.read_bytes(),
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"plates": json.dumps([_drawn(plate) for plate in plates], ensure_ascii=False)},
    )
    made = compiler.compile(format=form, ppi=ppi)
    return [made] if isinstance(made, bytes) else cast("list[bytes]", made)


def _drawn(plate: Plate) -> dict[str, str]:
    return {
        "enterprise": plate.enterprise,
        "address": plate.address,
        "typed": plate.typed,
        "square": square.svg(plate.link, printed=True),
    }


@cache
def _fonts() -> Fonts:
    """The fonts that are installed with us, so that every machine prints the same."""
    folder = distribution("noto-cjk-sans-otc").locate_file("noto_cjk_sans_otc")
    return Fonts(include_system_fonts=False, font_paths=[str(folder)])
