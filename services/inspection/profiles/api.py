from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from fractions import Fraction
from typing import Any, cast

import marshmallow as ma
from flask.typing import ResponseReturnValue
from marshmallow import validate

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, requires
from services.chassis.policy import Profile, city_day, policies
from services.chassis.policy.load import FOLDER, OWN
from services.chassis.schema import Schema

blueprint = Blueprint(
    "profiles",
    __name__,
    url_prefix="/api/inspection/v1/policy-profiles",
    description="规则参数: policy profiles",
)
_TOLD_APART = (*OWN, "rights")


class FigureSchema(Schema):
    name = ma.fields.String(required=True)
    value = ma.fields.Raw(required=True, allow_none=True, metadata={"description": "null: no such rule here"})
    differs = ma.fields.Boolean(required=True, metadata={"description": "from the default profile"})


class ProfileShownSchema(Schema):
    name = ma.fields.String(required=True)
    version = ma.fields.String(required=True)
    in_force_from = ma.fields.Date(required=True)
    state = ma.fields.String(
        required=True,
        validate=validate.OneOf(("in_force", "to_come", "replaced")),
        metadata={"description": "today, at its own city"},
    )
    areas = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "'' is everywhere"})
    figures = ma.fields.List(ma.fields.Nested(FigureSchema), required=True)
    text = ma.fields.String(required=True, metadata={"description": "the file, to simulate with changes"})


class ProfilesSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(ProfileShownSchema), required=True)


@blueprint.get("")
@requires(Permission.RULE_SIMULATE)
@blueprint.response(200, ProfilesSchema)
def list_profiles() -> ResponseReturnValue:
    """Every profile that ships, by name and version. They are changed by a release, never from here."""
    known = sorted(policies().profiles, key=lambda profile: (profile.name, profile.in_force_from))
    default = next(profile for profile in known if "" in profile.areas)
    texts = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("*.yaml")}
    items = [_shown(profile, default, texts.get(profile.name, "")) for profile in known]
    return cast("ResponseReturnValue", {"items": items})


def _shown(profile: Profile, default: Profile, text: str) -> dict[str, Any]:
    names = [field.name for field in fields(Profile) if field.name not in _TOLD_APART]
    return {
        "name": profile.name,
        "version": profile.version,
        "in_force_from": profile.in_force_from,
        "state": _state(profile, clock.now()),
        "areas": list(profile.areas),
        "figures": [
            {
                "name": name,
                "value": _plain(getattr(profile, name)),
                "differs": getattr(profile, name) != getattr(default, name),
            }
            for name in names
        ],
        "text": text,
    }


def _state(profile: Profile, now: datetime) -> str:
    today = city_day(profile, now)
    if profile.in_force_from > today:
        return "to_come"
    newer = (other for other in policies().profiles if set(other.areas) & set(profile.areas))
    begun: list[date] = [other.in_force_from for other in newer if other.in_force_from <= today]
    return "in_force" if profile.in_force_from == max(begun) else "replaced"


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, frozenset):
        return sorted(cast("frozenset[str]", value))
    if isinstance(value, tuple):
        return [vars(cap) for cap in cast("tuple[Any, ...]", value)]
    return value
