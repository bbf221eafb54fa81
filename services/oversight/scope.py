"""What an account may see: an agency its own, coordinators and auditors all."""

from __future__ import annotations

from uuid import UUID

from services.chassis.errors import Forbidden, Text
from services.chassis.identity import Principal


def agency_scope(asking: Principal, wanted: UUID | None = None) -> UUID | None:
    """The agency to which the answer is bound, None for all. Raises Forbidden."""
    if asking.sees_all:
        return wanted
    if asking.agency_id is None:
        raise Forbidden(Text("您的账号不属于任何检查主体", "your account belongs to no agency"))
    if wanted not in (None, asking.agency_id):
        raise Forbidden(Text("只能查看本单位的数据", "you may see your own agency's figures only"))
    return asking.agency_id
