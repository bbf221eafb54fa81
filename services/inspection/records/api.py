"""检查笔录 and 检查结果告知 of one order."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask.typing import ResponseReturnValue
from psycopg import Connection

from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires
from services.chassis.problem import problem
from services.chassis.transaction import (
    current_uow,
    idempotent,
    offered_version,
    reading,
    versioned,
)
from services.inspection.records import commands, schemas, store
from services.inspection.records.commands import MakeRecord
from services.inspection.records.model import Answer, Conclude, Signature

blueprint = Blueprint(
    "records", __name__, url_prefix="/api/inspection/v1/orders", description="检查笔录与结果"
)


@blueprint.get("/<uuid:order_id>/checklist")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.LockedChecklistSchema)
def show_checklist(order_id: UUID) -> ResponseReturnValue:
    """The questions of the versions that were locked at issue; empty before."""
    with reading() as connection:
        _see(connection, order_id)
        return cast("ResponseReturnValue", {"items": store.checklist(connection, order_id)})


@blueprint.get("/<uuid:order_id>/record")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.RecordSchema)
def show_record(order_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        _see(connection, order_id)
        record = store.record(connection, order_id)
    if record is None:
        raise NotFound("record", order_id)
    return cast("ResponseReturnValue", record)


@blueprint.put("/<uuid:order_id>/record")
@requires(Permission.RECORD_MAKE)
@versioned()
@idempotent
@blueprint.arguments(schemas.MakeRecordSchema)
@blueprint.response(200, schemas.RecordSchema)
@blueprint.alt_response(
    409,
    description="`rule_blocked`: an answer is not on the locked checklist (R1), or the record is neither signed nor its "
    "refusal witnessed (R2). Kept with the order.",
)
def make_record(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """Record what was found, every question once. If-Match is heeded where given: a phone without signal cannot
    know the version. Sending the same record again is safe; a record does not change once it is signed."""
    command = MakeRecord(
        order_id=order_id,
        version=offered_version(),
        statement=body["statement"],
        signature=_signature(body),
        answers=tuple(Answer(**answer) for answer in body["answers"]),
    )
    done = commands.make_record(command, current_uow(), principal())
    if done.refusal:
        return problem(done.refusal)
    return cast("ResponseReturnValue", (done.record, 200, {"ETag": f'"{done.order.version}"'}))


@blueprint.post("/<uuid:order_id>/conclusion")
@requires(Permission.RECORD_MAKE)
@versioned()
@idempotent
@blueprint.arguments(schemas.ConcludeSchema)
@blueprint.response(200, schemas.ConclusionSchema)
@blueprint.alt_response(
    409, description="`rule_blocked`: without a deadline (R4), or the head's word (A6). Kept with the order."
)
def conclude(body: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """Tell the result. `no_problem` and `reminder` close the order, `order_rectification` needs a deadline. Under an
    urgent order that its head has not ratified, nothing may be ordered or referred (rule A6)."""
    command = Conclude(order_id=order_id, version=offered_version(), **body)
    done = commands.conclude(command, current_uow(), principal())
    if done.refusal:
        return problem(done.refusal)
    return cast("ResponseReturnValue", (done.order, 200, {"ETag": f'"{done.order.version}"'}))


def _see(connection: Connection[Any], order_id: UUID) -> None:
    asking = principal()
    if not store.sees(connection, order_id, agency_id=asking.agency_id, sees_all=asking.sees_all):
        raise NotFound("order", order_id)


def _signature(body: dict[str, Any]) -> Signature:
    refusal = body["refusal"] or {}
    return Signature(
        signed_by=body["signed_by"], refusal_reason=refusal.get("reason"), witness=refusal.get("witness")
    )
