"""How much of the yearly caps is used where a visit is to be made: the very figures that rule F1 compares."""

from __future__ import annotations

from datetime import datetime

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.policy import Policies, city_day
from services.inspection.gate.f import cap_of
from services.inspection.gate.facts import Facts, Proposal
from services.inspection.gate.reader import governing, read_counts, read_registered
from services.inspection.orders.view import CapUsed, OrderView


def caps_used(
    connection: Connection[DictRow], order: OrderView, policies: Policies, now: datetime
) -> list[CapUsed]:
    """Of each agency of the order in each domain of its items, unless it came with a trigger that takes no place."""
    proposal = _proposal(order)
    registered = read_registered(connection, proposal)
    profile = governing(proposal, registered, policies, now)
    facts = Facts(
        proposal=proposal,
        profile=profile,
        today=city_day(profile, now),
        registered=registered,
        counts=tuple(read_counts(connection, proposal, profile, registered)),
        neighbours=(),
    )
    return [
        CapUsed(
            agency_id=count.agency_id,
            name=facts.agency_name(count.agency_id),
            domain=count.domain,
            visited=count.visited,
            planned=count.planned,
            cap=cap_of(facts, count),
        )
        for count in facts.counts
        if facts.takes_place(count.agency_id, count.domain)
    ]


def _proposal(order: OrderView) -> Proposal:
    return Proposal(
        order_id=order.order_id,
        agency_id=order.agency_id,
        agencies=tuple(party.agency_id for party in order.agencies),
        enterprise_id=order.enterprise_id,
        premises_id=order.premises_id,
        items=tuple((item.item_id, item.agency_id) for item in order.items),
        inspectors=(),
        trigger=order.trigger,
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        revision=order.revision,
        brought=tuple((item.item_id, item.trigger) for item in order.items if item.trigger),
    )
