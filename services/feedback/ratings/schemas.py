"""Wire forms of ratings."""

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of
from services.feedback.ratings.model import Tag


class RateableVisitSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    entered_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    concluded_at = ma.fields.AwareDateTime(required=True)


class RateableSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(RateableVisitSchema), required=True)


class AskForTicketSchema(Schema):
    order_id = ma.fields.UUID(required=True)


class TicketSchema(Schema):
    ticket = ma.fields.String(required=True, metadata={"description": "valid for one hour, spent once"})


class RatingSchema(Schema):
    ticket = ma.fields.String(required=True, validate=validate.Length(1, 400))
    grade = ma.fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1, 5),
        metadata={"description": "5 非常满意 · 4 满意 · 3 基本满意 · 2 不满意 · 1 非常不满意"},
    )
    tags = ma.fields.List(
        ma.fields.Enum(Tag, by_value=True), load_default=[], validate=validate.Length(max=5)
    )
    comment = ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 500),
        metadata={"description": "shown to the agency with the others of its pool, in random order"},
    )


class GivenSchema(Schema):
    counted_on = ma.fields.Date(required=True)


class WordSchema(Schema):
    code = ma.fields.String(required=True)
    zh = ma.fields.String(required=True)
    en = ma.fields.String(required=True)


class RatingWordsSchema(Schema):
    grades = ma.fields.List(ma.fields.Nested(WordSchema), required=True)
    tags = ma.fields.List(ma.fields.Nested(WordSchema), required=True)


class TotalsQuery(Schema):
    agency_id = ma.fields.UUID(
        load_default=None, metadata={"description": "for those who see all: one agency's"}
    )
    first = ma.fields.Date(
        data_key="from", load_default=None, metadata={"description": "released on this day or later"}
    )
    last = ma.fields.Date(data_key="to", load_default=None, metadata={"description": "and by this day"})


class ReleasesQuery(TotalsQuery, Page):
    pass


class TotalsSchema(Schema):
    """Of the releases that were asked for. `floor` ratings at least are released together: at once where `pool` have come
    together, else when the oldest is `release_days` old."""

    releases = ma.fields.Integer(required=True)
    grades = ma.fields.List(
        ma.fields.Integer(), required=True, metadata={"description": "how many of grade 1, 2, 3, 4, 5"}
    )
    tags = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer(), required=True)
    floor = ma.fields.Integer(required=True)
    pool = ma.fields.Integer(required=True)
    release_days = ma.fields.Integer(required=True)


class RemarkSchema(Schema):
    grade = ma.fields.Integer(required=True)
    tags = ma.fields.List(ma.fields.String(), required=True)
    comment = ma.fields.String(required=True, allow_none=True)


class ReleaseSchema(Schema):
    release_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency_name = ma.fields.String(required=True, allow_none=True)
    released_on = ma.fields.Date(required=True)
    grades = ma.fields.List(
        ma.fields.Integer(), required=True, metadata={"description": "how many of grade 1, 2, 3, 4, 5"}
    )
    remarks = ma.fields.List(ma.fields.Nested(RemarkSchema), required=True)


ReleasePageSchema = page_of(ReleaseSchema)
