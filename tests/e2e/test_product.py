"""The product as deployed, on three real brokers: the tour, then visits by the dozen while parts of it are killed."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import httpx
import pytest

from tests.e2e import account, load
from tests.e2e.doors import opened
from tests.e2e.ledger import Ledger
from tests.e2e.load import Visit
from tests.rig.kafka import Kafka
from tour.acts.draft import suits
from tour.caller import Caller
from tour.cast import Office, assembled
from tour.cli import played
from tour.where import Where

pytestmark = [pytest.mark.xdist_group("kafka3"), pytest.mark.timeout(1200)]
VISITS = 120
PEOPLE = 12
SETTLE_SECONDS = 180
OUTAGE_SECONDS = 3


def test_the_tour_finds_everything_as_it_should_be(where, tmp_path):
    assert played(where, tmp_path).failures == []


def test_nothing_acknowledged_is_lost_or_doubled_while_parts_are_killed(product, where, kafka3):
    database, ledger = product.database, Ledger()
    before = account.sums(database)
    with httpx.Client(timeout=60) as client:
        visits = visits_of(Caller(client, where.routes, "load"), where)
        running = threading.Thread(target=load.run, args=(visits, ledger, PEOPLE))
        started = time.monotonic()
        running.start()
        kill_in_turn(product, kafka3, ledger)
        running.join()
        took = time.monotonic() - started
    settle(database)
    print_figures(ledger, account.sums(database), before, took)

    assert ledger.failures == []
    assert len(ledger.orders) == len(ledger.entries) == ledger.ratings == VISITS
    assert account.unfinished(database) == {}
    there = account.orders_there(database)
    assert account.orders_seen(database) == there
    assert {there[order][1] for order in ledger.orders} == {"closed"}
    assert ledger.entries <= account.entries_there(database)
    gained = {name: value - before[name] for name, value in account.sums(database).items()}
    assert gained == dict.fromkeys(("inspections", "entered", "concluded", "ratings", "orders"), VISITS)


def visits_of(anyone: Caller, where: Where) -> list[Visit]:
    """One visit a door, the offices in turn: nobody is inspected twice by the load."""
    cast = assembled(anyone, where.passwords)
    doors = opened(cast.registrar, anyone, where.messages, VISITS)
    offices = [(office, items_of(office)) for office in (cast.first, cast.second, cast.third)]
    coordinator = cast.coordinator.caller
    return [Visit(*offices[number % len(offices)], door, coordinator) for number, door in enumerate(doors)]


def items_of(office: Office) -> list[str]:
    caller = office.clerk.caller.quietly
    agency = caller.get(f"/api/registry/v1/agencies/{office.agency_id}").json
    items = caller.get("/api/registry/v1/items").json["items"]
    return [item["item_id"] for item in items if suits(item, agency)]


def kill_in_turn(product, kafka3, ledger: Ledger) -> None:
    """−9 for one of each kind, each while visits are under way; what was killed comes back a while later."""
    webs, workers = product.webs, product.workers
    for share, killed in (
        (0.05, [workers["oversight"]]),
        (0.2, [workers["inspection"]]),
        (0.35, [webs["inspection"]]),
        (0.5, [Broker(kafka3, 0)]),
        (0.75, [webs["feedback"], workers["feedback"], workers["registry"]]),
    ):
        when(ledger, share)
        for part in killed:
            part.kill()
        time.sleep(OUTAGE_SECONDS)
        for part in killed:
            part.start()


@dataclass(frozen=True)
class Broker:
    cluster: Kafka
    number: int

    def kill(self) -> None:
        self.cluster.kill(self.number)

    def start(self) -> None:
        self.cluster.start(self.number)


def when(ledger: Ledger, share: float) -> None:
    """As soon as that share of the orders is acknowledged."""
    deadline = time.monotonic() + 300
    while len(ledger.orders) < share * VISITS:
        assert time.monotonic() < deadline, ledger
        time.sleep(0.05)


def settle(database) -> None:
    """Until the last event has arrived, or has had time enough to."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline:
        same = account.orders_seen(database) == account.orders_there(database)
        if same and not account.unfinished(database):
            return
        time.sleep(0.5)


def print_figures(ledger: Ledger, after: dict[str, int], before: dict[str, int], took: float) -> None:
    gained = ", ".join(f"{name} +{value - before[name]}" for name, value in after.items())
    print(
        f"\n{len(ledger.orders)} orders, {len(ledger.entries)} entries, {ledger.ratings} ratings acknowledged"
    )
    print(f"in {took:.1f} s ({len(ledger.orders) / took:.1f} visits/s); oversight: {gained}")
    print(f"tried again: {dict(ledger.retries) or 'never'}; failed: {len(ledger.failures)}")
