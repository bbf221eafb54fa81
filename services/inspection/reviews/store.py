"""SQL of reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis import clock
from services.chassis.database import many
from services.chassis.identity import Principal
from services.inspection.orders.model import Order

C = Connection[Any]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An order that cannot be issued before it is reviewed; `why` is what the gate said."""

    order_id: UUID
    version: int
    state: str
    agency_id: UUID
    agency: str | None
    enterprise_id: UUID
    enterprise: str | None
    trigger: str
    starts_on: date
    ends_on: date
    submitted_at: datetime | None
    why: dict[str, str]


def insert(connection: C, order: Order, passed: bool, reason: str, who: Principal) -> bool:
    """False when this revision has been reviewed."""
    added = connection.execute(
        """
        INSERT INTO review (order_id, revision, passed, reason, reviewed_by, name, reviewed_at)
        VALUES (%(order_id)s, %(revision)s, %(passed)s, %(reason)s, %(reviewed_by)s, %(name)s, %(reviewed_at)s)
        ON CONFLICT DO NOTHING
        """,
        {
            "order_id": order.order_id,
            "revision": order.revision,
            "passed": passed,
            "reason": reason,
            "reviewed_by": who.account_id,
            "name": who.name,
            "reviewed_at": clock.now(),
        },
    )
    return added.rowcount == 1


def waiting(
    connection: C, *, agency_id: UUID | None, trigger: str | None, after: UUID | None, limit: int
) -> list[Waiting]:
    """The oldest first. Whether an order needs it is the gate's to say (rule A8): its latest look is asked, and not
    the rule a second time. One row more than `limit` says that there is a next page."""
    return many(
        connection,
        Waiting,
        """
        SELECT o.order_id, o.version, o.state, o.agency_id, o.enterprise_id, o.trigger, o.starts_on, o.ends_on,
               o.submitted_at,
               (SELECT name FROM agency a WHERE a.agency_id = o.agency_id) AS agency,
               (SELECT name FROM enterprise e WHERE e.enterprise_id = o.enterprise_id) AS enterprise,
               f.explanation AS why
        FROM orders o JOIN finding f
          ON f.order_id = o.order_id AND f.revision = o.revision AND f.judgement_id = o.judgement_id AND f.rule = 'A8'
        WHERE o.state IN ('submitted', 'approved')
          AND NOT EXISTS (SELECT FROM review r WHERE r.order_id = o.order_id AND r.revision = o.revision)
          AND (%(agency_id)s::uuid IS NULL OR o.agency_id = %(agency_id)s)
          AND (%(trigger)s::text IS NULL OR o.trigger = %(trigger)s)
          AND (%(after)s::uuid IS NULL OR o.order_id > %(after)s)
        ORDER BY o.order_id LIMIT %(limit)s
        """,
        {"agency_id": agency_id, "trigger": trigger, "after": after, "limit": limit + 1},
    )
