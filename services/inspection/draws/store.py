"""SQL of draws. None of these commits."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.types.json import Jsonb

from services.chassis.database import many
from services.chassis.errors import NotFound
from services.inspection.draws.file import State
from services.inspection.draws.model import DrawList, Drawn, Inspector, Object, Recusal, Stratum

C = Connection[Any]


@dataclass(frozen=True, kw_only=True)
class Draw:
    """A draw without its lists. `seed` is None until it is revealed or abandoned."""

    draw_id: UUID
    version: int = 1
    agency_id: UUID
    number: int
    previous: str | None
    state: State = "committed"
    purpose: str
    domain: str
    starts_on: date
    ends_on: date
    per_object: int
    scope: tuple[str, ...]
    strata: tuple[Stratum, ...]
    public_source: str | None
    public_on: date | None
    commitment: str
    seed: str | None = None
    public_value: str | None = None
    reason: str | None = None
    committed_by: UUID
    committed_at: datetime
    ended_by: UUID | None = None
    ended_at: datetime | None = None

    @property
    def sample(self) -> int:
        return sum(stratum.take for stratum in self.strata)


_COLUMNS: LiteralString = """
draw_id, version, agency_id, number, previous, state, purpose, domain, starts_on, ends_on, per_object, scope, strata,
public_source, public_on, commitment, seed, public_value, reason, committed_by, committed_at, ended_by, ended_at
"""
_FIND: LiteralString = f"SELECT {_COLUMNS} FROM draw WHERE draw_id = %s"


def lock_agency(connection: C, agency_id: UUID) -> None:
    """Draws of an agency are numbered without a gap, each names the one before: they wait for each other."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s::text, 0))", (f"draws {agency_id}",))


def last(connection: C, agency_id: UUID) -> tuple[int, str | None]:
    """Number and commitment of the agency's latest draw; 0 and None before the first."""
    row = connection.execute(
        "SELECT number, commitment FROM draw WHERE agency_id = %s ORDER BY number DESC LIMIT 1", (agency_id,)
    ).fetchone()
    return (row["number"], row["commitment"]) if row else (0, None)


def find(connection: C, draw_id: UUID) -> Draw:
    """Raises NotFound."""
    return _draw(connection, _FIND, draw_id)


def lock(connection: C, draw_id: UUID) -> Draw:
    """The draw, ours until the end of the transaction. Raises NotFound."""
    return _draw(connection, _FIND + " FOR NO KEY UPDATE", draw_id)


def _draw(connection: C, sql: LiteralString, draw_id: UUID) -> Draw:
    row = connection.execute(sql, (draw_id,)).fetchone()
    if row is None:
        raise NotFound("draw", draw_id)
    return msgspec.convert(row, Draw)


def listed(
    connection: C, *, agency_id: UUID | None, state: State | None, after: UUID | None, limit: int
) -> list[Draw]:
    """All there are, whatever became of them, the newest first. One row more than `limit`: there is a next page."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM draw"
        """
        WHERE (%(agency_id)s::uuid IS NULL OR agency_id = %(agency_id)s)
          AND (%(state)s::text IS NULL OR state = %(state)s)
          AND (%(after)s::uuid IS NULL OR draw_id < %(after)s)
        ORDER BY draw_id DESC LIMIT %(limit)s
        """,
        {"agency_id": agency_id, "state": state, "after": after, "limit": limit + 1},
    ).fetchall()
    return [msgspec.convert(row, Draw) for row in rows]


def lists(connection: C, draw: Draw) -> DrawList:
    """What the commitment fixed."""
    key = (draw.draw_id,)
    return DrawList(
        draw_id=draw.draw_id,
        agency_id=draw.agency_id,
        number=draw.number,
        previous=draw.previous,
        purpose=draw.purpose,
        domain=draw.domain,
        starts_on=draw.starts_on,
        ends_on=draw.ends_on,
        per_object=draw.per_object,
        industries=draw.scope,
        public_source=draw.public_source,
        public_on=draw.public_on,
        strata=draw.strata,
        objects=tuple(many(connection, Object, _OBJECTS, key)),
        inspectors=tuple(many(connection, Inspector, _INSPECTORS, key)),
        recusals=tuple(many(connection, Recusal, _RECUSALS, key)),
    )


_OBJECTS = "SELECT premises_id, enterprise_id, grade, industry FROM draw_object WHERE draw_id = %s"
_INSPECTORS = "SELECT inspector_id, certificate FROM draw_inspector WHERE draw_id = %s"
_RECUSALS = "SELECT inspector_id, enterprise_id FROM draw_recusal WHERE draw_id = %s"


def results(connection: C, draw_id: UUID) -> list[Drawn]:
    rows = connection.execute(
        "SELECT rank, premises_id, inspectors FROM draw_result WHERE draw_id = %s ORDER BY rank", (draw_id,)
    ).fetchall()
    return [msgspec.convert(row, Drawn) for row in rows]


def insert(connection: C, draw: Draw, listed: DrawList, reasons: list[str], seed: str) -> None:
    """`reasons` go with the recusals: kept, never published."""
    connection.execute(
        """
        INSERT INTO draw (draw_id, version, agency_id, number, previous, state, purpose, domain, starts_on, ends_on,
                          per_object, scope, strata, public_source, public_on, commitment, committed_by, committed_at)
        VALUES (%(draw_id)s, %(version)s, %(agency_id)s, %(number)s, %(previous)s, %(state)s, %(purpose)s, %(domain)s,
                %(starts_on)s, %(ends_on)s, %(per_object)s, %(scope)s, %(strata)s, %(public_source)s, %(public_on)s,
                %(commitment)s, %(committed_by)s, %(committed_at)s)
        """,
        asdict(draw)
        | {"scope": Jsonb(draw.scope), "strata": Jsonb([asdict(stratum) for stratum in draw.strata])},
    )
    connection.execute("INSERT INTO draw_seed (draw_id, seed) VALUES (%s, %s)", (draw.draw_id, seed))
    _insert_lists(connection, listed, reasons)


def _insert_lists(connection: C, listed: DrawList, reasons: list[str]) -> None:
    connection.execute(
        """
        WITH objects AS (
            INSERT INTO draw_object (draw_id, premises_id, enterprise_id, grade, industry)
            SELECT %(draw_id)s, given.* FROM unnest(
                %(premises)s::uuid[], %(enterprises)s::uuid[], %(grades)s::text[], %(industries)s::text[]) AS given),
        inspectors AS (
            INSERT INTO draw_inspector (draw_id, inspector_id, certificate)
            SELECT %(draw_id)s, given.* FROM unnest(%(inspectors)s::uuid[], %(certificates)s::text[]) AS given)
        INSERT INTO draw_recusal (draw_id, inspector_id, enterprise_id, reason)
        SELECT %(draw_id)s, given.* FROM unnest(%(recused)s::uuid[], %(from)s::uuid[], %(reasons)s::text[]) AS given
        """,
        {
            "draw_id": listed.draw_id,
            "premises": [one.premises_id for one in listed.objects],
            "enterprises": [one.enterprise_id for one in listed.objects],
            "grades": [one.grade for one in listed.objects],
            "industries": [one.industry for one in listed.objects],
            "inspectors": [one.inspector_id for one in listed.inspectors],
            "certificates": [one.certificate for one in listed.inspectors],
            "recused": [one.inspector_id for one in listed.recusals],
            "from": [one.enterprise_id for one in listed.recusals],
            "reasons": reasons,
        },
    )


def seed_of(connection: C, draw_id: UUID) -> str:
    """Of a locked draw, to be published in this transaction."""
    row = connection.execute("SELECT seed FROM draw_seed WHERE draw_id = %s", (draw_id,)).fetchone()
    assert row is not None
    return row["seed"]


def end(connection: C, draw: Draw, drawn: list[Drawn]) -> None:
    """Write back a locked draw that is revealed or abandoned, with what was drawn."""
    connection.execute(
        """
        UPDATE draw SET version = %(version)s, state = %(state)s, seed = %(seed)s, public_value = %(public_value)s,
                        reason = %(reason)s, ended_by = %(ended_by)s, ended_at = %(ended_at)s
        WHERE draw_id = %(draw_id)s
        """,
        asdict(draw),
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO draw_result (draw_id, premises_id, rank, inspectors) VALUES (%s, %s, %s, %s)",
            [(draw.draw_id, one.premises_id, one.rank, list(one.inspectors)) for one in drawn],
        )
