"""What an account registered or changed, written to the audit by field names alone."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from services.chassis import audit
from services.chassis.audit import Act, Tag
from services.chassis.database import UnitOfWork

What = Literal["enterprise", "agency", "inspector", "item"]


def note_registered(what: What, ident: UUID, by: UUID | None, uow: UnitOfWork) -> None:
    _note(Tag.REGISTERED, what, ident, by, uow, version=1)


def note_changed(
    what: What, ident: UUID, by: UUID | None, uow: UnitOfWork, *, version: int, fields: list[str]
) -> None:
    """`version` is the one the change makes."""
    _note(Tag.CHANGED, what, ident, by, uow, version=version, fields=fields)


def different(known: Any, draft: Any) -> list[str]:
    """Names of fields, not what is in them. Both are dataclasses; the draft's fields count."""
    then, now = asdict(known), asdict(draft)
    return [name for name in now if _in_any_order(now[name]) != _in_any_order(then.get(name))]


def _in_any_order(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(map(repr, value))
    return value


def _note(tag: Tag, what: What, ident: UUID, by: UUID | None, uow: UnitOfWork, **details: Any) -> None:
    act = Act(tag=tag, subject=f"{what}/{ident}", account_id=by, details=details)
    uow.at_commit(lambda connection: audit.write(connection, act))
