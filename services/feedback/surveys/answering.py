"""Ask for the right to answer a survey, and spend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from psycopg import Connection
from psycopg.rows import DictRow

from events.catalogue.feedback import SurveyAnswered
from services.chassis.database import UnitOfWork
from services.chassis.errors import NotFound, Text, Unavailable
from services.feedback.policy import Rules
from services.feedback.rights import store as rights
from services.feedback.rights.ticket import Right, TicketOffice, county_of
from services.feedback.surveys import store
from services.feedback.surveys.answers import Answer, ballots
from services.feedback.surveys.model import AlreadyAnswered, SurveyNotOpen


@dataclass(frozen=True, kw_only=True)
class AskForTicket:
    survey_id: UUID
    enterprise_id: UUID
    now: datetime


def issue_ticket(
    command: AskForTicket, rules: Rules, connection: Connection[DictRow], office: TicketOffice
) -> str:
    """Reads only: that somebody asked is nowhere to be found afterwards.

    Raises NotFound for a survey that does not ask this enterprise, SurveyNotOpen, AlreadyAnswered.
    """
    asked = store.asking(connection, command.enterprise_id)
    survey = next((each for each in asked if each.survey_id == command.survey_id), None)
    if survey is None:
        raise NotFound("survey", command.survey_id)
    if not survey.is_open(rules(survey.area_code).today):
        raise SurveyNotOpen(survey)
    nonce = office.nonce(survey.survey_id, command.enterprise_id)
    if rights.spent(connection, [nonce]):
        raise AlreadyAnswered()
    area_code = store.area_of(connection, command.enterprise_id)
    if area_code is None:
        raise Unavailable(Text("企业资料尚未同步", "the registry's data has not arrived yet"))
    right = Right(nonce=nonce, about=survey.survey_id, area_code=county_of(area_code))
    return office.sign(right, command.now)


def give_answers(right: Right, answers: Mapping[str, Answer], rules: Rules, uow: UnitOfWork) -> date:
    """The day they count on. Raises SurveyNotOpen, Invalid, AlreadyAnswered."""
    survey = store.hold_open(uow.connection, right.about)
    if survey is None:
        raise SurveyNotOpen()
    today = rules(survey.area_code).today
    if not survey.is_open(today):
        raise SurveyNotOpen(survey)
    given = ballots(survey.content.questions, answers)
    if not rights.spend(uow.connection, right.nonce):
        raise AlreadyAnswered()
    store.cast_ballots(uow.connection, survey.survey_id, given)
    uow.emit(
        SurveyAnswered(answer_id=uuid4(), survey_id=survey.survey_id, area_code=right.area_code, day=today)
    )
    return today
