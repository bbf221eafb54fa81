"""What may be sent and what comes back."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.schema import Page, Schema, once_each, page_of, words
from services.inspection.joint.proposals.model import ProposalState
from services.inspection.joint.proposals.offer import Offer
from services.inspection.joint.proposals.propose import Propose
from services.inspection.orders.model import TRIGGERS, State
from services.inspection.orders.schemas import ReasonSchema, ReasonsSchema

MOST_ORDERS = 12
_ANSWERS = ["accepted", "countered", "declined"]


def _doc(description: str) -> dict[str, str]:
    return {"description": description}


class OfferSchema(ReasonsSchema):
    lead_agency_id = ma.fields.UUID(
        load_default=None,
        allow_none=True,
        metadata=_doc("Left out: the industry department, or who was first"),
    )
    starts_on = ma.fields.Date(
        load_default=None, allow_none=True, metadata=_doc("Left out: the first day that all windows share")
    )
    ends_on = ma.fields.Date(load_default=None, allow_none=True)
    inspectors = ma.fields.List(
        ma.fields.UUID(),
        load_default=None,
        allow_none=True,
        validate=[validate.Length(1, 60), once_each],
        metadata=_doc("Who comes, of all that the orders name; left out: everyone"),
    )
    headcount = ma.fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, 60),
        metadata=_doc("Instead of naming them: how many come, each agency in turn (rule J4)"),
    )
    note = ma.fields.String(load_default="", validate=validate.Length(0, 500))

    @staticmethod
    def _offer(data: dict[str, Any]) -> Offer:
        if data["inspectors"] is not None:
            data["inspectors"] = tuple(data["inspectors"])
        return Offer(**data)

    @ma.validates_schema
    def _one_way(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("inspectors") and data.get("headcount"):
            raise ma.ValidationError(
                "写了人员就不必写人数 / name the people or say how many, not both", "headcount"
            )


class ProposeSchema(OfferSchema):
    orders = ma.fields.List(
        ma.fields.UUID(),
        required=True,
        validate=[validate.Length(2, MOST_ORDERS), once_each],
        metadata=_doc("Of one premises, of at least two agencies"),
    )

    @ma.post_load
    def command(self, data: dict[str, Any], **_: Any) -> Propose:
        orders = tuple(data.pop("orders"))
        return Propose(orders=orders, offer=self._offer(data))


class _RoundSchema(Schema):
    round = ma.fields.Integer(
        required=True,
        validate=validate.Range(1, 10_000),
        metadata=_doc("Of the terms that were read: no others are answered"),
    )


class AcceptSchema(ReasonsSchema, _RoundSchema):
    pass


class CounterSchema(OfferSchema, ReasonSchema, _RoundSchema):
    """What is left out is worked out anew from the orders."""

    @ma.post_load
    def command(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        kept = {name: data.pop(name) for name in ("round", "reason")}
        return kept | {"offer": self._offer(data)}


class WithdrawSchema(Schema):
    reason = words("Stored with the proposal", required=False)


class DecideSchema(ReasonsSchema, ReasonSchema):
    decision = ma.fields.String(required=True, validate=validate.OneOf(["join", "dismiss"]))


class ProposalsQuery(Page):
    state = ma.fields.String(load_default=None, validate=validate.OneOf(list(ProposalState)))
    enterprise_id = ma.fields.UUID(load_default=None)
    order_id = ma.fields.UUID(load_default=None)
    waiting = ma.fields.Boolean(
        load_default=False, metadata=_doc("Only those that wait for one's own agency; a coordinator: for any")
    )


class ProposedOrderSchema(ma.Schema):
    order_id = ma.fields.UUID(required=True)
    agency_id = ma.fields.UUID(required=True)
    agency = ma.fields.String(required=True, allow_none=True)
    state = ma.fields.String(required=True, validate=validate.OneOf(list(State)))
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    trigger = ma.fields.String(required=True, validate=validate.OneOf(TRIGGERS))
    items = ma.fields.List(ma.fields.String(), required=True)
    inspectors = ma.fields.Integer(required=True)
    moved_on = ma.fields.Boolean(required=True, metadata=_doc("Changed since, or can no longer be joined"))


class JoinAgencySchema(ma.Schema):
    agency_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True, allow_none=True)
    answer = ma.fields.String(required=True, allow_none=True, validate=validate.OneOf(_ANSWERS))
    reason = ma.fields.String(required=True, allow_none=True)
    answered_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class JoinPersonSchema(ma.Schema):
    inspector_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True, allow_none=True)
    agency_id = ma.fields.UUID(required=True, allow_none=True)


class JoinTermsSchema(ma.Schema):
    round = ma.fields.Integer(required=True)
    lead_agency_id = ma.fields.UUID(required=True)
    lead = ma.fields.String(required=True, allow_none=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    headcount = ma.fields.Integer(required=True)
    inspectors = ma.fields.List(ma.fields.Nested(JoinPersonSchema), required=True)
    note = ma.fields.String(required=True)
    reasons = ma.fields.Dict(required=True)
    agency_id = ma.fields.UUID(required=True, allow_none=True, metadata=_doc("null: a coordinator's"))
    offered_at = ma.fields.AwareDateTime(required=True)


class JoinAnswerSchema(ma.Schema):
    round = ma.fields.Integer(required=True)
    agency_id = ma.fields.UUID(required=True)
    answer = ma.fields.String(required=True, validate=validate.OneOf(_ANSWERS))
    reason = ma.fields.String(required=True)
    answered_at = ma.fields.AwareDateTime(required=True)


class JoinProposalSchema(ma.Schema):
    proposal_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True, metadata=_doc("Also the ETag; it moves with every answer"))
    round = ma.fields.Integer(required=True, metadata=_doc("Of the terms that stand"))
    state = ma.fields.String(required=True, validate=validate.OneOf(list(ProposalState)))
    enterprise_id = ma.fields.UUID(required=True)
    enterprise = ma.fields.String(required=True, allow_none=True)
    premises_id = ma.fields.UUID(required=True)
    address = ma.fields.String(required=True, allow_none=True)
    proposed_by_agency_id = ma.fields.UUID(
        required=True, allow_none=True, metadata=_doc("null: a coordinator proposed it")
    )
    proposed_at = ma.fields.AwareDateTime(required=True)
    settled_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    by_coordinator = ma.fields.Boolean(required=True)
    reason = ma.fields.String(required=True, allow_none=True)
    joint_order_id = ma.fields.UUID(required=True, allow_none=True)
    orders = ma.fields.List(ma.fields.Nested(ProposedOrderSchema), required=True)
    agencies = ma.fields.List(ma.fields.Nested(JoinAgencySchema), required=True)
    terms = ma.fields.List(
        ma.fields.Nested(JoinTermsSchema), required=True, metadata=_doc("The newest first")
    )
    answers = ma.fields.List(ma.fields.Nested(JoinAnswerSchema), required=True)


JoinProposalPageSchema = page_of(JoinProposalSchema)
