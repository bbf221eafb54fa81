"""A draw as it is shown, and as it is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import msgspec
from psycopg import Connection

from services.inspection.draws import store
from services.inspection.draws.file import DrawFile
from services.inspection.draws.store import Draw

C = Connection[Any]


def rows(connection: C, draws: Sequence[Draw]) -> list[dict[str, Any]]:
    known = connection.execute(
        "SELECT agency_id, name FROM agency WHERE agency_id = ANY(%s)", ([draw.agency_id for draw in draws],)
    ).fetchall()
    names = {row["agency_id"]: row["name"] for row in known}
    return [asdict(draw) | {"agency": names.get(draw.agency_id), "sample": draw.sample} for draw in draws]


def shown(connection: C, draw: Draw) -> dict[str, Any]:
    results = connection.execute(
        """
        SELECT r.rank, r.premises_id, c.enterprise_id, c.grade, e.name AS enterprise, p.address, r.inspectors
        FROM draw_result r
        JOIN draw_object c ON c.draw_id = r.draw_id AND c.premises_id = r.premises_id
        LEFT JOIN premises p ON p.premises_id = r.premises_id
        LEFT JOIN enterprise e ON e.enterprise_id = c.enterprise_id
        WHERE r.draw_id = %s ORDER BY r.rank
        """,
        (draw.draw_id,),
    ).fetchall()
    counted = connection.execute(
        """
        SELECT (SELECT count(*) FROM draw_object WHERE draw_id = %(draw_id)s) AS objects,
               (SELECT count(*) FROM draw_inspector WHERE draw_id = %(draw_id)s) AS inspectors,
               (SELECT count(*) FROM draw_recusal WHERE draw_id = %(draw_id)s) AS recusals
        """,
        {"draw_id": draw.draw_id},
    ).fetchone()
    assert counted is not None
    return rows(connection, [draw])[0] | counted | {"results": results}


def file_of(connection: C, draw: Draw) -> bytes:
    """The downloadable file: JSON, of lines short enough to look at."""
    file = DrawFile(
        state=draw.state,
        commitment=draw.commitment,
        lists=store.lists(connection, draw).document(),
        seed=draw.seed,
        public_value=draw.public_value,
        reason=draw.reason,
        results=store.results(connection, draw.draw_id),
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=1)
