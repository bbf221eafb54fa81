from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import validate

from services.chassis.identity import Role
from services.chassis.schema import Page, Schema, page_of
from services.registry import fields

_GRANTED = tuple(role for role in Role if role is not Role.ENTERPRISE)
_OF_AN_AGENCY = frozenset({Role.AGENCY_CLERK, Role.APPROVER, Role.INSPECTOR})
_ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
_PASSWORD = validate.Length(10, 200)


class AccountFieldsSchema(Schema):
    username = ma.fields.String(
        required=True,
        validate=validate.Regexp(
            r"[a-z0-9][a-z0-9._-]{2,49}\Z",
            error="3–50 位小写字母、数字、. _ - / 3 to 50 lower-case letters, digits, . _ -",
        ),
    )
    name = fields.text(50)
    roles = ma.fields.List(
        ma.fields.Enum(Role, by_value=True, validate=validate.OneOf(_GRANTED)),
        required=True,
        validate=validate.Length(1, 8),
    )
    agency_id = ma.fields.UUID(load_default=None, allow_none=True)
    inspector_id = ma.fields.UUID(load_default=None, allow_none=True)
    active = ma.fields.Boolean(load_default=True, truthy={True}, falsy={False})


class AccountChangeSchema(AccountFieldsSchema):
    @ma.validates_schema
    def _consistent(self, data: dict[str, Any], **_: Any) -> None:
        roles = set(data["roles"])
        if roles & _OF_AN_AGENCY and data["agency_id"] is None:
            raise ma.ValidationError(
                "该角色须属于一个检查主体 · this role needs an agency", field_name="agency_id"
            )
        if Role.INSPECTOR in roles and data["inspector_id"] is None:
            raise ma.ValidationError(
                "执法人员账号须关联执法证 · an inspector needs a credential", field_name="inspector_id"
            )
        if len(roles & _ADMINISTRATORS) > 1 or (roles & _ADMINISTRATORS and roles - _ADMINISTRATORS):
            raise ma.ValidationError(
                "三员分立：管理员角色不可兼任 · administrators are separated", field_name="roles"
            )


class AccountDraftSchema(AccountChangeSchema):
    password = ma.fields.String(required=True, load_only=True, validate=_PASSWORD)


class AccountSchema(AccountFieldsSchema):
    account_id = ma.fields.UUID(required=True)
    version = ma.fields.Integer(required=True)
    area_code = ma.fields.String(allow_none=True)
    agency_name = ma.fields.String(allow_none=True)
    must_change = ma.fields.Boolean(
        required=True, metadata={"description": "the password was given by an administrator: change it"}
    )


class AccountQuery(Page):
    q = fields.text(
        50,
        required=False,
        load_default=None,
        metadata={"description": "part of a name, a username or the name of an agency"},
    )
    role = ma.fields.Enum(Role, by_value=True, load_default=None)
    active = ma.fields.Boolean(load_default=None)


class HolderSchema(Schema):
    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)


class HoldersSchema(Schema):
    items = ma.fields.List(ma.fields.Nested(HolderSchema), required=True)


class OneTimePasswordSchema(Schema):
    password = ma.fields.String(required=True, metadata={"description": "shown here and never again"})
    until = ma.fields.AwareDateTime(required=True)


class HolderQuery(Schema):
    q = fields.text(100, required=False, load_default=None)
    agency_id = ma.fields.UUID(load_default=None)


class CredentialsSchema(Schema):
    username = ma.fields.String(required=True, validate=validate.Length(1, 50))
    password = ma.fields.String(required=True, load_only=True, validate=validate.Length(1, 200))


class PasswordSchema(Schema):
    current = ma.fields.String(required=True, load_only=True, validate=validate.Length(1, 200))
    fresh = ma.fields.String(required=True, load_only=True, validate=_PASSWORD)


class TokenSchema(Schema):
    access_token = ma.fields.String(required=True)
    token_type = ma.fields.String(required=True)
    expires_in = ma.fields.Integer(required=True, metadata={"description": "seconds"})


class SessionSchema(TokenSchema):
    account = ma.fields.Nested(AccountSchema, required=True)


AccountPage = page_of(AccountSchema)
