"""What may be sent and what comes back."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema, page_of
from services.inspection.computations.model import State
from services.inspection.simulation.commands import StartSimulation

MOST_CHARACTERS = 20_000


def _doc(description: str) -> dict[str, str]:
    return {"description": description}


class StartSimulationSchema(Schema):
    profile = ma.fields.String(
        required=True,
        validate=validate.Length(1, MOST_CHARACTERS),
        metadata=_doc("The text of a profile file (YAML); it may extend one that ships"),
    )
    starts_on = ma.fields.Date(required=True, metadata=_doc("Orders issued from this day on"))
    ends_on = ma.fields.Date(required=True)
    area_code = ma.fields.String(
        load_default="",
        validate=validate.Regexp(r"[0-9]{0,12}\Z", error="应为数字 / digits"),
        metadata=_doc("What the area codes of the premises begin with; left out: everywhere"),
    )

    @ma.post_load
    def command(self, data: dict[str, Any], **_: Any) -> StartSimulation:
        return StartSimulation(**data)


class TallySchema(ma.Schema):
    blocked = ma.fields.Integer(required=True)
    justified = ma.fields.Integer(required=True, metadata=_doc("Not blocked, but asked for a reason"))
    joined = ma.fields.Integer(required=True, metadata=_doc("Asked to become one visit with another order"))
    free = ma.fields.Integer(required=True)


class RuleRowSchema(ma.Schema):
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(required=True)
    rule = ma.fields.String(required=True)
    outcome = ma.fields.String(required=True)
    then = ma.fields.Integer(required=True, metadata=_doc("Orders, under the profile of then"))
    given = ma.fields.Integer(required=True, metadata=_doc("Orders, under the profile that is tried"))
    difference = ma.fields.Integer(required=True)


class OutcomesSchema(ma.Schema):
    orders = ma.fields.Integer(required=True)
    outside = ma.fields.Integer(required=True, metadata=_doc("Orders the profile does not govern"))
    then = ma.fields.Nested(TallySchema, required=True)
    given = ma.fields.Nested(TallySchema, required=True)
    rows = ma.fields.List(ma.fields.Nested(RuleRowSchema), required=True)


class SimulationSummarySchema(ma.Schema):
    simulation_id = ma.fields.UUID(required=True, attribute="computation_id")
    profile = ma.fields.String(required=True, attribute="request.profile_label")
    starts_on = ma.fields.String(required=True, attribute="request.starts_on")
    ends_on = ma.fields.String(required=True, attribute="request.ends_on")
    area_code = ma.fields.String(required=True)
    state = ma.fields.Enum(State, by_value=True, required=True)
    progress = ma.fields.Float(required=True, metadata=_doc("0 to 1"))
    problem_zh = ma.fields.String(allow_none=True)
    problem_en = ma.fields.String(allow_none=True)
    created_at = ma.fields.AwareDateTime(required=True)
    finished_at = ma.fields.AwareDateTime(allow_none=True)


class SimulationSchema(SimulationSummarySchema):
    outcomes = ma.fields.Nested(OutcomesSchema, allow_none=True, attribute="result")


SimulationPageSchema = page_of(SimulationSummarySchema)
