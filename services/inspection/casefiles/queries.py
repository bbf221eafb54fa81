"""A case file as it stands at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.identity import Principal
from services.inspection.casefiles import store
from services.inspection.casefiles.model import FINAL, CaseFile
from services.inspection.evidence import store as evidence
from services.inspection.orders.queries import order_view
from services.inspection.records import store as records
from services.inspection.rectification import store as rectification

C = Connection[Any]


def case_file(
    connection: C, order_id: UUID, number: str, who: Principal, now: datetime
) -> tuple[CaseFile, Iterator[tuple[UUID, bytes]]]:
    """And its pictures, to be read before the transaction ends: all statements see the same moment, so that no picture is
    listed and missing. Raises NotFound outside the account's agency."""
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    order = order_view(connection, order_id, who)
    case = CaseFile(
        number=number,
        made_at=now,
        final=order.state in FINAL,
        order=order,
        happened=store.happened(connection, order_id),
        questions=records.checklist(connection, order_id),
        record=records.record(connection, order_id),
        evidence=evidence.of_order(connection, order_id),
        proofs=rectification.proofs(connection, order_id),
        rechecks=rectification.rechecks(connection, order_id),
    )
    return case, store.pictures(connection, order_id)
