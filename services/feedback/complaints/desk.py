"""The coordinators' desk for complaints. No other role enters: agencies and inspectors never learn who
complained about them (rule V2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, reading, required_version, transactional
from services.feedback.complaints import commands, queries, schemas, store
from services.feedback.complaints.commands import Take
from services.feedback.complaints.model import Complaint, State, Step, allowed
from services.feedback.complaints.workdays import note as due_note
from services.feedback.policy import rules_at

desk = Blueprint("complaint-desk", __name__, url_prefix="/api/feedback/v1/desk", description="投诉办理")


@desk.get("/complaints")
@requires(Permission.COMPLAINT_HANDLE)
@desk.arguments(schemas.LinesQuery, location="query")
@desk.response(200, schemas.LinePageSchema)
def list_complaints(query: Mapping[str, Any]):
    """By deadline, without their texts."""
    states = [state.value for state in query["state"] or State]
    with reading() as connection:
        found = queries.lines(connection, states, query["limit"] + 1, query["after"])
    items = found[: query["limit"]]
    return {"items": items, "next": items[-1].complaint_id if len(found) > len(items) else None}


@desk.get("/complaints/<uuid:complaint_id>")
@requires(Permission.COMPLAINT_HANDLE)
@desk.response(200, schemas.ComplaintSchema)
def get_complaint(complaint_id: UUID):
    with reading() as connection:
        complaint = store.by_id(connection, complaint_id)
        if complaint is None:
            raise NotFound("complaint", complaint_id)
        return _answer(connection, complaint)


@desk.post("/complaints/<uuid:complaint_id>/assign")
@requires(Permission.COMPLAINT_HANDLE)
@transactional
@desk.arguments(schemas.NoteSchema)
@desk.response(200, schemas.ComplaintSchema)
def assign(body: Mapping[str, Any], complaint_id: UUID):
    """交办. Needs If-Match."""
    return _take(Step.ASSIGN, complaint_id, body["note"])


@desk.post("/complaints/<uuid:complaint_id>/handle")
@requires(Permission.COMPLAINT_HANDLE)
@transactional
@desk.arguments(schemas.NoteSchema)
@desk.response(200, schemas.ComplaintSchema)
def handle(body: Mapping[str, Any], complaint_id: UUID):
    """办理. Needs If-Match."""
    return _take(Step.HANDLE, complaint_id, body["note"])


@desk.post("/complaints/<uuid:complaint_id>/answer")
@requires(Permission.COMPLAINT_HANDLE)
@transactional
@desk.arguments(schemas.AnswerSchema)
@desk.response(200, schemas.ComplaintSchema)
def answer(body: Mapping[str, Any], complaint_id: UUID):
    """回复: the enterprise reads it under its tracking number. Needs If-Match."""
    return _take(Step.ANSWER, complaint_id, body["answer"])


@desk.post("/complaints/<uuid:complaint_id>/follow-up")
@requires(Permission.COMPLAINT_HANDLE)
@transactional
@desk.arguments(schemas.NoteSchema)
@desk.response(200, schemas.ComplaintSchema)
def follow_up(body: Mapping[str, Any], complaint_id: UUID):
    """回访. Needs If-Match."""
    return _take(Step.FOLLOW_UP, complaint_id, body["note"])


@desk.post("/complaints/<uuid:complaint_id>/reopen")
@requires(Permission.COMPLAINT_HANDLE)
@transactional
@desk.arguments(schemas.NoteSchema)
@desk.response(200, schemas.ComplaintSchema)
def reopen(body: Mapping[str, Any], complaint_id: UUID):
    """When the return visit finds that nothing was settled. Needs If-Match."""
    return _take(Step.REOPEN, complaint_id, body["note"])


def _take(step: Step, complaint_id: UUID, note: str | None):
    uow = current_uow()
    now = clock.now()
    command = Take(
        complaint_id=complaint_id,
        step=step,
        now=now,
        note=note,
        account_id=principal().account_id,
        version=required_version(),
    )
    return _answer(uow.connection, commands.take_step(command, rules_at(now), uow))


def _answer(connection: Connection[Any], complaint: Complaint):
    steps = [asdict(step) for step in store.steps(connection, complaint.complaint_id)]
    document = asdict(complaint) | {
        **store.names_of(connection, complaint.agency_id, complaint.enterprise_id),
        "steps": steps,
        "allowed": allowed(complaint.state),
        "due_note": due_note(complaint.due_by_calendar)._asdict(),
    }
    return document, 200, {"ETag": f'"{complaint.version}"'}
