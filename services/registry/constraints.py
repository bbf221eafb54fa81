"""What a violated constraint means to the person who sent the data."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from psycopg.errors import IntegrityError

from services.chassis.errors import Conflict, Invalid, Text, YichaError

_MEANINGS: dict[str, YichaError] = {
    "agency_name_once": Conflict(
        Text("已有同名检查主体", "an agency of this name is registered"), field="name"
    ),
    "inspector_certificate_once": Conflict(
        Text("该执法证号已登记", "this certificate number is registered"), field="certificate_number"
    ),
    "item_code_once": Conflict(Text("该事项编码已登记", "an item of this code is registered"), field="code"),
    "enterprise_uscc_once": Conflict(
        Text("该统一社会信用代码已登记", "this USCC is registered"), field="uscc"
    ),
    "account_username_once": Conflict(Text("用户名已被使用", "this username is taken"), field="username"),
    "account_inspector_once": Conflict(
        Text("该执法人员已有账号", "this inspector has an account"), field="inspector_id"
    ),
    "agency_entrusted_by_known": Invalid({"/entrusted_by": "没有这个检查主体 · no such agency"}),
    "inspector_agency_known": Invalid({"/agency_id": "没有这个检查主体 · no such agency"}),
    "account_agency_known": Invalid({"/agency_id": "没有这个检查主体 · no such agency"}),
    "account_inspector_known": Invalid({"/inspector_id": "没有这名执法人员 · no such inspector"}),
}


@contextmanager
def explained() -> Generator[None]:
    """Raises Conflict or Invalid instead of the database's words. Others pass: they are our mistakes."""
    try:
        yield
    except IntegrityError as error:
        meaning = _MEANINGS.get(error.diag.constraint_name or "")
        if meaning is None:
            raise
        raise meaning from None
