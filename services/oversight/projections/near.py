"""How many pairs of orders lie close together, per agency, kept up as they change.

What makes a pair is said once, by the desk's SQL; here only those pairs are counted of which one order is touched by a
batch: out with them as they were, in with them as they are. So the rollup is the sum over all pairs, and costs a batch
the neighbours of its orders, not the pairs of the city.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection

from services.oversight.duplicates.desk.sql import COUNTED, NEAR_DAYS, TOUCHED
from services.oversight.projections.order_fact import OrderFact
from services.oversight.projections.picture import Picture


def touched(before: Picture, after: Picture) -> set[UUID]:
    """Orders whose pairs are other ones from now on, or mean something else."""
    return {*_moved(before, after), *_spoken_of(before, after)}


def _moved(before: Picture, after: Picture) -> Iterator[UUID]:
    for order_id, fact in after.facts.items():
        known = before.facts.get(order_id)
        if known is None or _stands(known) != _stands(fact) or _area(before, fact) != _area(after, fact):
            yield order_id


def _stands(fact: OrderFact) -> tuple[object, ...]:
    """What the desk asks of an order. Of its states, only whether it is a draft, or gone."""
    state = fact.state if fact.state in ("drafted", "cancelled", "expired") else ""
    where = (fact.premises_id, fact.agency_id, frozenset(fact.agencies), fact.absorbed_into)
    return (state, *where, fact.day, fact.starts_on, fact.ends_on)


def _area(picture: Picture, fact: OrderFact) -> str:
    enterprise = picture.enterprises.get(fact.enterprise_id)
    return enterprise.area_code if enterprise else ""


def _spoken_of(before: Picture, after: Picture) -> Iterator[UUID]:
    for key, verdict in after.verdicts.items():
        if key not in before.verdicts:
            yield verdict.order_id
    for key, override in after.overrides.items():
        if key not in before.overrides:
            yield override.order_id
    for key, pair in after.duplicates.items():
        if before.duplicates.get(key) != pair:
            yield pair.order_id


def take_out(connection: Connection[Any], orders: Collection[UUID]) -> None:
    if orders:
        connection.execute(_ADD, {"orders": list(orders), "sign": -1, **_ALL})


def put_in(connection: Connection[Any], orders: Collection[UUID]) -> None:
    if orders:
        connection.execute(_ADD, {"orders": list(orders), "sign": 1, **_ALL})
        connection.execute("DELETE FROM near_tally WHERE pairs = 0")


_ALL = {"days": NEAR_DAYS, "sees_all": True, "asking": None, "agency_id": None, "area": None}
_ADD: LiteralString = f"""
    WITH pair AS ({TOUCHED}), counted AS ({COUNTED})
    INSERT INTO near_tally (agency_id, area_code, last_day, gap, verdict, hidden, pairs)
    SELECT agency_id, area_code, last_day, gap, verdict, hidden, %(sign)s * count(*) FROM counted
    GROUP BY agency_id, area_code, last_day, gap, verdict, hidden
    ON CONFLICT (agency_id, last_day, area_code, gap, verdict, hidden) DO UPDATE
    SET pairs = near_tally.pairs + excluded.pairs
"""
