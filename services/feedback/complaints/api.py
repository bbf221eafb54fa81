"""An enterprise complains, and follows what becomes of it with its tracking number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from psycopg import Connection

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import open_to_all, principal, requires_enterprise
from services.chassis.schema import Page
from services.chassis.transaction import current_uow, idempotent, reading
from services.feedback.complaints import commands, queries, schemas, store, tracking
from services.feedback.complaints.commands import File, Take
from services.feedback.complaints.model import CATEGORIES, Complaint, Step
from services.feedback.complaints.workdays import note
from services.feedback.policy import rules_at

complaints = Blueprint("complaints", __name__, url_prefix="/api/feedback/v1", description="投诉")


@complaints.get("/complaint-categories")
@open_to_all("the words of the complaint form")
@complaints.response(200, schemas.CategoriesSchema)
def categories():
    """八个不得 and what else may be complained about."""
    return {"items": [{"code": code, "zh": text.zh, "en": text.en} for code, text in CATEGORIES.items()]}


@complaints.post("/complaints")
@requires_enterprise()
@idempotent
@complaints.arguments(schemas.FileSchema)
@complaints.response(201, schemas.FiledSchema)
def file_complaint(body: Mapping[str, Any]):
    """File a complaint. Its tracking number leads back to it."""
    now = clock.now()
    command = File(enterprise_id=_enterprise_id(), now=now, **body)
    return _shown(commands.file_complaint(command, rules_at(now), current_uow()))


@complaints.get("/complaints")
@requires_enterprise()
@complaints.arguments(Page, location="query")
@complaints.response(200, schemas.OwnLinePageSchema)
def list_own(page: Mapping[str, Any]):
    """One's own, the newest first, without their texts."""
    with reading() as connection:
        found = queries.own_lines(connection, _enterprise_id(), page["limit"] + 1, page["after"])
    items = found[: page["limit"]]
    following = items[-1].complaint_id if len(found) > len(items) else None
    shown = [asdict(line) | {"tracking_number": tracking.shown(line.tracking_number)} for line in items]
    return {"items": shown, "next": following}


@complaints.get("/complaints/<tracking_number>")
@requires_enterprise()
@complaints.response(200, schemas.OwnComplaintSchema)
def look_up(tracking_number: str):
    """How far the complaint is. The number may be typed in any case, with or without hyphens."""
    with reading() as connection:
        complaint = _own(connection, tracking_number)
        steps = store.steps(connection, complaint.complaint_id)
    return _shown(complaint) | {"steps": [asdict(step) for step in steps]}


@complaints.post("/complaints/<tracking_number>/reopen")
@requires_enterprise()
@idempotent
@complaints.arguments(schemas.ReopenSchema)
@complaints.response(200, schemas.FiledSchema)
def reopen(body: Mapping[str, Any], tracking_number: str):
    """Not content with the answer: the complaint is dealt with again, under a new deadline."""
    uow = current_uow()
    complaint = _own(uow.connection, tracking_number)
    command = Take(
        complaint_id=complaint.complaint_id,
        step=Step.REOPEN,
        now=(now := clock.now()),
        note=body["text"],
    )
    return _shown(commands.take_step(command, rules_at(now), uow))


def _own(connection: Connection[Any], typed: str) -> Complaint:
    """A number of another enterprise answers as one that does not exist. Raises NotFound."""
    number = tracking.parse(typed)
    complaint = store.by_tracking_number(connection, number) if number else None
    if complaint is None or complaint.enterprise_id != _enterprise_id():
        raise NotFound("complaint", typed)
    return complaint


def _shown(complaint: Complaint) -> dict[str, Any]:
    return asdict(complaint) | {
        "tracking_number": tracking.shown(complaint.tracking_number),
        "due_note": note(complaint.due_by_calendar)._asdict(),
    }


def _enterprise_id() -> UUID:
    return cast("UUID", principal().enterprise_id)
