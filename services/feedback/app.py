"""The web side of feedback."""

from flask import Flask

from services.chassis import app as chassis
from services.chassis import secrets
from services.chassis.settings import Settings
from services.feedback.complaints.api import complaints
from services.feedback.complaints.desk import desk
from services.feedback.ratings.api import OFFICE, ratings
from services.feedback.rights.ticket import TicketOffice
from services.feedback.surveys import api as survey_api
from services.feedback.surveys import desk as survey_desk
from services.feedback.visits.api import visits


def build() -> Flask:
    return chassis.build(
        "feedback", [ratings, visits, complaints, desk, survey_api.surveys, survey_desk.desk]
    )


def equip(app: Flask, settings: Settings) -> None:
    chassis.equip(app, settings)
    secret = secrets.read(settings.secrets_dir, secrets.RATING_SECRET)
    app.extensions[OFFICE] = TicketOffice(secret, "rating")
    app.extensions[survey_api.OFFICE] = TicketOffice(secret, "survey")
