"""What a draw is made of, as it is now: its objects, its strata, and who of the agency may be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.errors import Invalid, Text
from services.chassis.identity import Principal
from services.inspection.draws import choice, model
from services.inspection.draws.choice import MOST_OBJECTS
from services.inspection.draws.model import TOP_GRADE, Object, Stratum
from services.inspection.replica.agencies import Agency, acting_for

C = Connection[Any]
Shares = Mapping[str | None, Fraction]


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What is asked before anything is committed to. `shares` may still lack grades."""

    starts_on: date
    ends_on: date
    premises: tuple[UUID, ...] = ()
    industries: tuple[str, ...] = ()
    shares: Shares


@dataclass(frozen=True, kw_only=True)
class PoolStratum:
    """`take` is None while its grade has no share."""

    grade: str | None
    industry: str | None
    objects: int
    limit: int | None
    take: int | None


@dataclass(frozen=True, kw_only=True)
class PoolInspector:
    inspector_id: UUID
    name: str
    certificate_number: str
    unfit: Text | None


@dataclass(frozen=True, kw_only=True)
class Pool:
    objects: int
    top_share: Fraction | None
    strata: list[PoolStratum]
    inspectors: list[PoolInspector]


def pool(asked: Lists, connection: C, who: Principal) -> Pool:
    """Sizes before the commitment, which may find others: nothing is locked. Raises Forbidden, Invalid."""
    agency = acting_for(connection, who)
    objects = objects_of(connection, agency, asked.premises, asked.industries)

    def left(share: Fraction, sections: Sequence[str]) -> dict[str, int]:
        return choice.left(connection, agency, share, sections, asked.starts_on.year)

    whole: Shares = {one.grade: asked.shares.get(one.grade, Fraction(1)) for one in objects}
    limited = {grade: asked.shares[grade] for grade in whole if grade in asked.shares}
    settle(too_large(agency, limited, objects))
    return Pool(
        objects=len(objects),
        top_share=agency.profile.top_grade_share,
        strata=[_shown(one, asked.shares) for one in strata_of(agency, whole, objects, left)],
        inspectors=_inspectors(connection, agency, asked),
    )


def _shown(one: Stratum, shares: Shares) -> PoolStratum:
    take = one.take if one.grade in shares else None
    return PoolStratum(
        grade=one.grade, industry=one.industry, objects=one.objects, limit=one.limit, take=take
    )


def _inspectors(connection: C, agency: Agency, asked: Lists) -> list[PoolInspector]:
    staff = choice.staff(connection, agency).values()
    return [
        PoolInspector(
            inspector_id=one.inspector_id,
            name=one.name,
            certificate_number=one.certificate_number,
            unfit=one.unfit(agency.domain, asked.starts_on, asked.ends_on),
        )
        for one in sorted(staff, key=lambda one: one.certificate_number)
        if one.active and one.kind == "inspector"
    ]


def objects_of(
    connection: C, agency: Agency, premises: Sequence[UUID], industries: Sequence[str]
) -> list[Object]:
    """Raises Invalid: an empty list, too long a one, or each that may not be on it."""
    if industries:
        objects = choice.in_industries(connection, agency, industries)
        pointer = "/industries"
    else:
        objects = choice.named(connection, agency, premises)
        pointer = "/premises"
        known = {one.premises_id for one in objects}
        settle(
            {
                f"/premises/{place}": "不是本辖区在营企业的场所（A4） / no active premises in your area (A4)"
                for place, one in enumerate(premises)
                if one not in known
            }
        )
    if not objects:
        raise Invalid(
            {pointer: "名单为空，无从抽取；请放宽范围 / the list is empty, nothing to draw from: widen it"}
        )
    if len(objects) > MOST_OBJECTS:
        raise Invalid(
            {pointer: f"超过 {MOST_OBJECTS} 个对象，请缩小范围 / more than {MOST_OBJECTS}, narrow it"}
        )
    return objects


def strata_of(
    agency: Agency,
    shares: Shares,
    objects: Sequence[Object],
    left: Callable[[Fraction, Sequence[str]], Mapping[str, int]],
) -> tuple[Stratum, ...]:
    """`left` says how many more of the best graded may be drawn in each section (rule F6)."""
    top = agency.profile.top_grade_share
    best = sorted({one.industry for one in objects if one.grade == TOP_GRADE})
    return model.stratify(objects, shares, left(top, best) if top is not None and best else None)


def too_large(agency: Agency, shares: Shares, objects: Sequence[Object]) -> dict[str, str]:
    """JSON pointer → what is wrong: a share of the best graded above the profile's (rule F6)."""
    top = agency.profile.top_grade_share
    best = any(one.grade == TOP_GRADE for one in objects)
    if top is None or not best or TOP_GRADE not in shares or shares[TOP_GRADE] <= top:
        return {}
    return {
        "/shares": f"优级（A）比例不得超过 {top}（F6） / the share of grade A may not exceed {top} (F6)",
    }


def settle(wrong: Mapping[str, str]) -> None:
    """Raises Invalid, unless nothing is wrong."""
    if wrong:
        raise Invalid(wrong)
