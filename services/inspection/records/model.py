"""现场检查笔录 and 检查结果: what was found, who said what, how it ends. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from events.catalogue.inspection import Result

Finding = Literal["ok", "problem", "not_applicable"]
FINDINGS: tuple[Finding, ...] = ("ok", "problem", "not_applicable")
ENDS_AT_ONCE: frozenset[Result] = frozenset({"no_problem", "reminder"})
"""Nothing is left to do after these: the order is closed."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of the checklist version that was locked at issue (rule R1)."""

    item_id: UUID
    question_id: str
    text: str
    basis: str

    @property
    def question(self) -> tuple[UUID, str]:
        return self.item_id, self.question_id


@dataclass(frozen=True, kw_only=True)
class Answer:
    item_id: UUID
    question_id: str
    finding: Finding
    note: str

    @property
    def question(self) -> tuple[UUID, str]:
        return self.item_id, self.question_id


@dataclass(frozen=True, kw_only=True)
class Signature:
    """The enterprise's signature, or its refusal with the reason and a witness (rule R2)."""

    signed_by: str | None
    refusal_reason: str | None
    witness: str | None


@dataclass(frozen=True, kw_only=True)
class Record:
    order_id: UUID
    made_by: UUID
    name: str
    made_at: datetime
    statement: str
    signature: Signature
    answers: tuple[Answer, ...]
    evidence: tuple[str, ...] = ()
    """Hashes of the evidence that was there when it was signed."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "evidence", tuple(self.evidence))

    @property
    def problems(self) -> int:
        return sum(answer.finding == "problem" for answer in self.answers)

    def says_the_same_as(self, other: Record) -> bool:
        """Whether it is the same record sent again."""
        return (
            self.statement == other.statement
            and self.signature == other.signature
            and set(self.answers) == set(other.answers)
        )


def faults(answers: Sequence[Answer], checklist: Sequence[Question]) -> Mapping[str, str]:
    """JSON pointer → what is wrong: every question is answered, and once. That nothing else is, rule R1 sees to."""
    asked = {question.question for question in checklist}
    found: dict[str, str] = {}
    seen: set[tuple[UUID, str]] = set()
    for place, answer in enumerate(answers):
        if answer.question in seen:
            found[f"/answers/{place}"] = "重复作答 / answered twice"
        seen.add(answer.question)
    if missing := sorted(asked - seen, key=str):
        names = "、".join(f"{item_id}/{question_id}" for item_id, question_id in missing)
        found["/answers"] = f"尚未作答 / not answered: {names}"
    return found


@dataclass(frozen=True, kw_only=True)
class Conclude:
    """`deadline` only for 责令改正, and then it must be there (rule R4)."""

    order_id: UUID
    version: int | None
    result: Result
    deadline: date | None
