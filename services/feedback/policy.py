"""The figures of rules V1 and V2: of the profile that governs an agency's area, and the product's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from services.chassis.policy import Policies, city_day, policies

POOL = 5
RATEABLE_DAYS = 90


@dataclass(frozen=True, kw_only=True)
class RatingPolicy:
    """`floor` ratings are the fewest an agency ever gets to see together (V1's `k`); `pool` are enough to
    release them at once, `release_days` is when the floor alone is enough. `rateable_days` after its
    conclusion a visit can no longer be rated. Pool and rateable days are the product's, no city names them."""

    floor: int = 5
    pool: int = POOL
    release_days: int = 30
    rateable_days: int = RATEABLE_DAYS

    def __post_init__(self) -> None:
        if not 1 < self.floor <= self.pool:
            raise ValueError(f"floor {self.floor} must be at least 2 and not above pool {self.pool}")


RATINGS = RatingPolicy()


@dataclass(frozen=True, kw_only=True)
class Local:
    """What holds in one area now; `today` is the day on its calendar."""

    ratings: RatingPolicy
    complaint_workdays: int
    today: date


Rules = Callable[[str | None], Local]


def rules_at(now: datetime, known: Policies | None = None) -> Rules:
    """What holds in an area at that moment. An area that is not known yet (None) has what holds everywhere."""
    profiles = known or policies()

    def of_area(area_code: str | None) -> Local:
        profile = profiles.governing(area_code or "", now)
        ratings = RatingPolicy(floor=profile.k, pool=max(POOL, profile.k), release_days=profile.release_days)
        return Local(
            ratings=ratings, complaint_workdays=profile.complaint_workdays, today=city_day(profile, now)
        )

    return of_area
