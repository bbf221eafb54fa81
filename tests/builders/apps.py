"""The four applications as they are, built once a process."""

from copy import copy
from functools import cache
from importlib import import_module

from flask import Config, Flask

from services.chassis.settings import Service, Settings


@cache
def built(service: Service) -> Flask:
    """Routes and documents, on no database: what needs neither settings nor keys."""
    return import_module(f"services.{service}.app").build()


def app_of(settings: Settings) -> Flask:
    """An app of the caller's own. Building takes five times as long as all else, and is the same for all of them."""
    shared = built(settings.service)
    app = copy(shared)
    app.config, app.extensions = Config(shared.root_path, shared.config), dict(shared.extensions)
    import_module(f"services.{settings.service}.app").equip(app, settings)
    return app
