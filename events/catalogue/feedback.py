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
