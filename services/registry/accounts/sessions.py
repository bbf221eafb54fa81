"""Logging in, and the keys that every service verifies tokens with."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.identity import open_to_all, principal, requires_login
from services.chassis.limits import limiter
from services.chassis.transaction import current_uow, pool, transactional
from services.registry import answers, tokens
from services.registry.accounts import commands
from services.registry.accounts.model import Account
from services.registry.accounts.schemas import CredentialsSchema, SessionSchema

blueprint = Blueprint("sessions", __name__, url_prefix="/api/registry/v1", description="Logging in")


def _username() -> str:
    body: Any = request.get_json(silent=True)
    return str(body.get("username"))[:50] if isinstance(body, dict) else ""  # pyright: ignore[reportUnknownMemberType,reportUnknownArgumentType]


@blueprint.post("/sessions")
@open_to_all("logging in is how one gets a token")
@limiter.limit("300/minute")
@limiter.limit("10/minute", key_func=_username)
@blueprint.arguments(CredentialsSchema)
@blueprint.response(200, SessionSchema)
def log_in(data: dict[str, Any]) -> ResponseReturnValue:
    return _session(commands.log_in(data["username"], data["password"], pool()))


@blueprint.post("/sessions/renew")
@requires_login()
@blueprint.response(200, SessionSchema)
@transactional
def renew_session() -> ResponseReturnValue:
    """A fresh token before this one expires, with the rights the account has now."""
    return _session(commands.renew(principal(), current_uow()))


@blueprint.get("/jwks.json")
@open_to_all("public keys are public")
@blueprint.response(200, description="the public keys of tokens, as a JWK set")
def jwks() -> Response:
    response = jsonify(tokens.issuer().jwks())
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _session(account: Account) -> ResponseReturnValue:
    return answers.document({**tokens.issued(account.principal()), "account": account})
