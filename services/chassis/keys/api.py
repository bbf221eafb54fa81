"""The same pages in the services that sign."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import marshmallow as ma
from flask import current_app
from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.keys.rotation import SigningKey, listed, rotate
from services.chassis.schema import Schema
from services.chassis.transaction import pool


class SigningKeySchema(Schema):
    number = ma.fields.Integer(required=True)
    made_at = ma.fields.AwareDateTime(required=True)
    signs = ma.fields.Boolean(required=True, metadata={"description": "one does; all verify"})
    signs_from = ma.fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "of a new key that does not sign yet: it is published first"},
    )


class SigningKeysSchema(Schema):
    name = ma.fields.String(required=True)
    items = ma.fields.List(ma.fields.Nested(SigningKeySchema), required=True)


def blueprint(service: str, name: str) -> Blueprint:
    """`name` is the folder among the secrets."""
    keys = Blueprint("keys", __name__, url_prefix=f"/api/{service}/v1/signing-keys", description=name)

    @keys.get("")
    @requires(Permission.KEY_ROTATE)
    @keys.response(200, SigningKeysSchema)
    def list_keys() -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
        return _answer(name)

    @keys.post("")
    @requires(Permission.KEY_ROTATE)
    @keys.response(201, SigningKeysSchema)
    def rotate_keys() -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
        """A new key: published at once, it signs when whoever verifies can know it. The older ones go on verifying."""
        with pool().connection() as connection:
            rotate(_folder(name), connection, principal().account_id)
        return cast("ResponseReturnValue", (_answer(name), 201))

    return keys


def _folder(name: str) -> Path:
    return current_app.extensions["yicha.settings"].secrets_dir / name


def _answer(name: str) -> ResponseReturnValue:
    items: list[SigningKey] = listed(_folder(name))
    return cast("ResponseReturnValue", {"name": name, "items": items})
