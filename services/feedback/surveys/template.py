"""The built-in surveys: data files, so that an office can correct what they ask."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import marshmallow as ma
import yaml

from services.feedback.surveys.desk_schemas import TemplateSchema

FOLDER = Path(__file__).parent / "templates"


class BadTemplate(Exception):
    """A template misses a field or asks what cannot be asked; says where."""


def parse(text: str, name: str) -> dict[str, Any]:
    """As the API shows it. Raises BadTemplate naming the file and each wrong field."""
    try:
        return TemplateSchema().load(yaml.safe_load(text))  # pyright: ignore[reportReturnType]
    except (ma.ValidationError, yaml.YAMLError) as error:
        raise BadTemplate(f"{name}: {error}") from error


@cache
def templates() -> tuple[dict[str, Any], ...]:
    return tuple(parse(path.read_text("utf-8"), path.name) for path in sorted(FOLDER.glob("*.yaml")))
