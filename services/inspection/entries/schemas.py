from datetime import UTC, datetime

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Schema, page_of
from services.inspection.entries.model import Why
from services.inspection.gate import RULES
from services.inspection.refusals.schemas import NamedRefusalSchema, RefusalsQuery

_SANE = validate.Range(datetime(1971, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_CLOCK = {"description": "the phone's clock, with its offset"}


class ArrivalSchema(Schema):
    order_id = ma.fields.UUID(required=True)
    premises_code = ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 500),
        metadata={"description": "what the scanner read from the gate plate, or the short code as typed"},
    )
    premises_id = ma.fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"description": "instead of `premises_code`, looked up where the plate cannot be read"},
    )
    searched_reason = ma.fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(2, 500),
        metadata={"description": "why it was looked up; the supervisor is told"},
    )
    inspectors = ma.fields.List(
        ma.fields.String(validate=validate.Length(1, 600)),
        load_default=list,
        validate=validate.Length(max=40),
        metadata={"description": "credential codes of colleagues, as scanned; your own login speaks for you"},
    )
    device_time = ma.fields.AwareDateTime(required=True, validate=_SANE, metadata=_CLOCK)
    device_id = ma.fields.String(required=True, validate=validate.Length(8, 64))
    latitude = ma.fields.Float(load_default=None, allow_none=True, validate=validate.Range(-90, 90))
    longitude = ma.fields.Float(load_default=None, allow_none=True, validate=validate.Range(-180, 180))
    accuracy = ma.fields.Float(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 1_000_000),
        metadata={"description": "metres"},
    )
    online = ma.fields.Boolean(
        load_default=True, metadata={"description": "false: filled in after the signal came back"}
    )
    offline_reason = ma.fields.String(load_default=None, allow_none=True, validate=validate.Length(2, 500))

    @ma.validates_schema
    def whole(self, data: dict[str, object], **_: object) -> None:
        if (data["latitude"] is None) != (data["longitude"] is None):
            raise ma.ValidationError("经纬度须同时给出 / latitude and longitude go together", "longitude")
        if bool(data["premises_code"]) == bool(data["premises_id"]):
            raise ma.ValidationError(
                "企业码和查到的场所须且只须给出一个 / give the premises code or the premises looked up, not both",
                "premises_code",
            )
        if bool(data["premises_id"]) != bool(data["searched_reason"]):
            raise ma.ValidationError(
                "凭查找入企须说明原因 / a reason is needed where the premises were looked up",
                "searched_reason",
            )
        if not data["online"] and not data["offline_reason"]:
            raise ma.ValidationError("补录须说明原因 / a reason is needed when offline", "offline_reason")


class LeaveSchema(Schema):
    device_time = ma.fields.AwareDateTime(load_default=None, allow_none=True, validate=_SANE, metadata=_CLOCK)
    online = ma.fields.Boolean(load_default=True)

    @ma.validates_schema
    def whole(self, data: dict[str, object], **_: object) -> None:
        if not data["online"] and data["device_time"] is None:
            raise ma.ValidationError("补录须有离开时间 / the time is needed when offline", "device_time")


class EntrySchema(Schema):
    """`entered_at` is the server's clock, or the phone's where `online` is false. `distance` in metres. `flags` are
    oddities noted for supervisors: distance, clock_skew, shared_device, two_places, no_position, searched, backfilled,
    late, after_refusal, over_cap."""

    entry_id = ma.fields.UUID(required=True)
    order_id = ma.fields.UUID(required=True)
    enterprise_id = ma.fields.UUID(required=True)
    premises_id = ma.fields.UUID(required=True)
    made_by = ma.fields.UUID(required=True)
    inspectors = ma.fields.List(ma.fields.UUID(), required=True)
    entered_at = ma.fields.AwareDateTime(required=True)
    device_time = ma.fields.AwareDateTime(required=True)
    received_at = ma.fields.AwareDateTime(required=True)
    latitude = ma.fields.Float(allow_none=True)
    longitude = ma.fields.Float(allow_none=True)
    accuracy = ma.fields.Float(allow_none=True)
    distance = ma.fields.Float(allow_none=True)
    online = ma.fields.Boolean(required=True)
    offline_reason = ma.fields.String(allow_none=True)
    searched_reason = ma.fields.String(
        allow_none=True, metadata={"description": "why the premises were looked up and not scanned"}
    )
    flags = ma.fields.List(ma.fields.String(), required=True)
    left_at = ma.fields.AwareDateTime(allow_none=True)
    receipt_id = ma.fields.UUID(
        allow_none=True, metadata={"description": "once they have left: /receipts/{receipt_id}"}
    )


class EntryRefusalsQuery(RefusalsQuery):
    rule = ma.fields.String(load_default=None, validate=validate.OneOf(list(RULES)))
    reason = ma.fields.String(load_default=None, validate=validate.OneOf(list(Why)))


class EntryRefusalSchema(NamedRefusalSchema):
    refusal_id = ma.fields.UUID(required=True)
    order_id = ma.fields.UUID(required=True)
    enterprise_id = ma.fields.UUID(required=True)
    premises_id = ma.fields.UUID(allow_none=True)
    agency_id = ma.fields.UUID(required=True)
    inspector_id = ma.fields.UUID(required=True)
    inspector = ma.fields.String(required=True, allow_none=True)
    certificate_number = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "masked", "example": "3213****002"}
    )
    rule = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    refused_at = ma.fields.AwareDateTime(required=True)
    last_at = ma.fields.AwareDateTime(required=True)
    times = ma.fields.Integer(required=True)


EntryRefusalPageSchema = page_of(EntryRefusalSchema)
