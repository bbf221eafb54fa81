"""An enterprise answers a survey by a one-time right, as it rates a visit: nothing says whose answers are whose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from flask import current_app

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.identity import open_to_all, principal, requires_enterprise
from services.chassis.limits import limiter
from services.chassis.transaction import current_uow, reading, transactional
from services.feedback.policy import rules_at
from services.feedback.rights import store as rights
from services.feedback.rights.ticket import TicketOffice
from services.feedback.surveys import answering, schemas, store
from services.feedback.surveys.answering import AskForTicket
from services.feedback.surveys.answers import Answer

surveys = Blueprint("surveys", __name__, url_prefix="/api/feedback/v1", description="问卷")
OFFICE = "yicha.survey-office"


@surveys.get("/surveys")
@requires_enterprise()
@surveys.response(200, schemas.AskedSurveysSchema)
def list_asked():
    """Those that ask one's enterprise and are open today, what closes first first; and whether it has answered."""
    enterprise_id, rules = _enterprise_id(), rules_at(clock.now())
    with reading() as connection:
        asked = store.asking(connection, enterprise_id)
        open_ = [survey for survey in asked if survey.is_open(rules(survey.area_code).today)]
        nonces = {survey.survey_id: _office().nonce(survey.survey_id, enterprise_id) for survey in open_}
        used = rights.spent(connection, list(nonces.values()))
    return {
        "items": [
            asdict(survey.content)
            | {
                "survey_id": survey.survey_id,
                "opens_on": survey.opens_on,
                "closes_on": survey.closes_on,
                "answered": nonces[survey.survey_id] in used,
            }
            for survey in open_
        ]
    }


@surveys.post("/survey-tickets")
@requires_enterprise()
@surveys.arguments(schemas.AskForSurveyTicketSchema)
@surveys.response(201, schemas.SurveyTicketSchema)
def ask_for_survey_ticket(body: Mapping[str, Any]):
    """A right to answer one survey. Nothing is written: may be asked for again."""
    now = clock.now()
    command = AskForTicket(survey_id=body["survey_id"], enterprise_id=_enterprise_id(), now=now)
    with reading() as connection:
        return {"ticket": answering.issue_ticket(command, rules_at(now), connection, _office())}


@surveys.post("/survey-answers")
@open_to_all("the ticket is the right to answer; a login would name the enterprise")
@limiter.limit("30/minute")
@transactional
@surveys.arguments(schemas.SurveyAnswersSchema)
@surveys.response(201, schemas.AnsweredSchema)
def answer(body: Mapping[str, Any]):
    """Answer a survey, once. Send no login with it. A repeat answers 409 `already_answered`."""
    now = clock.now()
    right = _office().verify(body["ticket"], now)
    answers = {ident: _answer(given) for ident, given in body["answers"].items()}
    return {"counted_on": answering.give_answers(right, answers, rules_at(now), current_uow())}


def _answer(given: Mapping[str, Any]) -> Answer:
    choices = given.get("choices")
    return Answer(
        choices=tuple(choices) if choices else None, grade=given.get("grade"), text=given.get("text")
    )


def _enterprise_id() -> UUID:
    return cast("UUID", principal().enterprise_id)


def _office() -> TicketOffice:
    return current_app.extensions[OFFICE]
