"""Every permission and role, named once. The three administrators are separated: system, security, audit."""

from enum import StrEnum


class Permission(StrEnum):
    REGISTRY_READ = "registry:read"
    REGISTRY_WRITE = "registry:write"
    IMPORT_RUN = "imports:run"
    ACCOUNT_MANAGE = "accounts:manage"
    KEY_ROTATE = "keys:rotate"
    CONTACT_READ = "contacts:read"
    ORDER_READ = "orders:read"
    ORDER_DRAFT = "orders:draft"
    ORDER_DRAFT_URGENT = "orders:draft-urgent"
    ORDER_APPROVE = "orders:approve"
    ORDER_ISSUE = "orders:issue"
    ORDER_JOIN = "orders:join"
    ORDER_REVIEW = "orders:review"
    ENTRY_MAKE = "entries:make"
    RECORD_MAKE = "records:make"
    OVERSIGHT_READ = "oversight:read"
    ALERT_SET_ASIDE = "alerts:set_aside"
    COMPLAINT_HANDLE = "complaints:handle"
    SURVEY_RUN = "surveys:run"
    EVENT_OPERATE = "events:operate"
    AUDIT_READ = "audit:read"
    RULE_SIMULATE = "rules:simulate"


class Role(StrEnum):
    REGISTRAR = "registrar"
    AGENCY_CLERK = "agency_clerk"
    INSPECTOR = "inspector"
    APPROVER = "approver"
    COORDINATOR = "coordinator"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    ENTERPRISE = "enterprise"


_P = Permission
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.REGISTRAR: frozenset({_P.REGISTRY_READ, _P.REGISTRY_WRITE, _P.IMPORT_RUN, _P.CONTACT_READ}),
    Role.AGENCY_CLERK: frozenset(
        {
            _P.REGISTRY_READ,
            _P.IMPORT_RUN,
            _P.ORDER_READ,
            _P.ORDER_DRAFT,
            _P.ORDER_DRAFT_URGENT,
            _P.ORDER_ISSUE,
            _P.OVERSIGHT_READ,
        }
    ),
    Role.INSPECTOR: frozenset(
        {_P.REGISTRY_READ, _P.ORDER_READ, _P.ORDER_DRAFT_URGENT, _P.ENTRY_MAKE, _P.RECORD_MAKE}
    ),
    Role.APPROVER: frozenset(
        {_P.REGISTRY_READ, _P.ORDER_READ, _P.ORDER_APPROVE, _P.ORDER_ISSUE, _P.OVERSIGHT_READ}
    ),
    Role.COORDINATOR: frozenset(
        {
            _P.REGISTRY_READ,
            _P.ORDER_READ,
            _P.ORDER_JOIN,
            _P.RULE_SIMULATE,
            _P.ORDER_REVIEW,
            _P.OVERSIGHT_READ,
            _P.ALERT_SET_ASIDE,
            _P.COMPLAINT_HANDLE,
            _P.SURVEY_RUN,
        }
    ),
    Role.SYSTEM_ADMIN: frozenset({_P.EVENT_OPERATE, _P.RULE_SIMULATE}),
    Role.SECURITY_ADMIN: frozenset({_P.ACCOUNT_MANAGE, _P.KEY_ROTATE}),
    Role.AUDITOR: frozenset({_P.AUDIT_READ, _P.OVERSIGHT_READ, _P.ORDER_READ, _P.REGISTRY_READ}),
    Role.ENTERPRISE: frozenset(),
}
SEES_ALL = frozenset({Role.COORDINATOR, Role.AUDITOR})


def granted(roles: frozenset[Role]) -> frozenset[Permission]:
    return frozenset().union(*(GRANTS[role] for role in roles))
