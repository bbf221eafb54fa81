"""The signing side: what each kind of code says and how long it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app

from services.chassis import secrets
from services.chassis.codes import Code, Keyring, Kind, sign
from services.chassis.codes.link import link
from services.chassis.settings import Settings
from services.inspection.codes.slots import SLOT, code_at
from services.inspection.codes.typed import digits_of


@dataclass(frozen=True, kw_only=True)
class SignedCode:
    token: str
    url: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, kw_only=True)
class SignedSlot(SignedCode):
    """`typed`: the digits for an enterprise whose camera fails."""

    typed: str


def settings() -> Settings:
    return current_app.extensions["yicha.settings"]


def keyring() -> Keyring:
    """One per process: it caches the keys."""
    extensions = current_app.extensions
    if "yicha.keyring" not in extensions:
        extensions["yicha.keyring"] = Keyring(settings().secrets_dir / secrets.CODE_KEYS)
    return extensions["yicha.keyring"]


def order_code(order_id: UUID, starts_on: date, ends_on: date) -> SignedCode:
    """Holds from the first to the last day of the order's window, on the city's calendar. Signing is
    deterministic, so the same order has the same code until a key is rotated."""
    return _signed(
        Code(
            kind=Kind.ORDER,
            subject=order_id,
            valid_from=_midnight(starts_on),
            valid_until=_midnight(ends_on + timedelta(days=1)),
        )
    )


def credential_slots(inspector_id: UUID, start: datetime, minutes: int) -> Iterator[SignedSlot]:
    """Consecutive codes of SLOT each, the first already running at `start`."""
    for slot in range(timedelta(minutes=minutes) // SLOT):
        signed = _signed(code_at(inspector_id, start + slot * SLOT))
        yield SignedSlot(**vars(signed), typed=digits_of(signed.token))


def _signed(code: Code) -> SignedCode:
    token = sign(code, keyring())
    return SignedCode(
        token=token,
        url=link(settings().public_url, token),
        valid_from=code.valid_from,
        valid_until=code.valid_until,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings().timezone)).astimezone(UTC)
