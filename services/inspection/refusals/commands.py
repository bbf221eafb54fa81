"""拒绝 by the enterprise: stored, told, and receipted. It moves no order; who comes again comes under the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from events.catalogue.inspection import VisitRefused
from services.chassis import clock
from services.chassis.codes import Keyring
from services.chassis.database import UnitOfWork
from services.chassis.errors import Conflict, Text
from services.chassis.ids import new_id
from services.chassis.policy import Profile, city_day, policies
from services.inspection.codes.model import PublicPremises
from services.inspection.gate import Finding, Stage, judge
from services.inspection.gate.case import profile_of
from services.inspection.gate.errors import shown as shown_findings
from services.inspection.orders.locks import lock_order
from services.inspection.orders.model import VISITED, Order, State
from services.inspection.receipts import commands as receipts
from services.inspection.refusals import store
from services.inspection.refusals.model import (
    WHILE_INSIDE,
    Ground,
    RefusalFacts,
    Shown,
    VisitRefusal,
)


@dataclass(frozen=True, kw_only=True)
class Refuse:
    """`order_id` is the one whose code was shown: holding the code is the right to refuse."""

    order_id: UUID
    ground: Ground
    words: str | None


@dataclass(frozen=True)
class Refused:
    """`fresh` is False when the same was said before: it is the same refusal, with the same receipt."""

    refusal: VisitRefusal
    fresh: bool


class AlreadyInside(Conflict):
    code = "already_inside"
    title = Text("检查已经开始，不能再拒绝入企", "They are inside already: entry can no longer be refused")
    remedy = Text(
        "超出清单的事项仍可拒绝；其他问题请投诉，或拨打 12345。",
        "An item off the list can still be refused; for anything else complain, or call 12345.",
    )


def refuse(command: Refuse, keyring: Keyring, uow: UnitOfWork) -> Refused:
    """Under the lock that an entry takes, so one of the two is first and the other knows. Raises AlreadyInside."""
    order, now = lock_order(uow.connection, command.order_id), clock.now()
    earlier = store.of_ground(uow.connection, order.order_id, command.ground)
    if earlier:
        return Refused(earlier, fresh=False)
    _still_open(order, command.ground)
    profile = profile_of(uow.connection, order, now)
    refusal = VisitRefusal(
        refusal_id=new_id(),
        order_id=order.order_id,
        enterprise_id=order.enterprise_id,
        premises_id=order.premises_id,
        agency_id=order.agency_id,
        ground=command.ground,
        words=command.words,
        supported=False,
        findings=[],
        refused_on=city_day(profile, now),
        refused_at=now,
    )
    found = judge(_facts(uow, order, profile, now), Stage.REFUSE)
    store.count_on_order(uow.connection, order.order_id)
    made = _kept(refusal, found, keyring, uow)
    assert made is not None, "the order is locked"
    return made


def _still_open(order: Order, ground: Ground) -> None:
    if order.state in VISITED and not (order.state is State.ENTERED and ground in WHILE_INSIDE):
        raise AlreadyInside(state=order.state, ground=ground)


def _facts(uow: UnitOfWork, order: Order, profile: Profile, now: datetime) -> RefusalFacts:
    day, connection = city_day(profile, now), uow.connection
    return RefusalFacts(
        profile=profile,
        day=day,
        orders=(
            Shown(
                order_id=order.order_id,
                state=order.state,
                trigger=order.trigger,
                starts_on=order.starts_on,
                ends_on=order.ends_on,
            ),
        ),
        items=tuple(store.items(connection, order.order_id)),
        inspectors=tuple(store.inspectors(connection, order.order_id)),
        turned_away_for=store.turned_away_for(connection, order.order_id, day, profile.timezone),
    )


def refuse_without_code(premises: PublicPremises, keyring: Keyring, uow: UnitOfWork) -> Refused:
    """Somebody is at the door and shows no code. Known is the door alone: whoever can read the plate can say so, so
    it counts once a day and carries nothing that was written."""
    now = clock.now()
    profile = policies().governing(premises.area_code, now)
    day = city_day(profile, now)
    earlier = store.of_day(uow.connection, premises.premises_id, day)
    if earlier:
        return Refused(earlier, fresh=False)
    here = store.orders_here(uow.connection, premises.enterprise_id, premises.premises_id, day)
    refusal = VisitRefusal(
        refusal_id=new_id(),
        order_id=None,
        enterprise_id=premises.enterprise_id,
        premises_id=premises.premises_id,
        agency_id=None,
        ground="no_code",
        words=None,
        supported=False,
        findings=[],
        refused_on=day,
        refused_at=now,
    )
    found = judge(RefusalFacts(profile=profile, day=day, orders=tuple(here)), Stage.REFUSE)
    made = _kept(refusal, found, keyring, uow)
    if made:
        return made
    somebody_elses = store.of_day(uow.connection, premises.premises_id, day)
    assert somebody_elses is not None
    return Refused(somebody_elses, fresh=False)


def _kept(
    refusal: VisitRefusal, found: Sequence[Finding], keyring: Keyring, uow: UnitOfWork
) -> Refused | None:
    """None when another request was faster with the same."""
    bears_out = [finding for finding in found if finding.key == f"E4:{refusal.ground}"]
    refusal = replace(refusal, supported=bool(bears_out), findings=shown_findings(bears_out))
    if not store.insert(uow.connection, refusal):
        return None
    receipt = receipts.of_refusal(uow, refusal, keyring)
    uow.emit(
        VisitRefused(
            refusal_id=refusal.refusal_id,
            version=1,
            enterprise_id=refusal.enterprise_id,
            premises_id=refusal.premises_id,
            order_id=refusal.order_id,
            agency_id=refusal.agency_id,
            ground=refusal.ground,
            supported=refusal.supported,
            refused_at=refusal.refused_at,
        )
    )
    return Refused(replace(refusal, receipt_id=receipt.receipt_id), fresh=True)
