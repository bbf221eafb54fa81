from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, after_this_request
from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires, requires_login
from services.chassis.transaction import (
    current_uow,
    idempotent_secret,
    reading,
    required_version,
    transactional,
)
from services.registry import answers
from services.registry.accounts import commands, store
from services.registry.accounts.model import AccountDraft
from services.registry.accounts.schemas import (
    AccountChangeSchema,
    AccountDraftSchema,
    AccountPage,
    AccountQuery,
    AccountSchema,
    HolderQuery,
    HoldersSchema,
    OneTimePasswordSchema,
    PasswordSchema,
)

blueprint = Blueprint(
    "accounts", __name__, url_prefix="/api/registry/v1/accounts", description="Accounts of offices"
)


@blueprint.get("")
@requires(Permission.ACCOUNT_MANAGE)
@blueprint.arguments(AccountQuery, location="query")
@blueprint.response(200, AccountPage)
def list_accounts(query: dict[str, Any]) -> ResponseReturnValue:
    with reading() as connection:
        rows = store.page(connection, query | {"limit": query["limit"] + 1})
    return answers.page(rows, query["limit"], lambda account: account.account_id)


@blueprint.get("/holders/<any(agencies, inspectors):what>")
@requires(Permission.ACCOUNT_MANAGE)
@blueprint.arguments(HolderQuery, location="query")
@blueprint.response(200, HoldersSchema)
def list_holders(query: dict[str, Any], what: str) -> ResponseReturnValue:
    """Whom an account may be made for: who manages accounts need not read the registry."""
    with reading() as connection:
        if what == "agencies":
            found = store.agencies(connection, query["q"])
        else:
            found = store.inspectors(connection, query["agency_id"], query["q"])
    return answers.document({"items": found})


@blueprint.get("/me")
@requires_login()
@blueprint.response(200, AccountSchema)
def show_own_account() -> ResponseReturnValue:
    return _show(principal().account_id)


@blueprint.post("/me/password")
@requires_login(must_change=True)
@blueprint.arguments(PasswordSchema)
@blueprint.response(204)
@transactional
def change_own_password(data: dict[str, Any]) -> ResponseReturnValue:
    """All that a login with a one-time password may do, besides logging out. Log in again afterwards."""
    commands.change_password(principal().account_id, data["current"], data["fresh"], current_uow())
    return "", 204


@blueprint.get("/<uuid:account_id>")
@requires(Permission.ACCOUNT_MANAGE)
@blueprint.response(200, AccountSchema)
def show_account(account_id: UUID) -> ResponseReturnValue:
    return _show(account_id)


@blueprint.post("")
@requires(Permission.ACCOUNT_MANAGE)
@idempotent_secret
@blueprint.arguments(AccountDraftSchema)
@blueprint.response(201, AccountSchema)
def register_account(data: dict[str, Any]) -> ResponseReturnValue:
    password = data.pop("password")
    draft = AccountDraft(**data)
    return answers.resource(commands.register(draft, password, current_uow(), by=principal().account_id), 201)


@blueprint.put("/<uuid:account_id>")
@requires(Permission.ACCOUNT_MANAGE)
@blueprint.arguments(AccountChangeSchema)
@blueprint.response(200, AccountSchema)
@transactional
def change_account(data: dict[str, Any], account_id: UUID) -> ResponseReturnValue:
    """Replaces all but the password. If-Match is required. A token in use keeps its rights for an hour at most."""
    draft = AccountDraft(**data)
    changed = commands.change(account_id, draft, required_version(), principal(), current_uow())
    return answers.resource(changed)


@blueprint.post("/<uuid:account_id>/password")
@requires(Permission.ACCOUNT_MANAGE)
@blueprint.response(201, OneTimePasswordSchema)
@transactional
def reset_password(account_id: UUID) -> ResponseReturnValue:
    """A password for one login: shown here and kept nowhere. Its holder has to choose another."""
    password, until = commands.reset_password(account_id, principal(), current_uow())
    answer = answers.document({"password": password, "until": until}, 201)
    after_this_request(_unkept)
    return answer


def _unkept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _show(account_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        account = store.get(connection, account_id)
    if account is None:
        raise NotFound("account", account_id)
    return answers.resource(account)
