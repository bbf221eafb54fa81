"""Hundreds of visits at once, each as its users would make it, by people who try again until they are answered."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.e2e.ledger import Ledger
from tour import orders
from tour.acts.arrive import arrival
from tour.acts.record import asked, made
from tour.caller import IDEMPOTENCY, Answer, Caller, Unexpected
from tour.cast import Office

FEEDBACK = "/api/feedback/v1"
TRY_SECONDS = 180.0
PAUSE_SECONDS = 0.3
AWAY = (429, 502, 503, 504)


class Persistent(Caller):
    """Sends the same request with the same idempotency key until somebody answers it."""

    ledger: Ledger

    @classmethod
    def of(cls, caller: Caller, ledger: Ledger) -> Persistent:
        same = cls.__new__(cls)
        same.__dict__ = {**caller.__dict__, "ledger": ledger}
        return same

    def send(self, method: str, path: str, expect: tuple[int, ...], **more: Any) -> Answer:
        more["headers"] = {IDEMPOTENCY: uuid4().hex, **more.get("headers", {})}
        deadline = time.monotonic() + TRY_SECONDS
        while True:
            try:
                answer = super().send(method, path, (*expect, *AWAY), **more)
                if answer.status not in AWAY:
                    return answer
                why = str(answer.status)
            except httpx.TransportError as error:
                why = type(error).__name__
            self.ledger.retried(why)
            if time.monotonic() > deadline:
                raise TimeoutError(f"{method} {path}: nobody answered for {TRY_SECONDS:g} s, last {why}")
            time.sleep(PAUSE_SECONDS)


@dataclass(frozen=True)
class Door:
    """Where a visit goes, and the enterprise behind it."""

    enterprise_id: str
    premises_id: str
    short_code: str
    enterprise: Caller


@dataclass(frozen=True)
class Visit:
    office: Office
    items: Sequence[str]
    door: Door
    coordinator: Caller


def run(visits: Sequence[Visit], ledger: Ledger, people: int) -> None:
    """All of them; what goes wrong is kept in the ledger, not raised."""
    with ThreadPoolExecutor(people) as pool:
        for visit in visits:
            pool.submit(_one, visit, ledger)


def _one(visit: Visit, ledger: Ledger) -> None:
    try:
        order = _issued(visit, ledger)
        _visited(visit, order, ledger)
        _rated(visit.door, order, ledger)
    except (Unexpected, TimeoutError, KeyError) as error:
        ledger.failed(error)


def _issued(visit: Visit, ledger: Ledger) -> Mapping[str, Any]:
    office, door = visit.office, visit.door
    clerk, head = (Persistent.of(each.caller, ledger) for each in (office.clerk, office.head))
    request = orders.wanted(office, door.enterprise_id, door.premises_id, list(visit.items))
    order = clerk.post(f"{orders.API}/orders", request).json
    ledger.acknowledged_order(order["order_id"])
    _moved(clerk, order, "submit", "submitted")
    _moved(head, order, "approve", "approved")
    _reviewed(Persistent.of(visit.coordinator, ledger), order)
    _moved(clerk, order, "issue", "issued")
    return order


def _reviewed(coordinator: Caller, order: Mapping[str, Any]) -> None:
    """A repeat whose first try was done but not answered is told that the review is there."""
    try:
        orders.reviewed(coordinator, order)
    except Unexpected as unexpected:
        if "already_reviewed" not in str(unexpected) and "stale_version" not in str(unexpected):
            raise


def _moved(caller: Caller, order: Mapping[str, Any], action: str, state: str) -> None:
    """A repeat whose first try was done but not answered is told so by the order's state."""
    try:
        orders.decided(caller, order, action)
    except Unexpected:
        if caller.get(orders.path_of(order)).json["state"] != state:
            raise


def _visited(visit: Visit, order: Mapping[str, Any], ledger: Ledger) -> None:
    first, second = (Persistent.of(each.caller, ledger) for each in visit.office.inspectors)
    shown = second.get(f"{orders.API}/credential-code").json["slots"][0]["token"]
    entry = first.post(
        f"{orders.API}/entries", arrival(order["order_id"], visit.door.short_code, [shown])
    ).json
    ledger.acknowledged_entry(entry["entry_id"])
    first.put(f"{orders.path_of(order)}/record", made(asked(first, order)))
    first.post(f"{orders.path_of(order)}/conclusion", {"result": "no_problem"})


def _rated(door: Door, order: Mapping[str, Any], ledger: Ledger) -> None:
    """As soon as the visit has reached the feedback service, which may be down."""
    phone = Persistent.of(door.enterprise, ledger)
    deadline = time.monotonic() + TRY_SECONDS
    asked_for = {"order_id": order["order_id"]}
    while (
        answer := phone.post(f"{FEEDBACK}/rating-tickets", asked_for, expect=(201, 404, 409))
    ).status != 201:
        if time.monotonic() > deadline:
            raise Unexpected(answer, (201,))
        time.sleep(PAUSE_SECONDS)
    rating = {"ticket": answer.json["ticket"], "grade": 5, "tags": []}
    nobody = Persistent.of(door.enterprise.as_("anonymous", ""), ledger)
    rated = nobody.post(f"{FEEDBACK}/ratings", rating, expect=(201, 409))
    if rated.status == 409 and rated.json["code"] != "already_rated":
        raise Unexpected(rated, (201,))
    ledger.acknowledged_rating()
