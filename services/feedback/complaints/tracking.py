"""Tracking numbers: twelve random characters (58 bits) and a check character, easy to read out and type."""

import secrets

from services.chassis.codes import short

LENGTH = 12


def new() -> str:
    body = "".join(secrets.choice(short.ALPHABET) for _ in range(LENGTH))
    return body + short.check_character(body)


def parse(typed: str) -> str | None:
    """What was meant, or None when it can be no tracking number."""
    number = short.plain(typed)
    if len(number) != LENGTH + 1 or not set(number) <= set(short.ALPHABET):
        return None
    return number if short.check_character(number[:-1]) == number[-1] else None


def shown(number: str) -> str:
    """`7KQM-3D9X-AH2B-4`."""
    return "-".join(number[start : start + 4] for start in range(0, len(number), 4))
