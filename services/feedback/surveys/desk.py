"""The coordinators' desk for surveys, each in the area of their own. No other role enters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection

from services.chassis import clock
from services.chassis.areas import prefix_of
from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import (
    current_uow,
    idempotent,
    reading,
    required_version,
    transactional,
    versioned,
)
from services.feedback.policy import rules_at
from services.feedback.surveys import commands, queries, store, template
from services.feedback.surveys import desk_schemas as schemas
from services.feedback.surveys.commands import Draft, Take
from services.feedback.surveys.model import ALLOWED, Content, Standing, State, Survey, standing
from services.feedback.surveys.queries import Line
from services.feedback.surveys.results import results_of

desk = Blueprint("survey-desk", __name__, url_prefix="/api/feedback/v1/desk", description="问卷管理")


@desk.get("/survey-templates")
@requires(Permission.SURVEY_RUN)
@desk.response(200, schemas.TemplatesSchema)
def list_templates():
    """Surveys that ship with the product, to begin a draft with."""
    return {"items": template.templates()}


@desk.get("/surveys")
@requires(Permission.SURVEY_RUN)
@desk.arguments(schemas.SurveyLinesQuery, location="query")
@desk.response(200, schemas.SurveyLinePageSchema)
def list_surveys(query: Mapping[str, Any]):
    """Of one's own area, the newest first."""
    states = [state.value for state in query["state"] or State]
    with reading() as connection:
        found = queries.lines(connection, _area(), states, query["limit"] + 1, query["after"])
    lines = found[: query["limit"]]
    items = [asdict(line) | {"state": _standing(line)} for line in lines]
    return {"items": items, "next": lines[-1].survey_id if len(found) > len(lines) else None}


@desk.post("/surveys")
@requires(Permission.SURVEY_RUN)
@idempotent
@desk.arguments(schemas.SurveyDraftSchema)
@desk.response(201, schemas.SurveySchema)
def draft_survey(body: Mapping[str, Any]):
    uow = current_uow()
    drafted = commands.draft_survey(_draft(body), _area(), uow)
    return _shown(uow.connection, drafted, 201)


@desk.get("/surveys/<uuid:survey_id>")
@requires(Permission.SURVEY_RUN)
@desk.response(200, schemas.SurveySchema)
def get_survey(survey_id: UUID):
    with reading() as connection:
        return _shown(connection, _known(connection, survey_id))


@desk.put("/surveys/<uuid:survey_id>")
@requires(Permission.SURVEY_RUN)
@versioned(required=True)
@transactional
@desk.arguments(schemas.SurveyDraftSchema)
@desk.response(200, schemas.SurveySchema)
def revise_survey(body: Mapping[str, Any], survey_id: UUID):
    """Only a draft. Needs If-Match."""
    uow = current_uow()
    return _shown(uow.connection, commands.revise_survey(_take(survey_id), _draft(body), uow))


@desk.post("/surveys/<uuid:survey_id>/publish")
@requires(Permission.SURVEY_RUN)
@versioned(required=True)
@transactional
@desk.response(200, schemas.SurveySchema)
def publish_survey(survey_id: UUID):
    """From now on it cannot be changed. Needs If-Match: what is published is what was read."""
    uow = current_uow()
    take = _take(survey_id)
    return _shown(uow.connection, commands.publish_survey(take, rules_at(take.now), uow))


@desk.post("/surveys/<uuid:survey_id>/close")
@requires(Permission.SURVEY_RUN)
@versioned(required=True)
@transactional
@desk.response(200, schemas.SurveySchema)
def close_survey(survey_id: UUID):
    """No answer counts any more, and the results can be seen. Needs If-Match."""
    uow = current_uow()
    return _shown(uow.connection, commands.close_survey(_take(survey_id), uow))


@desk.get("/surveys/<uuid:survey_id>/results")
@requires(Permission.SURVEY_RUN)
@desk.response(200, schemas.ResultsSchema)
def show_results(survey_id: UUID):
    """How many answered; and what, once it is closed and enough have."""
    with reading() as connection:
        survey = _known(connection, survey_id)
        local = rules_at(clock.now())(survey.area_code)
        answered, tallies = queries.answered(connection, survey_id), queries.tallies(connection, survey_id)
        return asdict(results_of(survey, answered, tallies, local.ratings.floor, local.today))


def _known(connection: Connection[Any], survey_id: UUID) -> Survey:
    survey = store.by_id(connection, survey_id, _area())
    if survey is None:
        raise NotFound("survey", survey_id)
    return survey


def _standing(survey: Survey | Line) -> Standing:
    return standing(survey.state, survey.closes_on, rules_at(clock.now())(survey.area_code).today)


def _area() -> str:
    """What the area codes of surveys begin with that one may see; of a coordinator without an area: all."""
    return prefix_of(principal().area_code or "")


def _take(survey_id: UUID) -> Take:
    return Take(survey_id=survey_id, version=required_version(), area=_area(), now=clock.now())


def _draft(body: Mapping[str, Any]) -> Draft:
    return Draft(
        area_code=body["area_code"],
        industry=body["industry"],
        opens_on=body["opens_on"],
        closes_on=body["closes_on"],
        content=msgspec.convert({name: body[name] for name in ("title", "purpose", "questions")}, Content),
    )


def _shown(connection: Connection[Any], survey: Survey, status: int = 200):
    """With how many it would ask now, while it is a draft."""
    audience = survey.audience
    if audience is None:
        audience = queries.audience(connection, survey.area_code, survey.industry)
    document = asdict(survey) | {
        **asdict(survey.content),
        "state": _standing(survey),
        "audience": audience,
        "answered": queries.answered(connection, survey.survey_id),
        "allowed": ALLOWED[survey.state],
    }
    return document, status, {"ETag": f'"{survey.version}"'}
