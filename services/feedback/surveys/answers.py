"""Whether what was answered is an answer to what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.chassis.errors import Invalid
from services.feedback.ratings.model import GRADES
from services.feedback.surveys.model import Kind, Question

_MISSING = "请回答这一题 · please answer this question"
_UNKNOWN = "没有这一题 · there is no such question"
_CHOICES = "请从给出的选项中选择 · choose among the options"
_ONE = "只能选一项 · choose one"
_GRADE = "请选择一个等级 · choose a grade"
_TEXT = "请用文字回答 · answer in words"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """To one question, of the member that its kind asks for: `choices` to a single or several choice, `grade` 5 to 1,
    `text`."""

    choices: tuple[str, ...] | None = None
    grade: int | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class Ballot:
    """What is kept of one answer: what was chosen (a grade as its digit), or the words. It names no answerer, and
    nothing holds it together with the other ballots of the same sheet."""

    question_id: str
    chosen: tuple[str, ...] = ()
    text: str | None = None


def ballots(questions: Sequence[Question], answers: Mapping[str, Answer]) -> list[Ballot]:
    """Raises Invalid, with the place of every answer that is missing or of another kind."""
    known = {question.question_id: question for question in questions}
    wrong = {f"/answers/{ident}": _UNKNOWN for ident in answers if ident not in known}
    found: list[Ballot] = []
    for ident, question in known.items():
        answer = answers.get(ident)
        problem = _problem(question, answer)
        if problem:
            wrong[f"/answers/{ident}"] = problem
        elif answer:
            found.append(_ballot(ident, answer))
    if wrong:
        raise Invalid(wrong)
    return found


def _problem(question: Question, answer: Answer | None) -> str | None:
    if answer is None:
        return _MISSING if question.required else None
    if question.kind is Kind.TEXT:
        said = answer.text is not None and answer.choices is None and answer.grade is None
        return None if said else _TEXT
    if question.kind is Kind.GRADE:
        graded = answer.grade in GRADES and answer.choices is None and answer.text is None
        return None if graded else _GRADE
    return _of_choices(question, answer)


def _of_choices(question: Question, answer: Answer) -> str | None:
    offered = {option.code for option in question.options}
    choices = answer.choices or ()
    if answer.grade is not None or answer.text is not None or not choices or not offered.issuperset(choices):
        return _CHOICES
    if len(set(choices)) != len(choices):
        return _CHOICES
    return _ONE if question.kind is Kind.SINGLE and len(choices) > 1 else None


def _ballot(question_id: str, answer: Answer) -> Ballot:
    if answer.grade is not None:
        return Ballot(question_id=question_id, chosen=(str(answer.grade),))
    return Ballot(question_id=question_id, chosen=answer.choices or (), text=answer.text)
