"""What a rule is, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from services.chassis.errors import Text
from services.chassis.policy import Profile


class Outcome(StrEnum):
    NOTICE = "notice"  # 提示
    JUSTIFY = "justify"  # 需说明: goes on only with a stored reason
    BLOCK = "block"  # 阻断


class Stage(StrEnum):
    """When the gate looks. Data may have moved between one and the next. A draft or an order is judged up to JOIN,
    an arrival at ENTRY, an order's later life from REFUSE on; CLOCK is nobody's command but the time that passes."""

    CHECK = "check"
    DRAFT = "draft"
    SUBMIT = "submit"
    APPROVE = "approve"
    ISSUE = "issue"
    JOIN = "join"
    ENTRY = "entry"
    REFUSE = "refuse"
    RECORD = "record"
    CONCLUDE = "conclude"
    CLOSE = "close"
    CLOCK = "clock"


PLANNING = frozenset({Stage.CHECK, Stage.DRAFT, Stage.SUBMIT, Stage.APPROVE, Stage.ISSUE, Stage.JOIN})


class Judged(Protocol):
    """Facts of any kind; all are judged under a profile."""

    @property
    def profile(self) -> Profile: ...


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What a rule function sees. `about` tells several of one rule apart and must stay the same as long as
    the thing seen is the same: a reason given for it is kept under it. `outcome` only where it differs
    from the rule's own."""

    about: str
    explanation: Text
    remedy: Text
    figures: Mapping[str, int | str] = field(default_factory=dict[str, int | str])
    orders: tuple[UUID, ...] = ()
    items: tuple[UUID, ...] = ()
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An observation under the rule that made it, with the sources that rule rests on here."""

    rule: str
    outcome: Outcome
    key: str
    explanation: Text
    remedy: Text
    citations: tuple[Text, ...]
    figures: Mapping[str, int | str]
    orders: tuple[UUID, ...]
    items: tuple[UUID, ...]

    @property
    def nth(self) -> int:
        """Which visit this would be; 0 where the rule counts none."""
        return int(self.figures.get("nth", 0))


@dataclass(frozen=True, kw_only=True)
class Source:
    """`profile` names the city whose own rule it is; None: valid everywhere."""

    text: Text
    profile: str | None = None


def _nowhere() -> dict[Stage, Callable[[Any], Iterable[Observation]]]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """`observe` judges at every stage of `stages` but those where `again` looks at other facts, or gravely."""

    id: str
    title: Text
    outcome: Outcome
    parameters: tuple[str, ...]
    sources: tuple[Source, ...]
    stages: frozenset[Stage]
    observe: Callable[[Any], Iterable[Observation]]
    again: Mapping[Stage, Callable[[Any], Iterable[Observation]]] = field(default_factory=_nowhere)

    def findings(self, facts: Judged, stage: Stage | None = None) -> Iterable[Finding]:
        citations = tuple(s.text for s in self.sources if s.profile in (None, facts.profile.name))
        observe = self.again.get(stage, self.observe) if stage else self.observe
        for seen in observe(facts):
            yield Finding(
                rule=self.id,
                outcome=seen.outcome or self.outcome,
                key=f"{self.id}:{seen.about}",
                explanation=seen.explanation,
                remedy=seen.remedy,
                citations=citations,
                figures=seen.figures,
                orders=seen.orders,
                items=seen.items,
            )
