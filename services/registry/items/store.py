from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from services.chassis.database import many, one
from services.registry.items.model import Item, ItemDraft

_COLUMNS = """item_id, version, code, name, domain, levels, legal_basis, questions AS checklist,
    in_force_from, in_force_until, annual_cap, min_interval_days, published, checklist_version"""


def insert(connection: Connection[DictRow], item_id: UUID, draft: ItemDraft) -> None:
    connection.execute(
        """
        INSERT INTO item (item_id, code, name, domain, levels, legal_basis, questions, in_force_from,
                          in_force_until, annual_cap, min_interval_days, published)
        VALUES (%(item_id)s, %(code)s, %(name)s, %(domain)s, %(levels)s, %(legal_basis)s, %(checklist)s,
                %(in_force_from)s, %(in_force_until)s, %(annual_cap)s, %(min_interval_days)s, %(published)s)
        """,
        _row(item_id, draft),
    )


def update(connection: Connection[DictRow], item_id: UUID, draft: ItemDraft) -> None:
    """A changed checklist gets the next checklist version; an unchanged one keeps its own."""
    connection.execute(
        """
        UPDATE item
        SET version = version + 1, updated_at = now(), code = %(code)s, name = %(name)s,
            domain = %(domain)s, levels = %(levels)s, legal_basis = %(legal_basis)s,
            checklist_version = checklist_version + (questions <> %(checklist)s)::int,
            questions = %(checklist)s, in_force_from = %(in_force_from)s,
            in_force_until = %(in_force_until)s, annual_cap = %(annual_cap)s,
            min_interval_days = %(min_interval_days)s, published = %(published)s
        WHERE item_id = %(item_id)s
        """,
        _row(item_id, draft),
    )


def keep_checklist(connection: Connection[DictRow], item_id: UUID) -> None:
    """Remember the checklist that is in force now, for good."""
    connection.execute(
        """
        INSERT INTO checklist (item_id, checklist_version, questions)
        SELECT item_id, checklist_version, questions FROM item WHERE item_id = %s
        ON CONFLICT DO NOTHING
        """,
        (item_id,),
    )


def get(connection: Connection[DictRow], item_id: UUID) -> Item | None:
    return one(connection, Item, f"SELECT {_COLUMNS} FROM item WHERE item_id = %s", (item_id,))


def lock(connection: Connection[DictRow], item_id: UUID) -> Item | None:
    return one(connection, Item, f"SELECT {_COLUMNS} FROM item WHERE item_id = %s FOR UPDATE", (item_id,))


def page(
    connection: Connection[DictRow], after: UUID | None, limit: int, domain: str | None, q: str | None
) -> list[Item]:
    return many(
        connection,
        Item,
        f"""
        SELECT {_COLUMNS} FROM item
        WHERE (%(after)s::uuid IS NULL OR item_id > %(after)s)
          AND (%(domain)s::text IS NULL OR domain = %(domain)s)
          AND (%(q)s::text IS NULL OR strpos(name, %(q)s) > 0 OR code = %(q)s)
        ORDER BY item_id LIMIT %(limit)s
        """,
        {"after": after, "domain": domain, "q": q, "limit": limit},
    )


def checklist(connection: Connection[DictRow], item_id: UUID, version: int) -> DictRow | None:
    return connection.execute(
        """
        SELECT item_id, checklist_version, questions, since
        FROM checklist WHERE item_id = %s AND checklist_version = %s
        """,
        (item_id, version),
    ).fetchone()


def checklists(connection: Connection[DictRow], item_id: UUID) -> list[DictRow]:
    return connection.execute(
        """
        SELECT item_id, checklist_version, questions, since
        FROM checklist WHERE item_id = %s ORDER BY checklist_version DESC
        """,
        (item_id,),
    ).fetchall()


def _row(item_id: UUID, draft: ItemDraft) -> dict[str, Any]:
    return asdict(draft) | {
        "item_id": item_id,
        "levels": list(draft.levels),
        "checklist": Jsonb([asdict(question) for question in draft.checklist]),
    }
