from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from services.chassis import audit, clock
from services.chassis.audit import Act, Tag
from services.chassis.database import Pool, UnitOfWork
from services.chassis.errors import Forbidden, Invalid, NotFound, StaleVersion, Text, Unauthenticated
from services.chassis.identity import Principal
from services.chassis.identity.passwords import hash_password, matches, one_time_password, outdated
from services.chassis.ids import new_id
from services.registry.accounts import store
from services.registry.accounts.model import Account, AccountDraft
from services.registry.changes.notes import different
from services.registry.constraints import explained
from services.registry.sessions import store as sessions

log = structlog.get_logger()
_ONE_TIME = timedelta(hours=72)


def log_in(username: str, password: str, pool: Pool) -> Account:
    """Raises Unauthenticated, in the same time and words whether or not there is such an account.

    No connection is held while the slow hash is computed: a flood of logins leaves the pool to others.
    """
    with pool.connection() as connection:
        account, hashed = store.by_username(connection, username) or (None, None)
    if not matches(hashed, password) or account is None or hashed is None:
        _note_refusal(account, pool)
        raise Unauthenticated(Text("用户名或密码不正确", "wrong username or password"))
    if outdated(hashed):
        fresh = hash_password(password)
        with pool.connection() as connection:
            store.renew_hash(connection, account.account_id, hashed, fresh)
    log.info("login", account_id=str(account.account_id))
    return account


def _note_refusal(account: Account | None, pool: Pool) -> None:
    """What was typed is written nowhere: it may be the password, in the wrong field."""
    log.info("login_refused")
    subject = f"account/{account.account_id if account else 'unknown'}"
    with pool.connection() as connection:
        audit.write(connection, Act(tag=Tag.LOGIN_REFUSED, subject=subject))


def renew(asking: Principal, uow: UnitOfWork) -> Account:
    """The account as it is now. Raises Unauthenticated once it was switched off."""
    account = store.get(uow.connection, asking.account_id)
    if account is None or not account.active:
        raise Unauthenticated(Text("账号已停用", "this account is switched off"))
    return account


def register(draft: AccountDraft, password: str, uow: UnitOfWork, by: UUID | None = None) -> Account:
    """`by` is the account that registers; None is a command on the machine."""
    account_id = new_id()
    with explained():
        store.insert(uow.connection, account_id, draft, hash_password(password), _one_time() if by else None)
    _audit(Tag.ACCOUNT_REGISTERED, account_id, by, uow)
    _audit(Tag.ROLES_GRANTED, account_id, by, uow, roles=sorted(draft.roles), before=[])
    _audit(Tag.PASSWORD_SET, account_id, by, uow)
    return _changed(account_id, uow)


def change(
    account_id: UUID, draft: AccountDraft, version: int, asking: Principal, uow: UnitOfWork
) -> Account:
    """Raises NotFound, StaleVersion, Conflict, and Forbidden for one's own account: nobody promotes himself."""
    known = store.lock(uow.connection, account_id)
    if known is None:
        raise NotFound("account", account_id)
    if asking.account_id == account_id:
        raise Forbidden(Text("不能更改自己的账号", "nobody changes the rights of his own account"))
    if known.version != version:
        raise StaleVersion(version, known.version)
    with explained():
        store.update(uow.connection, account_id, draft)
    _audit(Tag.ACCOUNT_CHANGED, account_id, asking.account_id, uow, fields=different(known, draft))
    if set(known.roles) != set(draft.roles):
        roles = {"roles": sorted(draft.roles), "before": sorted(known.roles)}
        _audit(Tag.ROLES_GRANTED, account_id, asking.account_id, uow, **roles)
    return _changed(account_id, uow)


def _audit(tag: Tag, account_id: UUID, by: UUID | None, uow: UnitOfWork, **details: Any) -> None:
    act = Act(tag=tag, subject=f"account/{account_id}", account_id=by, details=details)
    uow.at_commit(lambda connection: audit.write(connection, act))


def change_password(account_id: UUID, current: str, fresh: str, uow: UnitOfWork) -> None:
    """Every browser has to log in again. Raises Invalid when `current` is wrong."""
    if not matches(store.password_hash(uow.connection, account_id), current):
        raise Invalid({"/current": "当前密码不正确 · the current password is wrong"})
    store.put_password(uow.connection, account_id, hash_password(fresh), None)
    sessions.end_all(uow.connection, account_id)
    _audit(Tag.PASSWORD_SET, account_id, account_id, uow)
    log.info("password_changed", account_id=str(account_id))


def reset_password(account_id: UUID, asking: Principal, uow: UnitOfWork) -> tuple[str, datetime]:
    """A password to be changed at the first login, and until when. Whoever was logged in is not any more.
    Raises NotFound, and Forbidden for one's own account."""
    if store.lock(uow.connection, account_id) is None:
        raise NotFound("account", account_id)
    if asking.account_id == account_id:
        raise Forbidden(Text("不能重置自己的密码，请用修改密码", "change your own password instead"))
    password, until = one_time_password(), _one_time()
    store.put_password(uow.connection, account_id, hash_password(password), until)
    sessions.end_all(uow.connection, account_id)
    _audit(Tag.PASSWORD_SET, account_id, asking.account_id, uow)
    log.info("password_reset", account_id=str(account_id))
    return password, until


def _one_time() -> datetime:
    return clock.now() + _ONE_TIME


def _changed(account_id: UUID, uow: UnitOfWork) -> Account:
    account = store.get(uow.connection, account_id)
    assert account is not None
    log.info(
        "account_changed", account_id=str(account_id), roles=sorted(account.roles), active=account.active
    )
    return account
