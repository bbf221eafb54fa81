"""What is on record of all that a sheet names: one statement a column, however many rows there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many
from services.inspection.sheets.model import Visit

C = Connection[Any]


@dataclass(frozen=True, kw_only=True)
class Enterprise:
    """`given` is what it was asked for by: its code, or its name without signs."""

    given: str
    enterprise_id: UUID
    uscc: str
    name: str
    section: str


@dataclass(frozen=True, kw_only=True)
class Premises:
    premises_id: UUID
    enterprise_id: UUID
    name: str
    address: str
    short_code: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """`own`: of the domain and level in which the agency acts."""

    item_id: UUID
    code: str
    name: str
    published: bool
    own: bool


@dataclass(frozen=True, kw_only=True)
class Inspector:
    inspector_id: UUID
    name: str
    certificate_number: str


@dataclass(frozen=True, kw_only=True)
class Campaign:
    campaign_id: UUID
    name: str
    filing_number: str


def by_uscc(connection: C, codes: Iterable[str]) -> list[Enterprise]:
    return many(connection, Enterprise, _BY_USCC, {"given": sorted(codes)})


def by_name(connection: C, plain: Iterable[str]) -> list[Enterprise]:
    """Of exactly this name, signs and case apart; several may have it."""
    given = sorted(name for name in plain if len(name) > 1)
    terms = ["|".join(f"={one}{two}" for one, two in pairwise(name)) for name in given]
    return many(connection, Enterprise, _BY_NAME, {"given": given, "terms": terms})


# By the terms of the search, which are indexed (services/inspection/search).
_BY_USCC = """
SELECT asked.given, e.enterprise_id, e.uscc, e.name, left(e.industry, 1) AS section
FROM unnest(%(given)s::text[]) AS asked (given)
JOIN enterprise_search s ON s.terms @> ARRAY['#' || left(asked.given, 12)]
JOIN enterprise e ON e.enterprise_id = s.enterprise_id AND e.uscc = asked.given
WHERE e.active
"""
_BY_NAME = """
SELECT asked.given, e.enterprise_id, e.uscc, e.name, left(e.industry, 1) AS section
FROM unnest(%(given)s::text[], %(terms)s::text[]) AS asked (given, terms)
JOIN enterprise_search s ON s.terms @> string_to_array(asked.terms, '|') AND s.folded = asked.given
JOIN enterprise e ON e.enterprise_id = s.enterprise_id
WHERE e.active
"""


def premises_of(connection: C, enterprises: Iterable[UUID]) -> list[Premises]:
    """The active ones."""
    return many(
        connection,
        Premises,
        """
        SELECT premises_id, enterprise_id, name, address, short_code FROM premises
        WHERE enterprise_id = ANY (%s) AND active ORDER BY enterprise_id, name, premises_id
        """,
        (list(enterprises),),
    )


def items_named(connection: C, names: Iterable[str], domain: str, level: str) -> list[Item]:
    """All of the domain, of which there are some dozens, and whatever else is named exactly."""
    return many(
        connection,
        Item,
        """
        SELECT item_id, code, name, published, domain = %(domain)s AND %(level)s = ANY (levels) AS own
        FROM item WHERE domain = %(domain)s OR code = ANY (%(names)s) OR name = ANY (%(names)s)
        ORDER BY code
        """,
        {"names": sorted(names), "domain": domain, "level": level},
    )


def staff_of(connection: C, agency_id: UUID) -> list[Inspector]:
    return many(
        connection,
        Inspector,
        """
        SELECT inspector_id, name, certificate_number FROM inspector
        WHERE agency_id = %s AND active ORDER BY certificate_number
        """,
        (agency_id,),
    )


def campaigns_of(connection: C, agency_id: UUID) -> list[Campaign]:
    return many(
        connection,
        Campaign,
        "SELECT campaign_id, name, filing_number FROM campaign WHERE agency_id = %s AND active",
        (agency_id,),
    )


def ordered_already(connection: C, agency_id: UUID, visits: Sequence[Visit]) -> Mapping[Visit, UUID]:
    """For each of these visits that the agency has an order for already, in whatever state but withdrawn: that order."""
    rows = connection.execute(
        _ORDERED,
        {
            "agency_id": agency_id,
            "places": list(range(len(visits))),
            "enterprises": [visit[0] for visit in visits],
            "premises": [visit[1] for visit in visits],
            "first": [visit[2] for visit in visits],
            "last": [visit[3] for visit in visits],
            "items": [",".join(map(str, visit[4])) for visit in visits],
        },
    ).fetchall()
    return {visits[row["place"]]: row["order_id"] for row in rows}


_ORDERED = """
SELECT asked.place, o.order_id
FROM unnest(%(places)s::int[], %(enterprises)s::uuid[], %(premises)s::uuid[], %(first)s::date[], %(last)s::date[],
            %(items)s::text[]) AS asked (place, enterprise_id, premises_id, first, last, items)
JOIN orders o ON o.enterprise_id = asked.enterprise_id AND o.starts_on = asked.first AND o.ends_on = asked.last
             AND o.premises_id = asked.premises_id AND o.agency_id = %(agency_id)s
WHERE o.state NOT IN ('cancelled', 'expired')
  AND asked.items = (SELECT string_agg(i.item_id::text, ',' ORDER BY i.item_id) FROM order_item i
                     WHERE i.order_id = o.order_id AND i.agency_id = %(agency_id)s)
"""
