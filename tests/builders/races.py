"""Commands that run at the same moment: real threads, each with a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

from services.chassis.database import UnitOfWork
from services.chassis.errors import YichaError
from services.chassis.identity import Principal
from tests.builders.inspection import Town


def done(town: Town, command: Callable[..., Any], wish: Any, by: Principal) -> Any:
    """What the route would do, without the web around it."""
    with UnitOfWork(town.pool, "/inspection") as uow:
        answer = command(wish, uow, by)
        uow.commit()
    return answer


def race(*runs: Callable[[], Any]) -> list[Any]:
    """What each answered, or what it was refused with, in their order."""
    start = Barrier(len(runs))

    def run(go: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return go()
        except YichaError as refused:
            return refused

    with ThreadPoolExecutor(len(runs)) as pool:
        return list(pool.map(run, runs))


def drafted_again(town: Town, orders: Sequence[UUID], campaign_id: UUID | None = None) -> None:
    """Submitted ones are drafts once more, so that the next round meets what this one met."""
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE orders SET state = 'drafted', version = 1, submitted_by = NULL, submitted_at = NULL, "
            "campaign_id = %s WHERE order_id = ANY (%s)",
            (campaign_id, list(orders)),
        )
