import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema, TextSchema
from services.inspection.codes.typed import DIGITS

_UTC = {"metadata": {"description": "UTC"}}


class SlotQuery(Schema):
    minutes = ma.fields.Integer(
        load_default=10,
        validate=validate.Range(1, 720),
        metadata={"description": "how far ahead to sign, for phones that lose their signal"},
    )


class PictureQuery(Schema):
    printed = ma.fields.Boolean(
        load_default=False, metadata={"description": "more error correction, for paper"}
    )


class OrderCodeSchema(Schema):
    token = ma.fields.String(required=True)
    url = ma.fields.String(required=True)
    short_code = ma.fields.String(required=True)
    valid_from = ma.fields.AwareDateTime(required=True)
    valid_until = ma.fields.AwareDateTime(required=True)


class SlotSchema(Schema):
    token = ma.fields.String(required=True)
    url = ma.fields.String(required=True)
    starts = ma.fields.AwareDateTime(required=True, data_key="from", attribute="valid_from")
    until = ma.fields.AwareDateTime(required=True, attribute="valid_until")
    typed = ma.fields.String(
        required=True, metadata={"description": "to be typed with the certificate number: /credential-checks"}
    )


class TypedCredentialSchema(Schema):
    certificate_number = ma.fields.String(required=True, validate=validate.Length(1, 50))
    digits = ma.fields.String(
        required=True,
        validate=validate.Regexp(rf"[0-9]{{{DIGITS}}}\Z"),
        metadata={"description": "as they stand on the inspector's screen now"},
    )


class CredentialCodeSchema(Schema):
    inspector_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    certificate_number = ma.fields.String(required=True)
    agency = ma.fields.String(allow_none=True)
    server_time = ma.fields.AwareDateTime(required=True)
    slots = ma.fields.List(ma.fields.Nested(SlotSchema), required=True)


class PremisesCodeSchema(Schema):
    premises_id = ma.fields.UUID(required=True)
    url = ma.fields.String(required=True)
    short_code = ma.fields.String(required=True)


class CodeKeySchema(Schema):
    """RFC 8037."""

    kty = ma.fields.String(required=True)
    crv = ma.fields.String(required=True)
    alg = ma.fields.String(required=True)
    use = ma.fields.String(required=True)
    kid = ma.fields.String(required=True, metadata={"description": "the key number inside the codes"})
    x = ma.fields.String(required=True)


class CodeKeysSchema(Schema):
    keys = ma.fields.List(ma.fields.Nested(CodeKeySchema), required=True)


class RightsSchema(Schema):
    zh = ma.fields.List(ma.fields.String(), required=True)
    en = ma.fields.List(ma.fields.String(), required=True)


class PublicAgencySchema(Schema):
    agency_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    leads = ma.fields.Boolean(required=True)


class PublicItemSchema(Schema):
    item_id = ma.fields.UUID(required=True)
    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    legal_basis = ma.fields.String(required=True)
    agency_id = ma.fields.UUID(required=True)


class PublicOrderInspectorSchema(Schema):
    inspector_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    certificate_number = ma.fields.String(required=True)
    kind = ma.fields.String(required=True)
    agency = ma.fields.String(allow_none=True)
    valid = ma.fields.Boolean(required=True, metadata={"description": "the certificate is valid today"})


class PublicOrderSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    number = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "检查单号, as below the square; null when its square was never shown"},
    )
    state = ma.fields.String(required=True)
    trigger = ma.fields.String(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    issued_at = ma.fields.AwareDateTime(allow_none=True)
    notice_read_at = ma.fields.AwareDateTime(
        allow_none=True, metadata={"description": "when it was first confirmed: /codes/{code}/notice-reading"}
    )
    entered_at = ma.fields.AwareDateTime(allow_none=True)
    absorbed_into = ma.fields.UUID(allow_none=True)
    ratification = ma.fields.String(
        allow_none=True, metadata={"description": "the head's word on an urgent order (rule A6)"}
    )
    receipt_id = ma.fields.UUID(
        allow_none=True, metadata={"description": "of the visit, once they have left: /receipts/{id}"}
    )
    enterprise = ma.fields.String(required=True)
    premises = ma.fields.String(required=True)
    address = ma.fields.String(required=True)
    agencies = ma.fields.List(ma.fields.Nested(PublicAgencySchema), required=True)
    items = ma.fields.List(ma.fields.Nested(PublicItemSchema), required=True)
    inspectors = ma.fields.List(ma.fields.Nested(PublicOrderInspectorSchema), required=True)


class PublicVisitsSchema(Schema):
    agency = ma.fields.String(allow_none=True)
    domain = ma.fields.String(required=True)
    visits = ma.fields.Integer(required=True)
    cap = ma.fields.Integer(allow_none=True)


class BurdenSchema(Schema):
    year = ma.fields.Integer(required=True)
    visits = ma.fields.Integer(required=True)
    by_agency = ma.fields.List(ma.fields.Nested(PublicVisitsSchema), required=True)


class PublicInspectorSchema(Schema):
    inspector_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    certificate_number = ma.fields.String(required=True)
    kind = ma.fields.String(required=True)
    agency = ma.fields.String(allow_none=True)
    valid_until = ma.fields.Date(required=True)
    valid = ma.fields.Boolean(required=True)


class PublicPremisesSchema(Schema):
    name = ma.fields.String(required=True)
    address = ma.fields.String(required=True)
    enterprise = ma.fields.String(required=True)


class CodeCheckSchema(Schema):
    """`genuine`: issued here and unaltered. `valid`: genuine and good for an inspection right now;
    otherwise `reason` and `text` say why not."""

    kind = ma.fields.String(allow_none=True, validate=validate.OneOf(["order", "credential", "premises"]))
    genuine = ma.fields.Boolean(required=True)
    valid = ma.fields.Boolean(required=True)
    reason = ma.fields.String(required=True)
    text = ma.fields.Nested(TextSchema, required=True)
    valid_from = ma.fields.AwareDateTime(allow_none=True)
    valid_until = ma.fields.AwareDateTime(allow_none=True)
    order = ma.fields.Nested(PublicOrderSchema, allow_none=True)
    visits_this_year = ma.fields.Nested(BurdenSchema, allow_none=True)
    rights = ma.fields.Nested(RightsSchema, allow_none=True)
    inspector = ma.fields.Nested(PublicInspectorSchema, allow_none=True)
    premises = ma.fields.Nested(PublicPremisesSchema, allow_none=True)
