"""What is printed: pages drawn by typst, in the fonts that are installed with us, so that every machine prints the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Literal, cast

from typst import Compiler, Fonts


def pages(
    template: Path,
    given: Mapping[str, Any],
    form: Literal["pdf", "png"] = "pdf",
    *,
    root: Path | None = None,
    ppi: float | None = None,
) -> list[bytes]:
    """One PDF, or a PNG a page. `given` reaches the template as JSON, each value under its name: no name of anybody is ever
    read as markup. Pictures that it shows lie under `root`."""
    compiler = Compiler(
        template.read_bytes(),
        root=root or template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={name: json.dumps(value, ensure_ascii=False) for name, value in given.items()},
    )
    made = compiler.compile(format=form, ppi=ppi)
    return [made] if isinstance(made, bytes) else cast("list[bytes]", made)


@cache
def _fonts() -> Fonts:
    folder = distribution("noto-cjk-sans-otc").locate_file("noto_cjk_sans_otc")
    return Fonts(include_system_fonts=False, font_paths=[str(folder)])
