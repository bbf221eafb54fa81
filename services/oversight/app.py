"""The web side of oversight."""

from flask import Flask

from services.chassis import app as chassis
from services.chassis.settings import Settings
from services.oversight.alerts.api import alerts
from services.oversight.areas.api import areas
from services.oversight.duplicates.api import duplicates
from services.oversight.duplicates.desk.api import desk
from services.oversight.figures.api import figures_api
from services.oversight.orders.api import orders
from services.oversight.stream.api import HUB, stream
from services.oversight.stream.hub import Hub


def build() -> Flask:
    return chassis.build("oversight", [figures_api, alerts, areas, orders, duplicates, desk, stream])


def equip(app: Flask, settings: Settings) -> None:
    chassis.equip(app, settings)
    app.extensions[HUB] = Hub(settings.database_url)
