"""Who waits for whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many, one
from services.chassis.errors import NotFound
from services.inspection.orders.model import Order

C = Connection[Any]
COLUMNS = """
order_id, version, revision, state, agency_id, enterprise_id, premises_id, trigger, clue, campaign_id, draw_id,
recheck_of, assistance_letter, on_site_reason, considered, starts_on, ends_on, drafted_by, drafted_at, submitted_by,
submitted_at, issued_at, entered_at, recorded_at, concluded_at, closed_at, result, rectification_due_on, absorbed_into,
judgement_id, policy, ratification, ratify_by, conclude_by, overdue
"""


def lock_enterprise(connection: C, enterprise_id: UUID) -> None:
    """Until the end of the transaction nobody else plans a visit to this enterprise.

    Rules like J1, J2 and F1 speak of rows that are not there yet: two agencies that look at the same time
    both see nothing, and both go on. No row lock helps, because there is no row; a unique constraint does
    not, because near windows are not equal; SERIALIZABLE would, at the price of retries in every command and
    of false conflicts on index pages. So whoever may add to an enterprise's visits takes this lock first and
    looks afterwards, in a new statement, which sees all that was committed before the lock was given.

    It costs one round trip, and commands for one enterprise wait for each other (some 10 ms). An advisory
    lock rather than the replica's row, so that registry events are never held up. Lock order is always
    enterprise, then orders: an entry takes one order alone and cannot close a circle. Two enterprises
    whose hashes collide wait for each other needlessly, and nothing worse.
    """
    connection.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(%s::text, 0))", (f"enterprise {enterprise_id}",)
    )


def lock_order(connection: C, order_id: UUID) -> Order:
    """The order, ours until the end of the transaction. Raises NotFound."""
    order = one(
        connection, Order, f"SELECT {COLUMNS} FROM orders WHERE order_id = %s FOR NO KEY UPDATE", (order_id,)
    )
    if order is None:
        raise NotFound("order", order_id)
    return order


def lock_with_enterprise(connection: C, order_id: UUID) -> Order:
    """For commands that look at the enterprise's other orders. Raises NotFound."""
    lock_enterprise(connection, enterprise_of(connection, order_id))
    return lock_order(connection, order_id)


def enterprise_of(connection: C, order_id: UUID) -> UUID:
    """It never changes, so it may be read without a lock. Raises NotFound."""
    row = connection.execute("SELECT enterprise_id FROM orders WHERE order_id = %s", (order_id,)).fetchone()
    if row is None:
        raise NotFound("order", order_id)
    return row["enterprise_id"]


def lock_ended(connection: C, today: date, backfill_days: int, limit: int) -> list[Order]:
    """Orders that nobody entered in their window, the oldest first, without those locked by someone else."""
    return many(
        connection,
        Order,
        f"""
        SELECT {COLUMNS} FROM orders
        WHERE open AND ends_on < %(today)s - CASE state WHEN 'issued' THEN %(backfill_days)s ELSE 0 END
        ORDER BY ends_on LIMIT %(limit)s FOR NO KEY UPDATE SKIP LOCKED
        """,
        {"today": today, "backfill_days": backfill_days, "limit": limit},
    )


def lock_overdue(connection: C, now: datetime, today: date, limit: int) -> list[Order]:
    """Orders with a deadline that passed and was not told, without those locked by someone else. All that decides it
    stands on the row itself: a row that changed since this statement began is looked at again before it is locked."""
    return many(
        connection,
        Order,
        f"""
        SELECT {COLUMNS} FROM orders
        WHERE (ratification = 'pending' AND ratify_by <= %(now)s AND 'ratification' <> ALL (overdue))
           OR (state IN ('entered', 'recorded') AND conclude_by <= %(now)s AND 'conclusion' <> ALL (overdue))
           OR (state = 'rectifying' AND rectification_due_on < %(today)s AND 'rectification' <> ALL (overdue))
        LIMIT %(limit)s FOR NO KEY UPDATE SKIP LOCKED
        """,
        {"now": now, "today": today, "limit": limit},
    )
