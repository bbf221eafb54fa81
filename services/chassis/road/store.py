from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from events.outbox import oldest_unpublished_seconds
from services.chassis.database import many, one
from services.chassis.road.model import MOST, Group, Relay, WorkerLoop


def relay(connection: Connection[Any]) -> Relay:
    found = one(
        connection,
        Relay,
        """
        SELECT count(*) AS waiting, count(*) FILTER (WHERE error IS NOT NULL) AS refused,
               %(oldest)s::float8 AS oldest_seconds
        FROM (SELECT error FROM outbox WHERE published_at IS NULL ORDER BY position LIMIT %(most)s) AS unsent
        """,
        {"most": MOST, "oldest": oldest_unpublished_seconds(connection)},
    )
    assert found is not None
    return found


def tell(connection: Connection[Any], worker: str, loops: Sequence[tuple[str, bool, int | None]]) -> None:
    """(name, alive, waiting) of each loop. Workers that were not heard of for a day are forgotten."""
    connection.execute(
        """
        INSERT INTO worker_loop (worker, name, alive, waiting)
        SELECT %(worker)s, name, alive, waiting
        FROM unnest(%(names)s::text[], %(alive)s::boolean[], %(waiting)s::bigint[]) AS told (name, alive, waiting)
        ON CONFLICT (worker, name) DO UPDATE
        SET alive = excluded.alive, waiting = excluded.waiting, told_at = excluded.told_at
        """,
        {
            "worker": worker,
            "names": [name for name, _, _ in loops],
            "alive": [alive for _, alive, _ in loops],
            "waiting": [waiting for _, _, waiting in loops],
        },
    )
    connection.execute("DELETE FROM worker_loop WHERE told_at < now() - interval '1 day'")


def forget(connection: Connection[Any], worker: str) -> None:
    """It ends as it should: nobody need worry about its silence."""
    connection.execute("DELETE FROM worker_loop WHERE worker = %s", (worker,))


def loops(connection: Connection[Any]) -> list[WorkerLoop]:
    return many(
        connection,
        WorkerLoop,
        """
        SELECT worker, name, alive, waiting, told_at,
               extract(epoch FROM clock_timestamp() - told_at)::float8 AS silent_seconds
        FROM worker_loop ORDER BY name, worker
        """,
    )


def groups(connection: Connection[Any]) -> list[Group]:
    """Those that ever had anything laid aside or failing."""
    return many(
        connection,
        Group,
        """
        WITH laid AS (
            SELECT consumer, count(*) FILTER (WHERE state = 'open') AS open,
                   count(*) FILTER (WHERE state = 'requested') AS requested
            FROM dead_letters GROUP BY consumer),
        early AS (SELECT consumer, count(*) AS parked FROM parked GROUP BY consumer)
        SELECT consumer AS name, COALESCE(parked, 0) AS parked, COALESCE(open, 0) AS open,
               COALESCE(requested, 0) AS requested, COALESCE(f.count, 0) AS failures
        FROM laid FULL JOIN early USING (consumer) FULL JOIN failures_in_row f USING (consumer)
        ORDER BY consumer
        """,
    )
