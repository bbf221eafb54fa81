"""Wire forms of figures."""

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema
from services.oversight.figures.series import SHOWN, STEPS
from services.oversight.projections.tally import MEASURES


class PeriodQuery(Schema):
    """Both days count; without them this year up to today."""

    first = ma.fields.Date(data_key="from", load_default=None)
    last = ma.fields.Date(data_key="to", load_default=None)


class FiguresQuery(PeriodQuery):
    agency_id = ma.fields.UUID(
        load_default=None, metadata={"description": "for those who see all: one agency's figures"}
    )


BYS = ("agency", "day", "month", "industry", "area", "cell")


class InspectionsQuery(FiguresQuery):
    by = ma.fields.String(required=True, validate=validate.OneOf(BYS))
    rank = ma.fields.String(
        load_default=None,
        validate=validate.OneOf(["finding_rate", "joint_rate", "code_coverage", "rating"]),
        metadata={"description": "best first. Never by numbers of inspections or fines (rule O2)"},
    )


Counts = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer(), required=True)


class EntriesSchema(Schema):
    with_code = ma.fields.Integer(required=True)
    without_code = ma.fields.Integer(
        required=True, metadata={"description": "concluded although nobody scanned in (rule O1)"}
    )
    late = ma.fields.Integer(required=True, metadata={"description": "back-filled, in time or not"})
    backfilled_late = ma.fields.Integer(
        required=True, metadata={"description": "back-filled after the days that rule E3 gives"}
    )
    flagged = ma.fields.Integer(required=True, metadata={"description": "with a suspicion of rule E2"})


class DuplicatesSchema(Schema):
    found = ma.fields.Integer(required=True)
    joined = ma.fields.Integer(required=True)
    overridden = ma.fields.Integer(required=True, metadata={"description": "a reason was given"})
    dismissed = ma.fields.Integer(required=True, metadata={"description": "a human said: no duplicate"})
    open = ma.fields.Integer(required=True)


class VisitRefusalsSchema(Schema):
    """By the enterprise (rule E4)."""

    total = ma.fields.Integer(required=True)
    supported = ma.fields.Integer(
        required=True, metadata={"description": "what the system knows agrees with the ground"}
    )
    by_ground = Counts


class RatificationsSchema(Schema):
    """The head's word on visits that began before it (rule A6)."""

    urgent = ma.fields.Integer(required=True, metadata={"description": "entered without an issued order"})
    ratified = ma.fields.Integer(required=True)
    disapproved = ma.fields.Integer(required=True)
    late = ma.fields.Integer(required=True, metadata={"description": "of both: said after the time was up"})
    pending = ma.fields.Integer(required=True)


class DeadlinesSchema(Schema):
    """Visits of the period that missed one, whether it was made good since or not."""

    ratification = ma.fields.Integer(required=True)
    conclusion = ma.fields.Integer(required=True)
    rectification = ma.fields.Integer(required=True)


class GradesSchema(Schema):
    total = ma.fields.Integer(required=True)
    mean = ma.fields.Float(required=True, allow_none=True)
    grades = Counts


class RatingsSchema(Schema):
    area = ma.fields.Nested(
        GradesSchema, required=True, metadata={"description": "of all agencies together, at once"}
    )
    released = ma.fields.Nested(
        GradesSchema, required=True, metadata={"description": "of agencies, as far as released (rule V1)"}
    )


class ComplaintsSchema(Schema):
    filed = ma.fields.Integer(required=True)
    open = ma.fields.Integer(required=True)
    overdue = ma.fields.Integer(required=True)
    by_state = Counts
    by_category = Counts


class FiguresSchema(Schema):
    position = ma.fields.Integer(
        required=True, metadata={"description": "grows with every change; the id of the stream's messages"}
    )
    first = ma.fields.Date(required=True, data_key="from", attribute="from")
    last = ma.fields.Date(required=True, data_key="to", attribute="to")
    orders = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.Integer(),
        required=True,
        metadata={"description": "by state, now; whatever the period"},
    )
    inspections = ma.fields.Integer(required=True)
    joint = ma.fields.Integer(required=True)
    concluded = ma.fields.Integer(required=True)
    with_finding = ma.fields.Integer(required=True)
    entries = ma.fields.Nested(EntriesSchema, required=True)
    code_coverage = ma.fields.Float(required=True, allow_none=True)
    refusals = ma.fields.Integer(required=True)
    duplicates = ma.fields.Nested(DuplicatesSchema, required=True)
    visit_refusals = ma.fields.Nested(VisitRefusalsSchema, required=True)
    ratifications = ma.fields.Nested(RatificationsSchema, required=True)
    deadlines_passed = ma.fields.Nested(DeadlinesSchema, required=True)
    ratings = ma.fields.Nested(RatingsSchema, required=True)
    complaints = ma.fields.Nested(ComplaintsSchema, required=True, allow_none=True)


MeasuresSchema = Schema.from_dict(
    {name: ma.fields.Integer(required=True) for name in MEASURES}, name="MeasuresSchema"
)


class GroupSchema(MeasuresSchema):
    """One agency, day, section of industry or area."""

    key = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "agency id, day, month (2026-03), letter of GB/T 4754, area code, or area code and grid;"
            " null: not known"
        },
    )
    zh = ma.fields.String(required=True, allow_none=True)
    en = ma.fields.String(required=True, allow_none=True)
    finding_rate = ma.fields.Float(required=True, allow_none=True)
    joint_rate = ma.fields.Float(required=True, allow_none=True)
    code_coverage = ma.fields.Float(required=True, allow_none=True)
    rating = ma.fields.Float(
        required=True, allow_none=True, metadata={"description": "mean of the released ratings; by agency"}
    )


class GroupsSchema(Schema):
    by = ma.fields.String(required=True)
    first = ma.fields.Date(required=True, data_key="from", attribute="from")
    last = ma.fields.Date(required=True, data_key="to", attribute="to")
    items = ma.fields.List(ma.fields.Nested(GroupSchema), required=True)


class SeriesQuery(FiguresQuery):
    step = ma.fields.String(load_default="month", validate=validate.OneOf(STEPS))
    by = ma.fields.String(
        load_default=None,
        validate=validate.OneOf(["agency", "industry", "area"]),
        metadata={"description": "one line each; without it one line of all"},
    )


_COUNTS = Schema.from_dict({name: ma.fields.Integer(required=True) for name in SHOWN}, name="CountsSchema")


class PointSchema(_COUNTS):
    """Pairs and refusals count on the day on which they came up, visits on theirs."""

    start = ma.fields.Date(required=True, metadata={"description": "first day of the step"})
    joint_rate = ma.fields.Float(required=True, allow_none=True)
    finding_rate = ma.fields.Float(required=True, allow_none=True)
    code_coverage = ma.fields.Float(required=True, allow_none=True)
    joined_rate = ma.fields.Float(
        required=True, allow_none=True, metadata={"description": "of the pairs that were found"}
    )


class LineSchema(Schema):
    key = ma.fields.String(required=True, allow_none=True)
    zh = ma.fields.String(required=True, allow_none=True)
    en = ma.fields.String(required=True, allow_none=True)
    points = ma.fields.List(
        ma.fields.Nested(PointSchema),
        required=True,
        metadata={"description": "in order of time; where nothing happened there is none"},
    )


class SeriesSchema(Schema):
    step = ma.fields.String(required=True)
    by = ma.fields.String(required=True, allow_none=True)
    first = ma.fields.Date(required=True, data_key="from", attribute="from")
    last = ma.fields.Date(required=True, data_key="to", attribute="to")
    starts = ma.fields.List(ma.fields.Date(), required=True, metadata={"description": "the axis: all steps"})
    items = ma.fields.List(ma.fields.Nested(LineSchema), required=True)


class ProgressSchema(Schema):
    position = ma.fields.Integer(required=True)
    events = ma.fields.Integer(required=True, metadata={"description": "events applied so far"})
    last_event_id = ma.fields.UUID(required=True, allow_none=True)
    last_event_type = ma.fields.String(required=True, allow_none=True)
    changed_at = ma.fields.AwareDateTime(required=True, allow_none=True)
