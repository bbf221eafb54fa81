"""SQL of the alerts: each kind by its own index, a page of each merged into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from psycopg import Connection

from services.chassis.database import many
from services.chassis.identity import Principal
from services.oversight.alerts.model import Alert, Place, Watch
from services.oversight.alerts.sql import raised

C = Connection[Any]


@dataclass(frozen=True, kw_only=True)
class _Count:
    kind: str
    count: int


def alerts(connection: C, watch: Watch, kinds: Sequence[str], after: Place | None, limit: int) -> list[Alert]:
    """The newest first."""
    pages: LiteralString = " UNION ALL ".join(_page(kind) for kind in kinds)
    place = {"after": after.since if after else None, "after_id": after.alert_id if after else None}
    return many(
        connection,
        Alert,
        f"""
        SELECT found.alert_id, found.kind, since, due_at, found.agency_id, agency.name AS agency_name,
               found.enterprise_id, enterprise.name AS enterprise_name, enterprise.area_code, order_id, figures,
               aside.at AS set_aside_at, aside.set_aside_by, aside.name AS set_aside_name, aside.reason
        FROM (SELECT * FROM ({pages}) AS merged ORDER BY since DESC, alert_id DESC LIMIT %(limit)s) AS found
        LEFT JOIN agency ON agency.agency_id = found.agency_id
        LEFT JOIN enterprise ON enterprise.enterprise_id = found.enterprise_id
        LEFT JOIN alert_aside AS aside ON aside.alert_id = found.alert_id
        ORDER BY since DESC, found.alert_id DESC
        """,
        watch.named | place | {"limit": limit},
    )


def _page(kind: str) -> LiteralString:
    return f"""
        (SELECT split_part(alert_id, '.', 1) AS kind, page.* FROM ({raised(kind)}) AS page
         WHERE %(after)s::timestamptz IS NULL OR (since, alert_id) < (%(after)s, %(after_id)s)
         ORDER BY since DESC, alert_id DESC LIMIT %(limit)s)
    """


def counts(connection: C, watch: Watch, kinds: Sequence[str]) -> dict[str, int]:
    each: LiteralString = " UNION ALL ".join(
        f"SELECT split_part(alert_id, '.', 1) AS kind, count(*) AS count FROM ({raised(kind)}) AS page GROUP BY 1"
        for kind in kinds
    )
    return {row.kind: row.count for row in many(connection, _Count, each, watch.named)}


def is_raised(connection: C, watch: Watch, kind: str, alert_id: str) -> bool:
    found = connection.execute(
        f"SELECT FROM ({raised(kind)}) AS page WHERE alert_id = %(alert_id)s",
        watch.named | {"alert_id": alert_id},
    )
    return found.fetchone() is not None


def set_aside(connection: C, alert_id: str, reason: str, who: Principal, now: datetime) -> bool:
    """False when it was set aside already."""
    done = connection.execute(
        """
        INSERT INTO alert_aside (alert_id, set_aside_by, name, reason, at)
        VALUES (%(alert_id)s, %(account_id)s, %(name)s, %(reason)s, %(now)s)
        ON CONFLICT DO NOTHING
        """,
        {
            "alert_id": alert_id,
            "account_id": who.account_id,
            "name": who.name,
            "reason": reason,
            "now": now,
        },
    )
    return done.rowcount == 1


def take_back(connection: C, alert_id: str) -> bool:
    done = connection.execute("DELETE FROM alert_aside WHERE alert_id = %(alert_id)s", {"alert_id": alert_id})
    return done.rowcount == 1
