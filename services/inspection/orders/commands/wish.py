"""What an agency wants to check: the words of a draft, and whether they point at anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from psycopg import Connection

from events.catalogue.inspection import Trigger
from services.chassis import clock
from services.chassis.errors import Invalid
from services.chassis.policy import city_day, policies
from services.inspection.gate.facts import Proposal, Registered
from services.inspection.gate.reader import governing, read_registered
from services.inspection.orders.commands import needs
from services.inspection.orders.model import (
    LONGEST_WINDOW_DAYS,
    Considered,
    Content,
    OrderInspector,
    OrderItem,
)

C = Connection[Any]
FURTHEST_AHEAD = timedelta(days=730)


@dataclass(frozen=True, kw_only=True)
class Draft:
    enterprise_id: UUID
    premises_id: UUID
    items: tuple[UUID, ...]
    inspectors: tuple[UUID, ...]
    starts_on: date
    ends_on: date
    trigger: Trigger
    clue: str | None
    on_site_reason: str
    considered: tuple[Considered, ...] = ()
    campaign_id: UUID | None = None
    draw_id: UUID | None = None
    recheck_of: UUID | None = None
    assistance_letter: str | None = None


def content_of(command: Draft, connection: C, agency_id: UUID) -> Content:
    """The draft's items and inspectors with whose they are. Raises Invalid naming every wrong field."""
    proposal = proposed(command, agency_id)
    known = read_registered(connection, proposal)
    now = clock.now()
    today = city_day(governing(proposal, known, policies(), now), now)
    employer_of = {inspector.inspector_id: inspector.agency_id for inspector in known.inspectors}
    unmet = needs.unmet(command, agency_id, employer_of, connection)
    wrong = unmet | _unknown(command, known) | _wrong_window(command, today)
    if wrong:
        raise Invalid(wrong)
    domain_of = {item.item_id: item.domain for item in known.items}
    return Content(
        items=tuple(OrderItem(item, agency_id, domain_of[item]) for item in command.items),
        inspectors=tuple(OrderInspector(i, employer_of[i]) for i in command.inspectors),
        agencies=(agency_id,),
        approvals=(),
    )


def proposed(command: Draft, agency_id: UUID, order_id: UUID | None = None) -> Proposal:
    """The draft as the gate sees it before there is an order."""
    return Proposal(
        order_id=order_id,
        agency_id=agency_id,
        agencies=(agency_id,),
        enterprise_id=command.enterprise_id,
        premises_id=command.premises_id,
        items=tuple((item, agency_id) for item in command.items),
        inspectors=command.inspectors,
        trigger=command.trigger,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        campaign_id=command.campaign_id,
        draw_id=command.draw_id,
        on_site_reason=command.on_site_reason,
        considered=command.considered,
        assistance_letter=command.assistance_letter,
    )


def _unknown(command: Draft, known: Registered) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if known.enterprise is None or not known.enterprise.active:
        wrong["/enterprise_id"] = "没有这家在营企业 / no such active enterprise"
    place = known.premises
    if place is None or place.enterprise_id != command.enterprise_id or not place.active:
        wrong["/premises_id"] = "不是该企业的经营场所 / not premises of this enterprise"
    items = {item.item_id for item in known.items}
    inspectors = {inspector.inspector_id for inspector in known.inspectors}
    for number, item in enumerate(command.items):
        if item not in items:
            wrong[f"/items/{number}"] = "没有这个检查事项 / no such item"
    for number, inspector in enumerate(command.inspectors):
        if inspector not in inspectors:
            wrong[f"/inspectors/{number}"] = "没有这名执法人员 / no such inspector"
    return wrong


def _wrong_window(command: Draft, today: date) -> dict[str, str]:
    if command.starts_on < today:
        return {"/starts_on": f"不能早于今天 {today} / not before today"}
    if command.starts_on > today + FURTHEST_AHEAD:
        return {"/starts_on": "不能晚于两年之后 / not more than two years ahead"}
    if not timedelta(0) <= command.ends_on - command.starts_on <= timedelta(days=LONGEST_WINDOW_DAYS):
        return {
            "/ends_on": f"应在开始之后 {LONGEST_WINDOW_DAYS} 天内 / within {LONGEST_WINDOW_DAYS} days of the start"
        }
    return {}
