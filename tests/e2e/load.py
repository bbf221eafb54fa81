"""Hundreds of visits at once, each as its users would make it, by people who try again until they are answered."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
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
TRY_SECONDS = 60.0
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
                reason = str(answer.status)
            except httpx.TransportError as error:
                reason = type(error).__name__
            with self.ledger.open() as ledger:
                ledger.retries[reason] += 1
            if time.monotonic() > deadline:
                raise TimeoutError(f"{method} {path}: nobody answered for {TRY_SECONDS:g} s, last {reason}")
            time.sleep(0.3)


@dataclass(frozen=True)
class Door:
    """Where a visit goes; `uscc` and `phone` let the enterprise prove itself."""

    enterprise_id: str
    premises_id: str
    short_code: str


@dataclass(frozen=True)
class Visit:
    office: Office
    items: list[str]
    door: Door


def run(visits: list[Visit], enterprise_of: Any, ledger: Ledger, threads: int) -> None:
    """All of them; what goes wrong is kept in the ledger, not raised."""
    with ThreadPoolExecutor(threads) as people:
        for visit in visits:
            people.submit(_one, visit, enterprise_of, ledger)


def _one(visit: Visit, enterprise_of: Any, ledger: Ledger) -> None:
    try:
        _walk(visit, enterprise_of, ledger)
    except (Unexpected, TimeoutError) as error:
        with ledger.open():
            ledger.failures.append(str(error))


def _walk(visit: Visit, enterprise_of: Any, ledger: Ledger) -> None:
    order = _issued(visit, ledger)
    if order is None:
        return
    _visited(visit, order, ledger)
    _rated(enterprise_of(visit.door), order, ledger)


def _issued(visit: Visit, ledger: Ledger) -> dict[str, Any] | None:
    """None where the gate blocks: the enterprise was visited often enough."""
    office, door = visit.office, visit.door
    clerk, head = (Persistent.of(each.caller, ledger) for each in (office.clerk, office.head))
    request = orders.wanted(office, door.enterprise_id, door.premises_id, visit.items)
    order = clerk.post(f"{orders.API}/orders", request).json
    with ledger.open():
        ledger.orders.add(order["order_id"])
    try:
        orders.decided(clerk, order, "submit")
    except Unexpected as refused:
        if "rule_blocked" not in str(refused):
            raise
        with ledger.open():
            ledger.blocked += 1
        return None
    orders.decided(head, order, "approve")
    orders.decided(clerk, order, "issue")
    return order


def _visited(visit: Visit, order: dict[str, Any], ledger: Ledger) -> None:
    first, second = (Persistent.of(each.caller, ledger) for each in visit.office.inspectors)
    codes = [each.get(f"{orders.API}/credential-code").json["slots"][0]["token"] for each in (first, second)]
    entered = first.post(
        f"{orders.API}/entries", arrival(order["order_id"], visit.door.short_code, codes)
    ).json
    with ledger.open():
        ledger.entries[order["order_id"]] = entered["entry_id"]
    first.put(f"{orders.path_of(order)}/record", made(asked(first, order)))
    first.post(f"{orders.path_of(order)}/conclusion", {"result": "no_problem"})
    with ledger.open():
        ledger.concluded.add(order["order_id"])


def _rated(enterprise: Caller, order: dict[str, Any], ledger: Ledger) -> None:
    phone = Persistent.of(enterprise, ledger)
    deadline = time.monotonic() + TRY_SECONDS
    while True:
        try:
            ticket = phone.post(f"{FEEDBACK}/rating-tickets", {"order_id": order["order_id"]}).json["ticket"]
            break
        except Unexpected:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)
    phone.post(f"{FEEDBACK}/ratings", {"ticket": ticket, "grade": 5, "tags": []})
    with ledger.open():
        ledger.ratings += 1


def pair(offices: list[tuple[Office, list[str]]], doors: list[Door], visits: int) -> Iterator[Visit]:
    """One visit a door, the offices in turn: nobody is inspected twice by the load."""
    turns = itertools.cycle(offices)
    for door in doors[:visits]:
        office, items = next(turns)
        yield Visit(office, items, door)
