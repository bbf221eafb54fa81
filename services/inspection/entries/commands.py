from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from psycopg.types.json import Jsonb

from events.catalogue.inspection import EntryMade, EntryRefused, VisitLeft
from services.chassis.codes import Keyring, short
from services.chassis.codes.link import code_in
from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, NotFound, Text
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.chassis.policy import policies
from services.inspection.codes.model import PREMISES_PREFIX
from services.inspection.entries import late, store, urgent
from services.inspection.entries.credentials import read_shown
from services.inspection.entries.errors import EntryRefusedProblem
from services.inspection.entries.facts import EntryFacts
from services.inspection.entries.model import FREQUENT, Arrival, Entry, Refusal, Why
from services.inspection.gate import Finding, Outcome, Stage, judge
from services.inspection.gate.case import profile_of
from services.inspection.gate.errors import shown as shown_findings
from services.inspection.orders import store as orders
from services.inspection.orders.announce import announce
from services.inspection.orders.locks import lock_order
from services.inspection.orders.model import Order
from services.inspection.receipts import commands as receipts


@dataclass(frozen=True)
class Entered:
    """`fresh` is False for the phone that came second: it gets the entry that is there."""

    entry: Entry
    findings: Sequence[Finding]
    fresh: bool


def enter(
    arrival: Arrival, keyring: Keyring, uow: UnitOfWork, who: Principal
) -> Entered | EntryRefusedProblem:
    """Enter, or store why not: a refusal is returned and not raised, so that it is committed.

    Raises NotFound for an order that does not exist.
    """
    facts = _facts(arrival, keyring, uow)
    findings = judge(facts, Stage.ENTRY)
    blocks = [finding for finding in findings if finding.outcome is Outcome.BLOCK]
    if not blocks and facts.comes_first:
        facts, blocks = urgent.admit(facts, uow, who)
    if not blocks and facts.comes_late:
        findings += late.take_place(facts, uow, who)
    if not blocks:
        return Entered(_make(facts, findings, uow), findings, fresh=True)
    earlier = _earlier(facts, blocks, uow)
    return Entered(earlier, (), fresh=False) if earlier else _refuse(facts, blocks, uow)


def _facts(arrival: Arrival, keyring: Keyring, uow: UnitOfWork) -> EntryFacts:
    shown = read_shown(arrival, keyring)
    known = store.read_known(uow.connection, arrival, _plate(arrival.premises_code), shown.inspectors)
    if known is None:
        raise NotFound("order", arrival.order_id)
    profile = policies().governing(known.area_code, arrival.received_at)
    return EntryFacts(profile=profile, arrival=arrival, shown=shown, known=known)


def _plate(scanned: str) -> str:
    """The short code in a plate's link, with or without its P, or as it was typed."""
    code = short.plain(code_in(scanned))
    return code.removeprefix(PREMISES_PREFIX) if len(code) == short.LENGTH + 2 else code


def _make(facts: EntryFacts, findings: Sequence[Finding], uow: UnitOfWork) -> Entry:
    known, arrival = facts.known, facts.arrival
    entry = _entry(facts, findings)
    version = known.version + 1
    moved = {
        "version": version,
        "ratify_by": facts.ratify_by,
        "conclude_by": facts.conclude_by,
        "step_id": new_id(),
        "by": arrival.account_id,
        "name": arrival.account_name,
    }
    uow.at_commit(lambda connection: store.write_entry(connection, entry, moved))
    uow.emit(
        EntryMade(
            order_id=known.order_id,
            version=version,
            enterprise_id=known.enterprise_id,
            premises_id=known.premises_id,
            agency_id=known.agency_id,
            entry_id=entry.entry_id,
            inspectors=entry.inspectors,
            agencies=known.agencies,
            entered_at=entry.entered_at,
            device_time=entry.device_time,
            online=entry.online,
            flags=entry.flags,
            ratify_by=facts.ratify_by,
            counted_for=facts.counted_for,
        )
    )
    return entry


def _entry(facts: EntryFacts, findings: Sequence[Finding]) -> Entry:
    known, arrival, position = facts.known, facts.arrival, facts.arrival.position
    return Entry(
        entry_id=new_id(),
        order_id=known.order_id,
        enterprise_id=known.enterprise_id,
        premises_id=known.premises_id,
        made_by=arrival.made_by,
        inspectors=tuple(person.inspector_id for person in known.present),
        entered_at=arrival.at,
        device_time=arrival.device_time,
        received_at=arrival.received_at,
        device_id=arrival.device_id,
        latitude=position and position.latitude,
        longitude=position and position.longitude,
        accuracy=position and position.accuracy,
        distance=facts.distance,
        online=arrival.online,
        offline_reason=arrival.offline_reason,
        searched_reason=arrival.searched_reason,
        flags=tuple(dict.fromkeys(_about(finding) for finding in findings)),
    )


def _earlier(facts: EntryFacts, blocks: Sequence[Finding], uow: UnitOfWork) -> Entry | None:
    """The entry another phone made for the same visit, when nothing but that stands in the way."""
    if [_about(finding) for finding in blocks] != [Why.NOT_ISSUED]:
        return None
    return store.entry_of_order(uow.connection, facts.known.order_id)


def _refuse(facts: EntryFacts, blocks: Sequence[Finding], uow: UnitOfWork) -> EntryRefusedProblem:
    """Always kept. The same again within the hour is counted, and told by the first of them."""
    first, findings = _first(blocks), shown_findings(blocks)
    refusal = store.keep_refusal(
        uow.connection, _refusal(facts, first), _said(blocks), facts.arrival, Jsonb(findings)
    )
    if refusal.times == 1:
        uow.emit(_told(refusal))
    return EntryRefusedProblem(
        first.explanation,
        remedy=first.remedy,
        rule=refusal.rule,
        reason=refusal.reason,
        refusal_id=refusal.refusal_id,
        times=refusal.times,
        findings=findings,
    )


def _said(blocks: Sequence[Finding]) -> str:
    """Rule by rule, without whom or what it was said of: who shows ten codes in turn makes no ten rows."""
    return " ".join(sorted({f"{block.rule}:{_about(block)}" for block in blocks}))


def _told(refusal: Refusal) -> EntryRefused:
    return EntryRefused(
        refusal_id=refusal.refusal_id,
        version=1,
        enterprise_id=refusal.enterprise_id,
        premises_id=refusal.premises_id,
        order_id=refusal.order_id,
        agency_id=refusal.agency_id,
        inspector_id=refusal.inspector_id,
        rule=refusal.rule,
        reason=refusal.reason,
        refused_at=refusal.refused_at,
    )


def _refusal(facts: EntryFacts, first: Finding) -> Refusal:
    """Kept under the enterprise at whose door it happened, where the plate told that."""
    known = facts.known
    return Refusal(
        refusal_id=new_id(),
        order_id=known.order_id,
        enterprise_id=known.scanned.enterprise_id if known.scanned else known.enterprise_id,
        premises_id=known.scanned and known.scanned.premises_id,
        agency_id=known.agency_id,
        inspector_id=facts.arrival.made_by,
        rule=first.rule,
        reason=_about(first),
        refused_at=facts.arrival.received_at,
        last_at=facts.arrival.received_at,
    )


def _first(blocks: Sequence[Finding]) -> Finding:
    order = list(Why)
    return min(blocks, key=lambda finding: order.index(Why(_about(finding))))


def _about(finding: Finding) -> str:
    """`not_on_order` of the key `E1:not_on_order:<inspector>`. Keys of the rules that judge a draft name things."""
    about = finding.key.split(":")[1]
    return about if finding.rule.startswith("E") or about in _AT_THE_DOOR else Why.RULE_BLOCKED


_AT_THE_DOOR = frozenset({*Why, FREQUENT, late.OVER_CAP})


@dataclass(frozen=True)
class Leave:
    """`device_time` counts only when there was no signal, and is there then."""

    entry_id: UUID
    inspector_id: UUID
    received_at: datetime
    device_time: datetime | None
    online: bool


def leave(command: Leave, keyring: Keyring, uow: UnitOfWork) -> Entry:
    """Scan out; both sides keep a receipt. A second leave changes nothing.

    Raises NotFound, Forbidden for one who was not there.
    """
    known = store.entry(uow.connection, command.entry_id)
    if known is None:
        raise NotFound("entry", command.entry_id)
    if command.inspector_id not in known.inspectors:
        raise Forbidden(_NOT_THERE)
    order = lock_order(uow.connection, known.order_id)
    entry = store.entry(uow.connection, command.entry_id) or known
    if entry.left_at:
        return entry
    left_at = _left_at(command, entry)
    entry = replace(entry, left_at=left_at)
    store.mark_left(uow.connection, entry)
    order = _told_by(uow, order, left_at)
    orders.save(uow.connection, announce(uow, order, VisitLeft, entry_id=entry.entry_id, left_at=left_at))
    receipt = receipts.of_visit(uow, entry, keyring, command.received_at)
    return replace(entry, receipt_id=receipt.receipt_id)


def _told_by(uow: UnitOfWork, order: Order, left_at: datetime) -> Order:
    """Rule R3 counts from leaving, or from the record where that came first."""
    if order.recorded_at:
        return order
    days = profile_of(uow.connection, order, left_at).conclusion_days
    return replace(order, conclude_by=left_at + timedelta(days=days))


_NOT_THERE = Text("只有入企人员可以登记离开", "only those who entered can leave")


def _left_at(command: Leave, entry: Entry) -> datetime:
    """Never before the entry nor in the future, whatever the phone's clock says."""
    told = command.device_time if command.device_time and not command.online else command.received_at
    return max(min(told, command.received_at), entry.entered_at)
