"""Staying logged in: a cookie that no script reads, whose secret changes with every use."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import structlog

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.ids import new_id
from services.registry.accounts import store as accounts
from services.registry.accounts.model import Account
from services.registry.sessions import store
from services.registry.sessions.model import Cookie, LoginSession, end_of

log = structlog.get_logger()


def begin(account_id: UUID, uow: UnitOfWork) -> tuple[Cookie, LoginSession]:
    now, cookie = clock.now(), Cookie.fresh(new_id())
    session = LoginSession(
        session_id=cookie.session_id,
        account_id=account_id,
        secret_hash=cookie.hash,
        former_hash=None,
        changed_at=now,
        began_at=now,
        expires_at=end_of(now, now),
    )
    store.insert(uow.connection, session)
    return cookie, session


def resume(cookie: Cookie, uow: UnitOfWork) -> tuple[Account, Cookie | None, LoginSession] | None:
    """The account and its next cookie (None: keep the one another tab was given). None: log in again.

    A secret that was replaced long ago ends the session, for the thief and for the robbed alike; commit either way.
    """
    now = clock.now()
    session = store.lock(uow.connection, cookie.session_id, now)
    if session is None:
        return None
    account = accounts.get(uow.connection, session.account_id)
    if not session.knows(cookie.secret, now) or account is None or not account.active:
        store.end(uow.connection, session.session_id)
        log.warning("session_ended", account_id=str(session.account_id))
        return None
    if cookie.hash != session.secret_hash:
        return account, None, session
    fresh = Cookie.fresh(session.session_id)
    session = replace(
        session,
        secret_hash=fresh.hash,
        former_hash=session.secret_hash,
        changed_at=now,
        expires_at=end_of(session.began_at, now),
    )
    store.change(uow.connection, session)
    return account, fresh, session
