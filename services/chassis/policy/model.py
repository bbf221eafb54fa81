"""A policy profile: what RULES calls parameters, as one frozen object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from events.catalogue.inspection import Trigger


@dataclass(frozen=True, kw_only=True)
class Cap:
    """Rule F1: `visits` a year where domain and grade are as given; None means any."""

    visits: int
    domain: str | None = None
    grade: str | None = None

    def applies(self, domain: str, grade: str | None) -> bool:
        return self.domain in (None, domain) and self.grade in (None, grade)


@dataclass(frozen=True, kw_only=True)
class Rights:
    """五个严禁、八个不得, as carried on every notice, so that an office can correct the text."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One version of one city's figures. Each is named after its parameter in RULES; None: no such rule here.

    `areas` are prefixes of area codes; the longest that fits decides. `annual_caps` tighten what an item
    publishes, they never loosen it. `blocking_triggers` stop at the cap, the others are only counted;
    `uncounted_triggers` take no place under it. `reviewed_triggers` go on only after the coordinator's review
    (rule A8), and so does whatever no plan foresees where `unplanned_reviewed`. Ratings: an agency sees them
    together once `k` are pooled, or after `release_days`, never fewer than `k` (rule V1).
    """

    name: str
    version: str
    in_force_from: date
    areas: tuple[str, ...]
    timezone: str
    min_inspectors: int
    urgent_hours: int
    publish_days: int
    reviewed_triggers: frozenset[Trigger]
    unplanned_reviewed: bool
    blocking_triggers: frozenset[Trigger]
    uncounted_triggers: frozenset[Trigger]
    annual_caps: tuple[Cap, ...]
    reasonable_per_year: int | None
    visits_per_day: int | None
    visits_per_week: int | None
    visits_per_month: int | None
    zero_finding_streak: int | None
    quiet_until_day: int | None
    quiet_exempt_triggers: frozenset[Trigger]
    top_grade_share: Fraction | None
    join_days: int
    joint_headcount: int
    entry_radius_m: int
    clock_skew_seconds: int
    backfill_days: int
    conclusion_days: int
    publish_workdays: int
    k: int
    release_days: int
    complaint_workdays: int
    rights: Rights

    @property
    def label(self) -> str:
        """What an order remembers of the profile that judged it."""
        return f"{self.name}@{self.version}"

    def annual_cap(self, domain: str, grade: str | None, published: Iterable[int | None]) -> int | None:
        """The strictest of what the items publish and what the profile adds; None where nobody set one."""
        own = (cap.visits for cap in self.annual_caps if cap.applies(domain, grade))
        return min((visits for visits in (*own, *published) if visits is not None), default=None)
