"""A code on its way to the registered phone: handed over while it is worth anything, then forgotten."""

from __future__ import annotations

from uuid import UUID

import structlog

from services.chassis import clock
from services.chassis.database import Pool
from services.chassis.metrics import SMS
from services.registry.access import store
from services.registry.access.model import LEAST_LEFT, Outgoing, message
from services.registry.access.sms import NotSent, Refused, Sms
from services.registry.enterprises.contacts import Vault

log = structlog.get_logger()


def code_context(request_id: UUID) -> str:
    """What a code is sealed with: it opens as no other request's."""
    return f"code of {request_id}"


def deliver(request_id: UUID, vault: Vault, sms: Sms, pool: Pool) -> None:
    """Does the same reads and writes whether or not there is anyone to send to. Holds no connection while it
    sends. Raises NotSent: try again, until the code is worthless; then it is dropped, and counted."""
    with pool.connection() as connection:
        waiting = store.outgoing(connection, request_id)
    outcome = _send(request_id, waiting, vault, sms) if waiting else None
    with pool.connection() as connection:
        store.forget_code(connection, request_id)
    if outcome:
        SMS.labels(outcome).inc()


def _send(request_id: UUID, waiting: Outgoing, vault: Vault, sms: Sms) -> str | None:
    """What became of it; None when there is nobody to send it to."""
    if waiting.contact_cipher is None or waiting.uscc is None:
        return None
    if waiting.expires_at - clock.now() < LEAST_LEFT:
        log.error("sms_expired", request_id=str(request_id))
        return "expired"
    code = vault.open(bytes(waiting.code_cipher), code_context(request_id))
    phone = vault.open(bytes(waiting.contact_cipher), waiting.uscc)
    try:
        sms.send(message(request_id, phone, code, waiting.expires_at))
    except Refused as error:
        log.error("sms_refused", request_id=str(request_id), error=str(error))
        return "refused"
    except NotSent as error:
        SMS.labels("failed").inc()
        log.warning("sms_not_sent", request_id=str(request_id), error=str(error))
        raise
    return "sent"
