"""Reads the profiles and chooses the one that governs an agency on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import marshmallow as ma
import yaml

from services.chassis.policy.model import Profile
from services.chassis.policy.schema import ProfileSchema

FOLDER = Path(__file__).parent / "profiles"
OWN = ("name", "version", "in_force_from", "areas")


class _Loader(yaml.SafeLoader):
    """Leaves dates to the schema, which names the field when there is no such day."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class BadProfile(Exception):
    """A profile names an unknown field, misses one, or gives a figure that cannot be; says where."""


def city_day(profile: Profile, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(profile.timezone)).date()


@dataclass(frozen=True)
class Policies:
    profiles: tuple[Profile, ...]

    def governing(self, area_code: str, moment: datetime) -> Profile:
        """The profile of the smallest area that holds `area_code`, in its newest version in force at `moment`;
        a version comes into force at midnight of its own city."""
        fitting = [
            (len(area), profile.in_force_from, profile)
            for profile in self.profiles
            for area in profile.areas
            if area_code.startswith(area) and profile.in_force_from <= city_day(profile, moment)
        ]
        if not fitting:
            raise BadProfile(f"no profile governs area {area_code} at {moment}")
        return max(fitting, key=lambda found: found[:2])[2]


def read(path: Path) -> Profile:
    """Raises BadProfile naming the file and each wrong field."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadProfile(f"{path.name}: {error}") from error
    return parse(text, path.name, path.parent)


def parse(text: str, name: str, folder: Path = FOLDER) -> Profile:
    """A profile that extends another finds it in `folder`, or among those that ship. Raises BadProfile."""
    try:
        given = _mapping(text)
        base = given.pop("extends", None)
        return ProfileSchema().load(_extended(given, base, folder))  # pyright: ignore[reportReturnType]
    except (ma.ValidationError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadProfile(f"{name}: {error}") from error


def _extended(given: dict[str, Any], base: object, folder: Path) -> dict[str, Any]:
    """The figures of the profile this one extends, one deep, under its own; who it is it says itself."""
    if base is None:
        return given
    if missing := [name for name in OWN if name not in given]:
        raise ma.ValidationError(
            {name: ["a profile that extends another says this itself"] for name in missing}
        )
    known = {path.stem: path for place in (FOLDER, folder) for path in place.glob("*.yaml")}
    if not isinstance(base, str) or base not in known:
        named = base if isinstance(base, str) else "this"
        raise ma.ValidationError({"extends": [f"{named} is none of {', '.join(sorted(known))}"]})
    inherited = _mapping(known[base].read_text("utf-8"))
    if "extends" in inherited:
        raise ma.ValidationError({"extends": [f"{base} extends another profile itself"]})
    return inherited | given


def _mapping(text: str) -> dict[str, Any]:
    given = yaml.load(text, _Loader)
    if not isinstance(given, dict):
        raise ma.ValidationError("应为字段的映射 / not a mapping of fields")
    return given


def load(folder: Path) -> Policies:
    found = Policies(tuple(read(path) for path in sorted(folder.glob("*.yaml"))))
    if not any("" in profile.areas for profile in found.profiles):
        raise BadProfile(f"{folder}: no profile governs everywhere (areas: [''])")
    return found


@cache
def policies() -> Policies:
    """The profiles that ship with the product."""
    return load(FOLDER)
