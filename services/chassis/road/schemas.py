from __future__ import annotations

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, page_of

STATES = ("open", "requested", "resolved")


class RelaySchema(Schema):
    waiting = ma.fields.Integer(required=True, metadata={"description": "counted up to 10,000"})
    oldest_seconds = ma.fields.Float(required=True)
    refused = ma.fields.Integer(required=True, metadata={"description": "events that the road does not take"})


class LoopSchema(Schema):
    worker = ma.fields.String(required=True, metadata={"description": "host:pid"})
    name = ma.fields.String(required=True)
    turns = ma.fields.Boolean(
        required=True, metadata={"description": "alive, and heard of in the last minute"}
    )
    waiting = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "records before it"})
    told_at = ma.fields.AwareDateTime(required=True)
    silent_seconds = ma.fields.Float(required=True)


class ConsumerGroupSchema(Schema):
    name = ma.fields.String(required=True)
    parked = ma.fields.Integer(required=True, metadata={"description": "waiting for an earlier event"})
    open = ma.fields.Integer(required=True, metadata={"description": "dead letters"})
    requested = ma.fields.Integer(required=True, metadata={"description": "about to be applied again"})
    failures = ma.fields.Integer(required=True, metadata={"description": "in a row, the last ones"})


class RoadSchema(Schema):
    service = ma.fields.String(required=True)
    relay = ma.fields.Nested(RelaySchema, required=True)
    loops = ma.fields.List(ma.fields.Nested(LoopSchema), required=True)
    groups = ma.fields.List(ma.fields.Nested(ConsumerGroupSchema), required=True)


class LettersQuery(Page):
    state = ma.fields.String(load_default="open", validate=validate.OneOf(STATES))
    consumer = ma.fields.String(load_default=None, validate=validate.Length(1, 100))


class DeadLetterSchema(Schema):
    id = ma.fields.UUID(required=True)
    consumer = ma.fields.String(required=True)
    state = ma.fields.String(required=True, validate=validate.OneOf(STATES))
    topic = ma.fields.String(required=True)
    partition = ma.fields.Integer(required=True)
    offset = ma.fields.Integer(required=True)
    event_id = ma.fields.UUID(required=True, allow_none=True)
    type = ma.fields.String(required=True, allow_none=True)
    subject = ma.fields.String(required=True, allow_none=True)
    correlation_id = ma.fields.String(required=True, allow_none=True)
    error = ma.fields.String(required=True)
    attempts = ma.fields.Integer(required=True)
    replays = ma.fields.Integer(required=True)
    first_failed_at = ma.fields.AwareDateTime(required=True)
    last_failed_at = ma.fields.AwareDateTime(required=True)
    resolved_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class WholeLetterSchema(DeadLetterSchema):
    content = ma.fields.String(required=True, metadata={"description": "what came, as text"})


class RedriveSchema(Schema):
    consumer = ma.fields.String(required=True, validate=validate.Length(1, 100))


class RedrivenSchema(Schema):
    letters = ma.fields.Integer(required=True, metadata={"description": "how many are applied again"})


LetterPage = page_of(DeadLetterSchema)
