"""What a survey 问卷 asks, whom, and when it may be answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.chassis.errors import Conflict, Text, WrongState

TEXT_LENGTH = 500
MOST_DAYS = 92


class State(StrEnum):
    DRAFTED = "drafted"
    PUBLISHED = "published"
    CLOSED = "closed"


class Standing(StrEnum):
    """How it stands on a day. `ended`: nobody can answer any more, and the night has not closed it yet."""

    DRAFTED = "drafted"
    PUBLISHED = "published"
    ENDED = "ended"
    CLOSED = "closed"


class Step(StrEnum):
    REVISE = "revise"
    PUBLISH = "publish"
    CLOSE = "close"


class Kind(StrEnum):
    SINGLE = "single"
    SEVERAL = "several"
    GRADE = "grade"
    TEXT = "text"


ALLOWED: dict[State, tuple[Step, ...]] = {
    State.DRAFTED: (Step.REVISE, Step.PUBLISH),
    State.PUBLISHED: (Step.CLOSE,),
    State.CLOSED: (),
}


@dataclass(frozen=True, kw_only=True)
class Words:
    """As the coordinator wrote them; no English is shown as the Chinese."""

    zh: str
    en: str = ""


@dataclass(frozen=True, kw_only=True)
class Option:
    code: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class Question:
    """`options` are for single and several choice only; a grade has those of 好差评, 5 to 1."""

    question_id: str
    kind: Kind
    required: bool
    words: Words
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Content:
    title: Words
    purpose: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Survey:
    """`area_code` is what the area codes of the enterprises it asks begin with, `industry` what their GB/T 4754 class
    begins with (None: any). It may be answered from `opens_on` to `closes_on`, both included, by the calendar of its
    area. `audience` is how many it asked when it was published."""

    survey_id: UUID
    version: int
    state: State
    area_code: str
    industry: str | None
    opens_on: date
    closes_on: date
    content: Content
    audience: int | None = None
    published_at: datetime | None = None
    closed_at: datetime | None = None

    def is_open(self, today: date) -> bool:
        return standing(self.state, self.closes_on, today) is Standing.PUBLISHED and self.opens_on <= today

    def check(self, step: Step) -> None:
        """Raises WrongState, naming what is possible instead."""
        allowed = ALLOWED[self.state]
        if step not in allowed:
            raise WrongState(step, self.state, allowed)


def standing(state: State, closes_on: date, today: date) -> Standing:
    """`today`: on the calendar of its area."""
    if state is State.PUBLISHED and closes_on < today:
        return Standing.ENDED
    return Standing(state.value)


class SurveyNotOpen(Conflict):
    code = "survey_not_open"
    title = Text("这份问卷现在不能作答", "This survey cannot be answered now")
    remedy = Text(
        "已经结束的不用再答；还没开始的，请到时再来。",
        "One that is over needs no answer; come back for one that has not begun.",
    )

    def __init__(self, survey: Survey | None = None) -> None:
        super().__init__(survey and _days(survey))


def _days(survey: Survey) -> Text:
    if survey.state is State.CLOSED:
        return Text("问卷已经结束，不再收答卷", "the survey is closed and takes no more answers")
    return Text(
        f"作答日期是 {survey.opens_on} 至 {survey.closes_on}",
        f"it is answered from {survey.opens_on} to {survey.closes_on}",
    )


class AlreadyAnswered(Conflict):
    code = "already_answered"
    title = Text("本企业已经答过这份问卷", "Your enterprise has answered this survey already")
    remedy = Text(
        "每份问卷每家企业答一次，无需再操作。", "A survey is answered once; there is nothing left to do."
    )


class AudienceTooSmall(Conflict):
    code = "audience_too_small"
    title = Text("受访企业太少", "Too few enterprises are asked")
    remedy = Text(
        "请扩大区划或取消行业限制后再发布。", "Widen the area or leave the industry open, then publish."
    )

    def __init__(self, audience: int, floor: int) -> None:
        super().__init__(
            Text(
                f"受访企业只有 {audience} 家，少于 {floor} 家，结果永远不能公开",
                f"only {audience} enterprises are asked, fewer than {floor}: its results could never be shown",
            ),
            audience=audience,
            floor=floor,
        )
