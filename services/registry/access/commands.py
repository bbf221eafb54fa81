from __future__ import annotations

import hmac
import secrets
from uuid import UUID

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Text, TooMany
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.registry.access import store
from services.registry.access.model import DIGITS, QUOTAS, TRIES, VALID_FOR, Denied
from services.registry.access.outgoing import code_context
from services.registry.enterprises.contacts import Vault


def request(uscc: str, vault: Vault, uow: UnitOfWork) -> UUID:
    """A code for the enterprise, to be delivered once this is committed. Raises TooMany."""
    now = clock.now()
    store.lock_code(uow.connection, uscc)
    for period, most in QUOTAS:
        if store.requested_since(uow.connection, uscc, now - period) >= most:
            raise TooMany(
                Text("该代码请求验证码过于频繁", "too many codes were asked for this enterprise"),
                retry_after=int(period.total_seconds()),
            )
    request_id, code = new_id(), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    store.insert(
        uow.connection,
        {
            "request_id": request_id,
            "uscc": uscc,
            "enterprise_id": store.addressee(uow.connection, uscc),
            "code_hash": vault.digest(code, str(request_id)),
            "code_cipher": vault.encrypt(code, code_context(request_id)),
            "requested_at": now,
            "expires_at": now + VALID_FOR,
        },
    )
    return request_id


def confirm(request_id: UUID, code: str, vault: Vault, uow: UnitOfWork) -> Principal | Denied:
    """The try counts: commit in either case."""
    now = clock.now()
    tried = store.try_code(uow.connection, request_id, now)
    expected = bytes(tried["code_hash"]) if tried else b""
    right = hmac.compare_digest(expected, vault.digest(code, str(request_id)))
    if not right or tried is None or tried["enterprise_id"] is None:
        return Denied(tries_left=TRIES - tried["tries"] if tried else 0)
    store.spend(uow.connection, request_id, now)
    found = store.enterprise(uow.connection, tried["enterprise_id"])
    if found is None:
        return Denied(tries_left=0)
    return Principal(
        account_id=found["enterprise_id"],
        name=found["name"],
        roles=frozenset({Role.ENTERPRISE}),
        area_code=found["area_code"],
        enterprise_id=found["enterprise_id"],
    )
