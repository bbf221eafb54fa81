"""Draft a survey, publish it, close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from events.catalogue.feedback import SurveyClosed, SurveyPublished
from services.chassis.areas import prefix_of
from services.chassis.database import UnitOfWork
from services.chassis.errors import Forbidden, Invalid, NotFound, StaleVersion, Text
from services.chassis.ids import new_id
from services.feedback.policy import Rules
from services.feedback.rights import store as rights
from services.feedback.surveys import queries, store
from services.feedback.surveys.model import AudienceTooSmall, Content, Standing, State, Step, Survey, standing


@dataclass(frozen=True, kw_only=True)
class Draft:
    area_code: str
    industry: str | None
    opens_on: date
    closes_on: date
    content: Content


@dataclass(frozen=True, kw_only=True)
class Take:
    """One step with the survey at the version that was read. `area` is what area codes begin with that the caller
    may see."""

    survey_id: UUID
    version: int
    area: str
    now: datetime


def draft_survey(draft: Draft, area: str, uow: UnitOfWork) -> Survey:
    """Raises Forbidden for an area that is not the coordinator's."""
    survey = Survey(survey_id=new_id(), version=1, state=State.DRAFTED, **_given(draft, area))
    store.insert(uow.connection, survey)
    return survey


def revise_survey(take: Take, draft: Draft, uow: UnitOfWork) -> Survey:
    """Raises NotFound, StaleVersion, Forbidden; WrongState once it is published."""
    survey = _taken(take, Step.REVISE, uow)
    revised = replace(survey, version=survey.version + 1, **_given(draft, take.area))
    store.update(uow.connection, revised)
    return revised


def _given(draft: Draft, area: str) -> dict[str, Any]:
    asked = prefix_of(draft.area_code)
    if not asked.startswith(area):
        raise Forbidden(
            Text(f"区划 {asked} 不在您的管辖范围内", f"area {asked} lies outside yours"),
            remedy=Text("请改为您管辖的区划。", "Name an area of yours."),
        )
    return {
        "area_code": asked,
        "industry": draft.industry,
        "opens_on": draft.opens_on,
        "closes_on": draft.closes_on,
        "content": draft.content,
    }


def publish_survey(take: Take, rules: Rules, uow: UnitOfWork) -> Survey:
    """From now on nothing about it changes. Raises NotFound, StaleVersion, WrongState, Invalid when its days are over,
    AudienceTooSmall when it asks fewer than could ever be shown together."""
    survey = _taken(take, Step.PUBLISH, uow)
    local = rules(survey.area_code)
    if survey.closes_on < local.today:
        raise Invalid({"/closes_on": "截止日期已过 · the last day is over"})
    audience = queries.audience(uow.connection, survey.area_code, survey.industry)
    if audience < local.ratings.floor:
        raise AudienceTooSmall(audience, local.ratings.floor)
    published = replace(
        survey,
        version=survey.version + 1,
        state=State.PUBLISHED,
        audience=audience,
        published_at=take.now,
    )
    store.update(uow.connection, published)
    uow.emit(
        SurveyPublished(
            survey_id=survey.survey_id,
            version=published.version,
            area_code=survey.area_code,
            industry=survey.industry,
            opens_on=survey.opens_on,
            closes_on=survey.closes_on,
            audience=audience,
        )
    )
    return published


def close_survey(take: Take, uow: UnitOfWork) -> Survey:
    """Before its last day is over. Raises NotFound, StaleVersion, WrongState."""
    survey = _taken(take, Step.CLOSE, uow)
    return _close(survey, take.now, uow)


def close_ended(rules: Rules, now: datetime, uow: UnitOfWork) -> Sequence[Survey]:
    """Those whose last day is over on their own calendar; what the others were answered is mixed. Idempotent."""
    published = store.lock_published(uow.connection)
    ended = [survey for survey in published if _is_over(survey, rules)]
    running = [survey.survey_id for survey in published if survey not in ended]
    closed = [_close(survey, now, uow) for survey in ended]
    store.mix(uow.connection, running)
    rights.mix_rights(uow.connection)
    return closed


def _is_over(survey: Survey, rules: Rules) -> bool:
    return standing(survey.state, survey.closes_on, rules(survey.area_code).today) is Standing.ENDED


def _close(survey: Survey, now: datetime, uow: UnitOfWork) -> Survey:
    closed = replace(survey, version=survey.version + 1, state=State.CLOSED, closed_at=now)
    store.update(uow.connection, closed)
    store.mix(uow.connection, [survey.survey_id])
    uow.emit(
        SurveyClosed(
            survey_id=survey.survey_id,
            version=closed.version,
            area_code=survey.area_code,
            audience=survey.audience or 0,
            answered=queries.answered(uow.connection, survey.survey_id),
        )
    )
    return closed


def _taken(take: Take, step: Step, uow: UnitOfWork) -> Survey:
    survey = store.lock(uow.connection, take.survey_id, take.area)
    if survey is None:
        raise NotFound("survey", take.survey_id)
    if take.version != survey.version:
        raise StaleVersion(take.version, survey.version)
    survey.check(step)
    return survey
