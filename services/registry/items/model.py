"""What may be checked: a published item 检查事项 with its legal basis and versioned checklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Question:
    """`question_id` is stable within an item: the record answers it by this id."""

    question_id: str
    text: str
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemDraft:
    """`annual_cap`: visits a year per agency and enterprise; `min_interval_days`: rule F7."""

    code: str
    name: str
    domain: str
    levels: tuple[str, ...]
    legal_basis: str
    checklist: tuple[Question, ...]
    in_force_from: date
    in_force_until: date | None = None
    annual_cap: int | None = None
    min_interval_days: int | None = None
    published: bool = True


@dataclass(frozen=True, kw_only=True)
class Item(ItemDraft):
    item_id: UUID
    version: int
    checklist_version: int
