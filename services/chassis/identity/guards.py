"""Who may enter: exactly one guard stands on every view, and is enforced before the view runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask_smorest import Blueprint

from services.chassis.errors import Forbidden, PasswordChangeRequired, Text, Unauthenticated
from services.chassis.identity.permissions import Permission, Role
from services.chassis.identity.principal import Principal
from services.chassis.identity.tokens import Verifier

V = TypeVar("V", bound=Callable[..., Any])
_MARK = "__yicha_guard__"


@dataclass(frozen=True)
class Guard:
    """`open_because` says why anyone may enter; else all of `permissions` are needed, or any of `roles`.
    `must_change`: who logged in with a one-time password may enter here, and nowhere else."""

    permissions: frozenset[Permission] = frozenset()
    roles: frozenset[Role] = frozenset()
    open_because: str = ""
    must_change: bool = False


def requires(*permissions: Permission) -> Callable[[V], V]:
    """Only for accounts that hold all of these."""
    if not permissions:
        raise ValueError("a guard names at least one permission")
    return _mark(Guard(permissions=frozenset(permissions)))


def requires_login(*, must_change: bool = False) -> Callable[[V], V]:
    """Any account of an office, whatever its role; not an enterprise. `must_change`: even with a one-time password."""
    return _mark(Guard(roles=frozenset(Role) - {Role.ENTERPRISE}, must_change=must_change))


def requires_enterprise() -> Callable[[V], V]:
    """Only an enterprise that proved itself with the one-time code sent to its registered contact."""
    return _mark(Guard(roles=frozenset({Role.ENTERPRISE})))


def open_to_all(because: str) -> Callable[[V], V]:
    return _mark(Guard(open_because=because))


def _mark(guard: Guard) -> Callable[[V], V]:
    def mark(view: V) -> V:
        if guard_of(view):
            raise ValueError(f"{view.__name__} has two guards")
        setattr(view, _MARK, guard)
        if guard.open_because:
            return view
        documented: V = Blueprint.doc(security=[{"bearer": []}])(view)  # pyright: ignore[reportAssignmentType]
        setattr(documented, _MARK, guard)
        return documented

    return mark


def guard_of(view: Callable[..., Any]) -> Guard | None:
    return getattr(view, _MARK, None)


def unguarded(app: Flask) -> list[str]:
    """Routes without a stated guard; an app with one does not start."""
    return [rule.rule for rule in app.url_map.iter_rules() if not guard_of(app.view_functions[rule.endpoint])]


def enforce() -> None:
    """Runs before every request. Raises Unauthenticated, PasswordChangeRequired or Forbidden."""
    if request.endpoint is None:
        return
    guard = guard_of(current_app.view_functions[request.endpoint])
    if guard is None:
        raise Forbidden()
    if guard.open_because:
        return
    asking = _authenticate()
    if asking.must_change and not guard.must_change:
        raise PasswordChangeRequired()
    missing = guard.permissions - asking.permissions
    if missing:
        names = "、".join(sorted(missing))
        raise Forbidden(Text(f"缺少权限：{names}", f"missing permission: {', '.join(sorted(missing))}"))
    if guard.roles and not guard.roles & asking.roles:
        raise Forbidden(Text("此入口不对您的身份开放", "this entrance is not for your kind of account"))


def _authenticate() -> Principal:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated()
    verifier: Verifier = current_app.extensions["yicha.verifier"]
    g.principal = verifier.verify(token.strip())
    return g.principal


def principal() -> Principal:
    """Who is asking; only in guarded views."""
    return g.principal


def caller() -> str:
    """A stable name of the caller for idempotency keys: the account, or `open` where anyone may enter."""
    asking: Principal | None = g.get("principal")
    return str(asking.account_id) if asking else "open"
