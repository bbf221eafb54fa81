"""换人 on the day: one inspector for another of the same agency, on the word of its head."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as changed
from uuid import UUID

from events.catalogue.inspection import InspectorReplaced
from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, Invalid, RuleBlocked, Text
from services.chassis.identity import Principal
from services.inspection.gate import Stage
from services.inspection.gate.errors import blocked, unjustified
from services.inspection.orders import scope, store
from services.inspection.orders.announce import announce
from services.inspection.orders.commands.outcome import Done
from services.inspection.orders.judgement import Judgement, Reasons, judge_order
from services.inspection.orders.model import Action, Content, Order, OrderInspector

OF_PEOPLE = frozenset({"A3", "A5", "F4"})
"""Rules that ask who goes. What else the gate says now was answered when the order was issued."""


@dataclass(frozen=True, kw_only=True)
class ReplaceInspector:
    order_id: UUID
    version: int | None
    replaced: UUID
    replacement: UUID
    reason: str
    reasons: Reasons


def replace_inspector(command: ReplaceInspector, uow: UnitOfWork, who: Principal) -> Done:
    """Of an issued order, before anyone entered. One command by the head, who hears of it by telephone: on the day
    there is no time for a request and an answer.

    Raises WrongState, StaleVersion, Forbidden, Invalid naming the field.
    """
    agency_id = scope.own_agency(who)
    order, before = scope.locked(uow, command.order_id, who, command.version)
    replaceable = order.after(Action.REPLACE)
    _check(command, uow, before, agency_id)
    store.replace_inspector(uow.connection, order.order_id, command.replaced, command.replacement)
    content = _with_replacement(before, command, agency_id)
    order, judgement = judge_order(uow, order, content, Stage.APPROVE, who, command.reasons)
    refusal = _refusal(order, judgement)
    if refusal:
        raise refusal
    order = announce(
        uow,
        changed(order, state=replaceable.state),
        InspectorReplaced,
        replaced=command.replaced,
        replacement=command.replacement,
        approved_by=who.account_id,
        inspectors=content.inspector_ids,
    )
    store.note_step(uow.connection, order, Action.REPLACE, who, command.reason)
    store.save(uow.connection, order)
    return Done(order)


def _check(command: ReplaceInspector, uow: UnitOfWork, before: Content, agency_id: UUID) -> None:
    employer = {inspector.inspector_id: inspector.agency_id for inspector in before.inspectors}
    if command.replaced not in employer:
        raise Invalid({"/replaced": "此人不在检查单上 / not on the order"})
    if employer[command.replaced] != agency_id:
        raise Forbidden(
            Text("只有其所在机关的负责人可以换人", "only the head of their own agency may replace them")
        )
    if command.replacement in employer:
        raise Invalid({"/replacement": "此人已在检查单上 / already on the order"})
    if store.employer_of(uow.connection, command.replacement) != agency_id:
        raise Invalid({"/replacement": "须为同一机关的执法人员 / must be an inspector of the same agency"})


def _with_replacement(before: Content, command: ReplaceInspector, agency_id: UUID) -> Content:
    stay = tuple(i for i in before.inspectors if i.inspector_id != command.replaced)
    return changed(before, inspectors=(*stay, OrderInspector(command.replacement, agency_id)))


def _refusal(order: Order, judgement: Judgement) -> RuleBlocked | None:
    stops = [finding for finding in judgement.blocks if finding.rule in OF_PEOPLE]
    if stops:
        return blocked(stops, version=order.version)
    asked = [finding for finding in judgement.unanswered if finding.rule in OF_PEOPLE]
    return unjustified(asked, version=order.version) if asked else None
