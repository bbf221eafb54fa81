"""What enterprises say. Ratings carry nothing that leads back to an order or an enterprise (rule V1)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from events.model import Event, Topic, published


@published("feedback.rating.given.v1", Topic.RATINGS, subject="rating_id", key=None, version=None)
@dataclass(frozen=True, kw_only=True)
class RatingGiven(Event):
    """One rating, 5 非常满意 … 1 非常不满意. Counts for the area at once, for an agency only when released."""

    rating_id: UUID
    area_code: str
    grade: int
    day: date


@published("feedback.ratings.released.v1", Topic.RATINGS, subject="release_id", key=None, version=None)
@dataclass(frozen=True, kw_only=True)
class RatingsReleased(Event):
    """At least `k` pooled ratings of one agency. `grades` counts them from grade 1 to grade 5."""

    release_id: UUID
    agency_id: UUID
    grades: tuple[int, int, int, int, int]
    released_on: date


@published("feedback.complaint.filed.v1", Topic.FEEDBACK, subject="complaint_id")
@dataclass(frozen=True, kw_only=True)
class ComplaintFiled(Event):
    """A complaint by category of the 五个严禁/八个不得; its text never travels."""

    complaint_id: UUID
    version: int
    enterprise_id: UUID
    agency_id: UUID | None
    order_id: UUID | None
    category: str
    due_on: date


@published("feedback.complaint.moved.v1", Topic.FEEDBACK, subject="complaint_id")
@dataclass(frozen=True, kw_only=True)
class ComplaintMoved(Event):
    """A complaint went on: 交办 assigned, 办理 handling, 回复 answered, 回访 followed_up, or was opened again."""

    complaint_id: UUID
    version: int
    enterprise_id: UUID
    state: Literal["assigned", "handling", "answered", "followed_up", "reopened"]
    due_on: date


@published("feedback.survey.published.v1", Topic.FEEDBACK, subject="survey_id", key="survey_id")
@dataclass(frozen=True, kw_only=True)
class SurveyPublished(Event):
    """A survey 问卷 asks the enterprises whose area codes begin with `area_code`, and whose industry (GB/T 4754) begins
    with `industry` where it is named. It may be answered on the days from `opens_on` to `closes_on`."""

    survey_id: UUID
    version: int
    area_code: str
    industry: str | None
    opens_on: date
    closes_on: date
    audience: int


@published("feedback.survey.closed.v1", Topic.FEEDBACK, subject="survey_id", key="survey_id")
@dataclass(frozen=True, kw_only=True)
class SurveyClosed(Event):
    """No more answers count. How many of its audience answered; what they said never travels."""

    survey_id: UUID
    version: int
    area_code: str
    audience: int
    answered: int


@published("feedback.survey.answered.v1", Topic.RATINGS, subject="answer_id", key=None, version=None)
@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Event):
    """One enterprise of a county answered, on a day; neither which nor what."""

    answer_id: UUID
    survey_id: UUID
    area_code: str
    day: date
