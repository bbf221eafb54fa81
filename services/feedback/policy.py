"""The figures of rules V1 and V2. One set for now; a city's own come with its policy profile."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class RatingPolicy:
    """`floor` ratings are the fewest an agency ever gets to see together (V1's `k`); `pool` are enough to
    release them at once, `release_days` is when the floor alone is enough. `rateable_days` after its
    conclusion a visit can no longer be rated."""

    floor: int = 5
    pool: int = 5
    release_days: int = 30
    rateable_days: int = 90

    def __post_init__(self) -> None:
        if not 1 < self.floor <= self.pool:
            raise ValueError(f"floor {self.floor} must be at least 2 and not above pool {self.pool}")


@dataclass(frozen=True, kw_only=True)
class ComplaintPolicy:
    complaint_workdays: int = 15


RATINGS = RatingPolicy()
COMPLAINTS = ComplaintPolicy()
