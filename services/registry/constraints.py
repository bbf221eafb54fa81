"""What a violated constraint means to the person who sent the data."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from psycopg.errors import IntegrityError

from services.chassis.errors import Conflict, Invalid, Text

_TAKEN: dict[str, tuple[str, Text]] = {
    "agency_name_once": ("name", Text("已有同名检查主体", "an agency of this name is registered")),
    "inspector_certificate_once": (
        "certificate_number",
        Text("该执法证号已登记", "this certificate number is registered"),
    ),
    "item_code_once": ("code", Text("该事项编码已登记", "an item of this code is registered")),
    "enterprise_uscc_once": ("uscc", Text("该统一社会信用代码已登记", "this USCC is registered")),
    "account_username_once": ("username", Text("用户名已被使用", "this username is taken")),
    "account_inspector_once": ("inspector_id", Text("该执法人员已有账号", "this inspector has an account")),
}
_NO_AGENCY = "没有这个检查主体 · no such agency"
_UNKNOWN: dict[str, tuple[str, str]] = {
    "agency_entrusted_by_known": ("/entrusted_by", _NO_AGENCY),
    "inspector_agency_known": ("/agency_id", _NO_AGENCY),
    "account_agency_known": ("/agency_id", _NO_AGENCY),
    "account_inspector_known": ("/inspector_id", "没有这名执法人员 · no such inspector"),
}


@contextmanager
def explained() -> Generator[None]:
    """Raises Conflict or Invalid instead of the database's words. Others pass: they are our mistakes."""
    try:
        yield
    except IntegrityError as error:
        constraint = error.diag.constraint_name or ""
        if constraint in _TAKEN:
            field, text = _TAKEN[constraint]
            raise Conflict(text, field=field) from None
        if constraint in _UNKNOWN:
            raise Invalid(dict([_UNKNOWN[constraint]])) from None
        raise
