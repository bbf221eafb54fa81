from __future__ import annotations

from uuid import UUID

import structlog

from services.chassis.database import Pool, UnitOfWork
from services.chassis.errors import Forbidden, Invalid, NotFound, StaleVersion, Text, Unauthenticated
from services.chassis.identity import Principal
from services.chassis.identity.passwords import hash_password, matches, outdated
from services.chassis.ids import new_id
from services.registry.accounts import store
from services.registry.accounts.model import Account, AccountDraft
from services.registry.constraints import explained

log = structlog.get_logger()


def log_in(username: str, password: str, pool: Pool) -> Account:
    """Raises Unauthenticated, in the same time and words whether or not there is such an account.

    No connection is held while the slow hash is computed: a flood of logins leaves the pool to others.
    """
    with pool.connection() as connection:
        account, hashed = store.by_username(connection, username) or (None, None)
    if not matches(hashed, password) or account is None or hashed is None:
        log.info("login_refused")
        raise Unauthenticated(Text("用户名或密码不正确", "wrong username or password"))
    if outdated(hashed):
        fresh = hash_password(password)
        with pool.connection() as connection:
            store.renew_hash(connection, account.account_id, hashed, fresh)
    log.info("login", account_id=str(account.account_id))
    return account


def renew(asking: Principal, uow: UnitOfWork) -> Account:
    """The account as it is now. Raises Unauthenticated once it was switched off."""
    account = store.get(uow.connection, asking.account_id)
    if account is None or not account.active:
        raise Unauthenticated(Text("账号已停用", "this account is switched off"))
    return account


def register(draft: AccountDraft, password: str, uow: UnitOfWork) -> Account:
    account_id = new_id()
    with explained():
        store.insert(uow.connection, account_id, draft, hash_password(password))
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
    return _changed(account_id, uow)


def change_password(account_id: UUID, current: str, fresh: str, uow: UnitOfWork) -> None:
    """Raises Invalid when `current` is wrong."""
    if not matches(store.password_hash(uow.connection, account_id), current):
        raise Invalid({"/current": "当前密码不正确 · the current password is wrong"})
    store.put_password(uow.connection, account_id, hash_password(fresh))
    log.info("password_changed", account_id=str(account_id))


def _changed(account_id: UUID, uow: UnitOfWork) -> Account:
    account = store.get(uow.connection, account_id)
    assert account is not None
    log.info(
        "account_changed", account_id=str(account_id), roles=sorted(account.roles), active=account.active
    )
    return account
