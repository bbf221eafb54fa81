"""The four applications as they are, on a database or on none."""

from importlib import import_module
from pathlib import Path

from flask import Flask

from services.chassis import secrets
from services.chassis.settings import Service, Settings

NOBODY_LISTENS = "postgresql://nobody@127.0.0.1:9/none?connect_timeout=1"


def settings_without_database(service: Service, folder: Path) -> Settings:
    secrets.ensure(folder)
    return Settings(
        service=service,
        database_url=NOBODY_LISTENS,
        secrets_dir=folder,
        public_url="http://yicha.test",
        jwks_url="http://127.0.0.1:9/jwks.json",
        events="memory",
        sms=f"file:{folder / 'sms.log'}",
        pool_size=1,
        rate_limits=False,
    )


def app_of(settings: Settings) -> Flask:
    return import_module(f"services.{settings.service}.app").create_app(settings)
