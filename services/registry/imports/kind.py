"""What can be imported: its columns, the table they go to, and what must be checked against the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import LiteralString

from events.model import Event
from services.registry import words
from services.registry.imports.values import Parse

Values = dict[str, str | bytes | None]


@dataclass(frozen=True, kw_only=True)
class Column:
    """`default` is SQL for a new row when the file says nothing; an empty cell leaves a known row as it is.

    `stored=False`: only staged, for checks to resolve. `compared=False`: a difference alone is no change.
    A column without `parse` is not read from the file but derived."""

    name: LiteralString
    type: LiteralString = "text"
    default: LiteralString = "NULL"
    parse: Parse | None = None
    required: bool = False
    stored: bool = True
    compared: bool = True


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`key` is the column that identifies a row. `checks` are statements that delete staged rows and return
    (line, title, value, reason) for each; `resolve` run before them, `after` once `changed` is known.
    `changes` says which `known` row a staged row `s` may change; `untouched` are checks for those that it therefore
    did not, made after the write: another import may have taken the key meanwhile."""

    name: str
    table: LiteralString
    ident: LiteralString
    key: LiteralString
    event: type[Event]
    columns: tuple[Column, ...]
    finish: Callable[[Values], None] = lambda row: None
    ids: tuple[LiteralString, ...] = ("id", "event_id")
    resolve: tuple[LiteralString, ...] = ()
    checks: tuple[LiteralString, ...] = ()
    after: tuple[LiteralString, ...] = ()
    changes: LiteralString = "true"
    untouched: tuple[LiteralString, ...] = ()

    @cached_property
    def read(self) -> dict[str, Column]:
        """The columns that a file may have, by field name."""
        return {column.name: column for column in self.columns if column.parse}

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name, column in self.read.items() if column.required)

    @property
    def titles(self) -> dict[str, list[str]]:
        """Field → the headers offices give it, the likeliest first."""
        known = words.headers(self.name)
        return {name: [*known.get(name, ()), name] for name in self.read}
