"""亮证 without a camera: the certificate number, and eight digits that change with the code on the inspector's screen.

The digits are drawn from the signed code of the slot, which nobody else can make; there is no secret besides the keys of
the codes. They hold while their slot runs and through the next one, for typing takes time: like a picture of the code
they are worthless a minute later.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import product
from uuid import UUID

from services.chassis.codes import Keyring
from services.chassis.codes.token import TOLERANCE, sign_with
from services.inspection.codes.slots import SLOT, code_at

DIGITS = 8
_CONTEXT = b"yicha typed credential "


def digits_of(token: str) -> str:
    """Of a slot's signed code; the same for all who have it, and 26 bits say nothing of the rest."""
    whole = int.from_bytes(sha256(_CONTEXT + token.encode()).digest()[:8])
    return f"{whole % 10**DIGITS:0{DIGITS}d}"


def shows(inspector_id: UUID, digits: str, keyring: Keyring, at: datetime) -> bool:
    """Whether these digits stand on this inspector's screen at `at`, or stood there in the slot before. Compared with
    all that may be right, so that the time tells nothing."""
    return any([hmac.compare_digest(digits, right) for right in _right(inspector_id, keyring, at)])


def _right(inspector_id: UUID, keyring: Keyring, at: datetime) -> Iterator[str]:
    """By every key that verifies: phones keep slots that were signed before a rotation. A phone whose clock is a little
    ahead shows the next slot already."""
    codes = {code_at(inspector_id, moment) for moment in (at + TOLERANCE, at, at - SLOT)}
    for code, (number, held) in product(codes, keyring.held().items()):
        yield digits_of(sign_with(code, number, held.key))
