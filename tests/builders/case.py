"""An order in its later life, all in order unless told otherwise."""

from datetime import date, timedelta
from typing import Any

from services.chassis.ids import new_id
from services.inspection.gate.case import CaseFacts, end_of
from services.inspection.orders.model import Order, State
from services.inspection.records.model import Signature
from services.inspection.refusals.model import RefusalFacts, Shown, ShownInspector, ShownItem
from tests.builders.gate import DAY, PROFILE

NOON = end_of(DAY, PROFILE) - timedelta(hours=12)
SIGNED = Signature(signed_by="赵经理", refusal_reason=None, witness=None)


def an_order(**changes: Any) -> Order:
    given = {
        "order_id": new_id(),
        "state": State.RECORDED,
        "agency_id": new_id(),
        "enterprise_id": new_id(),
        "premises_id": new_id(),
        "trigger": "routine",
        "clue": None,
        "on_site_reason": "现场",
        "starts_on": DAY,
        "ends_on": DAY,
        "drafted_by": new_id(),
        "drafted_at": NOON - timedelta(days=3),
    }
    return Order(**given | changes)


def a_case(order: Order | None = None, **changes: Any) -> CaseFacts:
    given = {"profile": PROFILE, "now": NOON, "order": order or an_order(), "signature": SIGNED}
    return CaseFacts(**given | changes)


def a_refusal(**changes: Any) -> RefusalFacts:
    """Under an order that is in force, with an item of the list and two inspectors that count."""
    given = {
        "profile": PROFILE,
        "day": DAY,
        "orders": (a_shown_order(),),
        "items": (a_shown_item(),),
        "inspectors": (a_shown_inspector(), a_shown_inspector()),
    }
    return RefusalFacts(**given | changes)


def a_shown_order(**changes: Any) -> Shown:
    given = {
        "order_id": new_id(),
        "state": State.ISSUED,
        "trigger": "routine",
        "starts_on": DAY,
        "ends_on": DAY,
    }
    return Shown(**given | changes)


def a_shown_item(**changes: Any) -> ShownItem:
    given = {
        "item_id": new_id(),
        "name": "有限空间",
        "published": True,
        "in_force_from": date(2020, 1, 1),
        "in_force_until": None,
    }
    return ShownItem(**given | changes)


def a_shown_inspector(**changes: Any) -> ShownInspector:
    given = {
        "inspector_id": new_id(),
        "name": "李检",
        "kind": "inspector",
        "active": True,
        "valid_from": date(2025, 1, 1),
        "valid_until": date(2030, 1, 1),
    }
    return ShownInspector(**given | changes)
