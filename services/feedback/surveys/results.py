"""What a coordinator gets to see of the answers: sums of at least `k`, and only once, when nothing is added to them
any more: two looks at a growing sum are a look at what came between (rule V1, ADR 66)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.feedback.ratings.model import GRADES
from services.feedback.surveys.model import Kind, Question, Standing, State, Survey, standing

Hidden = Literal["open", "ended", "too_few"]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Of one question: how many answered it, how often each option was chosen, and the texts in random order."""

    answered: int = 0
    chosen: Mapping[str, int] = field(default_factory=dict[str, int])
    texts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class QuestionResult:
    """`answered` is None, and all else empty, where fewer than `k` answered this question. `mean` is of grades."""

    question_id: str
    answered: int | None
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    mean: float | None = None
    texts: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Results:
    """`hidden` says why there is nothing to see yet; `floor` is the `k` of the survey's area."""

    answered: int
    audience: int
    floor: int
    hidden: Hidden | None
    questions: Sequence[QuestionResult] = ()


def results_of(
    survey: Survey, answered: int, tallies: Mapping[str, Tally], floor: int, today: date
) -> Results:
    hidden = hidden_because(survey, answered, floor, today)
    shown = () if hidden else [pooled(each, tallies, floor) for each in survey.content.questions]
    return Results(
        answered=answered, audience=survey.audience or 0, floor=floor, hidden=hidden, questions=shown
    )


def hidden_because(survey: Survey, answered: int, floor: int, today: date) -> Hidden | None:
    """What has ended stays hidden until it is closed: an answer of the last second may still be on its way in."""
    if survey.state is not State.CLOSED:
        return "ended" if standing(survey.state, survey.closes_on, today) is Standing.ENDED else "open"
    return "too_few" if answered < floor else None


def pooled(question: Question, tallies: Mapping[str, Tally], floor: int) -> QuestionResult:
    """A question that may be left out can have fewer answers than the survey has sheets."""
    tally = tallies.get(question.question_id, Tally())
    if tally.answered < floor:
        return QuestionResult(question_id=question.question_id, answered=None)
    return QuestionResult(
        question_id=question.question_id,
        answered=tally.answered,
        counts={code: tally.chosen.get(code, 0) for code in codes(question)},
        mean=_mean(tally.chosen) if question.kind is Kind.GRADE else None,
        texts=tally.texts,
    )


def codes(question: Question) -> list[str]:
    """What may be chosen, in the order in which it is offered."""
    if question.kind is Kind.GRADE:
        return [str(grade) for grade in GRADES]
    return [option.code for option in question.options]


def _mean(chosen: Mapping[str, int]) -> float:
    return round(sum(int(grade) * many for grade, many in chosen.items()) / sum(chosen.values()), 2)
