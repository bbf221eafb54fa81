"""The inspection service over HTTP."""

from flask import Flask

from services.chassis import app as chassis
from services.chassis.settings import Settings
from services.inspection.orders.api import blueprint as orders
from services.inspection.policy import policies


def create_app(settings: Settings) -> Flask:
    """Raises BadProfile when a policy profile cannot be right."""
    policies()
    return chassis.create_app(settings, [orders])
