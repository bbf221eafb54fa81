"""File a complaint and take it along its way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from events.catalogue.feedback import ComplaintFiled, ComplaintMoved
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound, StaleVersion
from services.chassis.ids import new_id
from services.feedback.complaints import store, tracking
from services.feedback.complaints.model import Category, Complaint, State, Step, after
from services.feedback.complaints.store import Taken
from services.feedback.complaints.workdays import Deadline, deadline
from services.feedback.policy import Rules
from services.feedback.visits import store as visits

Moved = Literal["assigned", "handling", "answered", "followed_up", "reopened"]


@dataclass(frozen=True, kw_only=True)
class File:
    enterprise_id: UUID
    category: Category
    text: str
    order_id: UUID | None
    agency_id: UUID | None
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Take:
    """One step. `account_id` is None when the enterprise takes it; `version` is the one the caller has read,
    None where it need not have read any."""

    complaint_id: UUID
    step: Step
    now: datetime
    note: str | None = None
    account_id: UUID | None = None
    version: int | None = None


def file_complaint(command: File, rules: Rules, uow: UnitOfWork) -> Complaint:
    """Raises Invalid for a visit that was not made to this enterprise, or an agency nobody knows."""
    agency_id = _named_agency(command, uow)
    due = _due(agency_id, command.enterprise_id, rules, uow)
    complaint = Complaint(
        complaint_id=new_id(),
        version=1,
        tracking_number=tracking.new(),
        enterprise_id=command.enterprise_id,
        agency_id=agency_id,
        order_id=command.order_id,
        category=command.category,
        text=command.text,
        state=State.FILED,
        filed_at=command.now,
        due_on=due.due_on,
        due_by_calendar=due.by_calendar,
    )
    store.insert(uow.connection, complaint)
    _note(complaint, uow, at=command.now)
    uow.emit(
        ComplaintFiled(
            complaint_id=complaint.complaint_id,
            version=complaint.version,
            enterprise_id=complaint.enterprise_id,
            agency_id=complaint.agency_id,
            order_id=complaint.order_id,
            category=complaint.category.value,
            due_on=complaint.due_on,
        )
    )
    return complaint


def _named_agency(command: File, uow: UnitOfWork) -> UUID | None:
    if command.order_id:
        visit = visits.of_enterprise(uow.connection, command.enterprise_id, command.order_id)
        if visit is None:
            raise Invalid({"/order_id": "不是本企业的检查单 · not an order for this enterprise"})
        return command.agency_id or visit.agency_id
    if command.agency_id and not store.agency_known(uow.connection, command.agency_id):
        raise Invalid({"/agency_id": "没有这个检查主体 · no such agency"})
    return command.agency_id


def _due(agency_id: UUID | None, enterprise_id: UUID, rules: Rules, uow: UnitOfWork) -> Deadline:
    """By the days and the figure of the place that has to answer."""
    local = rules(store.area_of(uow.connection, agency_id, enterprise_id))
    return deadline(local.today, local.complaint_workdays)


def take_step(command: Take, rules: Rules, uow: UnitOfWork) -> Complaint:
    """Raises NotFound, StaleVersion, WrongState."""
    complaint = store.lock(uow.connection, command.complaint_id)
    if complaint is None:
        raise NotFound("complaint", command.complaint_id)
    if command.version is not None and command.version != complaint.version:
        raise StaleVersion(command.version, complaint.version)
    moved = _moved(complaint, command, rules, uow)
    store.update(uow.connection, moved)
    _note(moved, uow, at=command.now, account_id=command.account_id, note=command.note)
    uow.emit(
        ComplaintMoved(
            complaint_id=moved.complaint_id,
            version=moved.version,
            enterprise_id=moved.enterprise_id,
            state=cast("Moved", moved.state.value),
            due_on=moved.due_on,
        )
    )
    return moved


def _moved(complaint: Complaint, command: Take, rules: Rules, uow: UnitOfWork) -> Complaint:
    moved = replace(complaint, version=complaint.version + 1, state=after(command.step, complaint.state))
    if command.step is Step.ANSWER:
        return replace(moved, answer=command.note)
    if command.step is Step.REOPEN:
        due = _due(complaint.agency_id, complaint.enterprise_id, rules, uow)
        return replace(moved, reopened=moved.reopened + 1, due_on=due.due_on, due_by_calendar=due.by_calendar)
    return moved


def _note(
    complaint: Complaint,
    uow: UnitOfWork,
    *,
    at: datetime,
    account_id: UUID | None = None,
    note: str | None = None,
) -> None:
    step = Taken(
        complaint_id=complaint.complaint_id,
        version=complaint.version,
        state=complaint.state,
        at=at,
        account_id=account_id,
        note=note,
    )
    store.insert_step(uow.connection, step)
