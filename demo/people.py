"""Who logs in to the demo city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from demo.offices import offices
from services.chassis.identity import Role
from services.registry.accounts.model import AccountDraft

_CENTRAL = {
    "registrar": ("登记管理员", Role.REGISTRAR),
    "coordinator": ("统筹监督员", Role.COORDINATOR),
    "admin": ("系统管理员", Role.SYSTEM_ADMIN),
    "security": ("安全管理员", Role.SECURITY_ADMIN),
    "auditor": ("审计管理员", Role.AUDITOR),
}


def usernames() -> list[str]:
    """Each needs a password when the city is loaded."""
    of_agencies = [
        username
        for office in offices()
        for username in (
            f"clerk.{office.slug}",
            f"head.{office.slug}",
            f"inspector.{office.slug}.1",
            f"inspector.{office.slug}.2",
        )
    ]
    return [*_CENTRAL, *of_agencies]


def accounts(
    agencies: Mapping[str, UUID], inspectors: Mapping[str, tuple[UUID, str]]
) -> Iterator[AccountDraft]:
    """`agencies` by name; `inspectors` by certificate number, with their names."""
    for username, (name, role) in _CENTRAL.items():
        yield AccountDraft(username=username, name=name, roles=(role,))
    for office in offices():
        agency_id, slug = agencies[office.name], office.slug
        yield AccountDraft(
            username=f"clerk.{slug}", name="承办人", roles=(Role.AGENCY_CLERK,), agency_id=agency_id
        )
        yield AccountDraft(
            username=f"head.{slug}", name="机关负责人", roles=(Role.APPROVER,), agency_id=agency_id
        )
        for number in (1, 2):
            inspector_id, name = inspectors[office.certificate(number)]
            yield AccountDraft(
                username=f"inspector.{slug}.{number}",
                name=name,
                roles=(Role.INSPECTOR,),
                agency_id=agency_id,
                inspector_id=inspector_id,
            )
