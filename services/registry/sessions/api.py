"""Logging in, and the keys that every service verifies tokens with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, after_this_request, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from services.chassis.attempts import Limit, counted
from services.chassis.blueprint import Blueprint
from services.chassis.database import UnitOfWork
from services.chassis.errors import Text, Unauthenticated
from services.chassis.identity import open_to_all, principal, requires_login
from services.chassis.limits import address, limiter, named_in
from services.chassis.settings import Settings
from services.chassis.transaction import current_uow, pool, transactional
from services.registry import answers, tokens
from services.registry.accounts import commands as accounts
from services.registry.accounts.model import Account
from services.registry.accounts.schemas import CredentialsSchema, SessionSchema
from services.registry.imports.load import SOURCE
from services.registry.sessions import commands, store
from services.registry.sessions.model import Cookie, LoginSession

blueprint = Blueprint("sessions", __name__, url_prefix="/api/registry/v1", description="Logging in")
_COOKIE = "yicha_session"
_MINUTE = timedelta(minutes=1)
_PATH = "/api/registry/v1/sessions/cookie"


@blueprint.post("/sessions")
@open_to_all("logging in is how one gets a token")
@counted(Limit(300, _MINUTE, address), Limit(10, _MINUTE, named_in("username")))
@blueprint.arguments(CredentialsSchema)
@blueprint.response(200, SessionSchema)
def log_in(data: dict[str, Any]) -> ResponseReturnValue:
    """The cookie that comes with it keeps a browser logged in; other clients may leave it alone."""
    account = accounts.log_in(data["username"], data["password"], pool())
    with UnitOfWork(pool(), SOURCE) as uow:
        cookie, session = commands.begin(account.account_id, uow)
        uow.commit()
    _keep(cookie, session)
    return _session(account)


@blueprint.post("/sessions/cookie")
@open_to_all("the cookie is the right")
@limiter.limit("120/minute")
@blueprint.response(200, SessionSchema)
def resume_session() -> ResponseReturnValue:
    """A fresh token for a browser that stayed logged in. Its cookie is changed with every use."""
    cookie = Cookie.read(request.cookies.get(_COOKIE, ""))
    if cookie is None:
        raise Unauthenticated(Text("没有登录", "nobody is logged in here"))
    with UnitOfWork(pool(), SOURCE) as uow:
        resumed = commands.resume(cookie, uow)
        uow.commit()
    if resumed is None:
        raise Unauthenticated(Text("登录已失效", "the login is over"))
    account, fresh, session = resumed
    if fresh:
        _keep(fresh, session)
    return _session(account)


@blueprint.delete("/sessions/cookie")
@open_to_all("whoever holds the cookie may give it up")
@blueprint.response(204)
@transactional
def log_out() -> ResponseReturnValue:
    cookie = Cookie.read(request.cookies.get(_COOKIE, ""))
    if cookie:
        store.end(current_uow().connection, cookie.session_id)
    answer = current_app.response_class(status=204)
    answer.delete_cookie(_COOKIE, path=_PATH, httponly=True, samesite="Strict")
    return answer


@blueprint.post("/sessions/renew")
@requires_login()
@blueprint.response(200, SessionSchema)
@transactional
def renew_session() -> ResponseReturnValue:
    """A fresh token before this one expires, with the rights the account has now."""
    return _session(accounts.renew(principal(), current_uow()))


@blueprint.get("/jwks.json")
@open_to_all("public keys are public")
@blueprint.response(200, description="the public keys of tokens, as a JWK set")
def jwks() -> Response:
    response = jsonify(tokens.issuer().jwks())
    response.headers["Cache-Control"] = "public, max-age=60"
    return response


def _keep(cookie: Cookie, session: LoginSession) -> None:
    settings: Settings = current_app.extensions["yicha.settings"]

    @after_this_request
    def set_cookie(answer: Response) -> Response:
        answer.set_cookie(
            _COOKIE,
            cookie.value,
            path=_PATH,
            expires=session.expires_at,
            secure=settings.public_url.startswith("https:"),
            httponly=True,
            samesite="Strict",
        )
        return answer


def _session(account: Account) -> ResponseReturnValue:
    return answers.document({**tokens.issued(account.principal()), "account": account})
