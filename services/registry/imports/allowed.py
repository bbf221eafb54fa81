"""Who may import what: whoever writes the registry, anything in its area; an agency's clerk, the agency's own inspectors."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.chassis.errors import Forbidden, Text
from services.chassis.identity import Permission, Principal
from services.registry import scope
from services.registry.imports.kinds import NAMES
from services.registry.imports.model import Import

OWN_KINDS = ("inspectors",)
LARGEST_OWN = 32 * 1024 * 1024  # bytes: far more than the people of one agency fill


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """`area` is what area codes must begin with; `agency`, where it is set, the only one whose people may be imported."""

    kinds: tuple[str, ...]
    area: str
    agency: UUID | None

    def must_include(self, kind: str) -> None:
        """Raises Forbidden."""
        if kind not in self.kinds:
            raise Forbidden(
                Text("您只能导入本单位的执法人员", "you may import the inspectors of your own agency only"),
                remedy=Text(
                    "企业、检查主体和检查事项由登记管理员导入，请把表格交给登记管理员。",
                    "Enterprises, agencies and items are imported by the registrar: hand the spreadsheet to them.",
                ),
            )

    def sees(self, done: Import) -> bool:
        if self.agency:
            return done.agency_id == self.agency
        return done.area.startswith(self.area)


def allowed_to(asking: Principal) -> Allowed:
    """Raises Forbidden for an account that belongs to no agency and does not write the registry either."""
    if asking.may(Permission.REGISTRY_WRITE):
        return Allowed(kinds=NAMES, area=scope.area_prefix(asking), agency=None)
    if asking.agency_id is None:
        raise Forbidden(
            Text(
                "您的账号不属于任何单位，无法导入本单位的执法人员",
                "your account belongs to no agency, so there are no inspectors of your own",
            ),
            remedy=Text(
                "请联系安全管理员把账号归到您的单位。",
                "Ask the security administrator to assign your account to your agency.",
            ),
        )
    return Allowed(kinds=OWN_KINDS, area=scope.area_prefix(asking), agency=asking.agency_id)
