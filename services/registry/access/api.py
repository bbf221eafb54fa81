from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import current_app
from flask.typing import ResponseReturnValue
from marshmallow import validate

from services.chassis.attempts import Limit, counted
from services.chassis.blueprint import Blueprint
from services.chassis.database import UnitOfWork
from services.chassis.errors import Text, Unauthenticated
from services.chassis.identity import open_to_all
from services.chassis.limits import address
from services.chassis.schema import Schema
from services.chassis.transaction import pool
from services.registry import answers, tokens
from services.registry.access import commands
from services.registry.access.model import DIGITS, Denied
from services.registry.access.outgoing import deliver
from services.registry.access.sms import Sms
from services.registry.accounts.schemas import TokenSchema
from services.registry.enterprises.api import vault
from services.registry.enterprises.schemas import Uscc
from services.registry.imports.load import SOURCE
from services.registry.jobs import defer_code

blueprint = Blueprint(
    "enterprise_access",
    __name__,
    url_prefix="/api/registry/v1/enterprise-access",
    description="An enterprise proves itself by a one-time code sent to its registered contact",
)


class AccessRequestSchema(Schema):
    uscc = Uscc(required=True)


class AccessAnswerSchema(Schema):
    request_id = ma.fields.UUID(required=True)


class AccessCodeSchema(Schema):
    code = ma.fields.String(required=True, load_only=True, validate=validate.Regexp(rf"[0-9]{{{DIGITS}}}\Z"))


class WrongCode(Unauthenticated):
    code = "wrong_code"
    title = Text("验证码不正确或已失效", "The code is wrong or no longer valid")
    remedy = Text(
        "请点“重新发送”，用新短信中的验证码。", "Ask for a new code and use the one of the new message."
    )

    def __init__(self, tries_left: int) -> None:
        left = Text(f"还可以再试 {tries_left} 次", f"tries left: {tries_left}")
        check = Text("请核对短信中的六位数字再试。", "Compare the six digits of the message and try again.")
        super().__init__(
            left if tries_left else None, remedy=check if tries_left else None, tries_left=tries_left
        )


@blueprint.post("")
@open_to_all("whoever holds the registered phone may act for the enterprise")
@counted(Limit(10, timedelta(minutes=1), address))
@blueprint.arguments(AccessRequestSchema)
@blueprint.response(202, AccessAnswerSchema)
def request_code(data: dict[str, Any]) -> ResponseReturnValue:
    """The answer is the same whether or not the enterprise is registered."""
    with UnitOfWork(pool(), SOURCE) as uow:
        request_id = commands.request(data["uscc"], vault(), uow)
        uow.commit()
    _deliver(request_id)
    return answers.document({"request_id": request_id}, 202)


@blueprint.post("/<uuid:request_id>/confirm")
@open_to_all("the code sent to the registered phone is the right to enter")
@counted(Limit(30, timedelta(minutes=1), address))
@blueprint.arguments(AccessCodeSchema)
@blueprint.response(200, TokenSchema)
def confirm_code(data: dict[str, Any], request_id: UUID) -> ResponseReturnValue:
    """Five tries in five minutes; a right code works once."""
    with UnitOfWork(pool(), SOURCE) as uow:
        enterprise = commands.confirm(request_id, data["code"], vault(), uow)
        uow.commit()
    if isinstance(enterprise, Denied):
        raise WrongCode(enterprise.tries_left)
    return answers.document(tokens.issued(enterprise))


def _deliver(request_id: UUID) -> None:
    sms: Sms = current_app.extensions["registry.sms"]
    if sms.at_once:
        deliver(request_id, vault(), sms, pool())
    else:
        defer_code(current_app.extensions["yicha.settings"], request_id)
