"""The web side of feedback."""

from flask import Flask

from services.chassis import app, secrets
from services.chassis.settings import Settings
from services.feedback.complaints.api import complaints
from services.feedback.complaints.desk import desk
from services.feedback.ratings.api import OFFICE, ratings
from services.feedback.ratings.ticket import TicketOffice


def create_app(settings: Settings) -> Flask:
    flask = app.create_app(settings, [ratings, complaints, desk])
    flask.extensions[OFFICE] = TicketOffice(secrets.read(settings.secrets_dir, secrets.RATING_SECRET))
    return flask
