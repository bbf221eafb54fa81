"""The registry's web app: its parts are put together here and nowhere else."""

from __future__ import annotations

from flask import Flask

from services.chassis import app as chassis
from services.chassis import secrets
from services.chassis.identity.tokens import Issuer
from services.chassis.keys import api as keys
from services.chassis.settings import Settings
from services.registry.access import api as access
from services.registry.access.sms import open_sms
from services.registry.accounts import api as accounts
from services.registry.agencies import api as agencies
from services.registry.changes import api as changes
from services.registry.enterprises import api as enterprises
from services.registry.enterprises.contacts import Vault
from services.registry.imports import api as imports
from services.registry.inspectors import api as inspectors
from services.registry.items import api as items
from services.registry.photos import api as photos
from services.registry.sessions import api as sessions

PARTS = (sessions, access, enterprises, agencies, inspectors, items, accounts, imports, photos, changes)


def build() -> Flask:
    parts = (part.blueprint for part in PARTS)
    return chassis.build("registry", [*parts, keys.blueprint("registry", secrets.TOKEN_KEYS)])


def equip(app: Flask, settings: Settings) -> None:
    chassis.equip(app, settings)
    app.extensions["registry.issuer"] = Issuer(settings.secrets_dir / secrets.TOKEN_KEYS)
    app.extensions["registry.vault"] = Vault(settings.secrets_dir)
    app.extensions["registry.sms"] = open_sms(settings)
