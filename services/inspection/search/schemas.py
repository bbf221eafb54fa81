import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema


class SearchQuery(Schema):
    q = ma.fields.String(
        required=True,
        validate=validate.Length(2, 100),
        metadata={
            "description": "a part of the name, its pinyin in full or as initials, or the first digits of the USCC"
        },
    )
    limit = ma.fields.Integer(load_default=20, validate=validate.Range(1, 50))


class FoundPremisesSchema(ma.Schema):
    premises_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    address = ma.fields.String(required=True)


class FoundSchema(ma.Schema):
    enterprise_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    uscc = ma.fields.String(required=True)
    premises = ma.fields.List(ma.fields.Nested(FoundPremisesSchema), required=True)


class FoundListSchema(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(FoundSchema), required=True)
    more = ma.fields.Boolean(required=True, metadata={"description": "there are others: ask for more of it"})
