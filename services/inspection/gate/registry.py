"""Every rule is entered here by its id, next to the function that judges it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import TypeVar

from services.chassis.errors import Text
from services.chassis.policy import Profile
from services.inspection.gate.model import (
    PLANNING,
    Finding,
    Judged,
    Observation,
    Outcome,
    Rule,
    Source,
    Stage,
)

F = TypeVar("F", contravariant=True)
Observer = Callable[[F], Iterable[Observation]]
RULES: dict[str, Rule] = {}
_FIGURES = frozenset(field.name for field in fields(Profile))


def rule(
    id: str,
    title: Text,
    outcome: Outcome,
    *sources: Source,
    parameters: tuple[str, ...] = (),
    stages: frozenset[Stage] = PLANNING,
) -> Callable[[Observer[F]], Observer[F]]:
    """Enter a rule. `parameters` are the figures of the policy profile that it uses."""
    if not sources:
        raise ValueError(f"rule {id} cites no source")
    if unknown := set(parameters) - _FIGURES:
        raise ValueError(f"rule {id} names figures no profile has: {sorted(unknown)}")

    def enter(observe: Observer[F]) -> Observer[F]:
        if id in RULES:
            raise ValueError(f"rule {id} is entered twice")
        RULES[id] = Rule(
            id=id,
            title=title,
            outcome=outcome,
            parameters=parameters,
            sources=sources,
            stages=stages,
            observe=observe,
        )
        return observe

    return enter


def rule_at(id: str, *stages: Stage) -> Callable[[Observer[F]], Observer[F]]:
    """How a rule that is entered already looks at these stages: at other facts, or with another outcome."""

    def enter(observe: Observer[F]) -> Observer[F]:
        known = RULES[id]
        if set(stages) & set(known.again):
            raise ValueError(f"rule {id} is entered twice for {sorted(set(stages) & set(known.again))}")
        RULES[id] = replace(
            known,
            stages=known.stages | set(stages),
            again={**known.again, **dict.fromkeys(stages, observe)},
        )
        return observe

    return enter


def judge(facts: Judged, stage: Stage) -> list[Finding]:
    """What every rule of this stage says of these facts, the gravest first."""
    found = [
        finding for rule in RULES.values() if stage in rule.stages for finding in rule.findings(facts, stage)
    ]
    gravity = {Outcome.BLOCK: 0, Outcome.JUSTIFY: 1, Outcome.NOTICE: 2}
    return sorted(found, key=lambda finding: (gravity[finding.outcome], finding.key))
