"""The typed form of a code, for worn plates and broken cameras: eight characters and a check character.

Twenty-nine characters, a prime: without 0 O 1 I L (alike), S and Z (like 5 and 2). With weights that
differ and a prime modulus, one wrong character and two swapped neighbours are always noticed.
"""

import secrets

from services.chassis.codes.reasons import BadCode, Reason

ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXY"
LENGTH = 8
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_AS_MEANT = str.maketrans({"S": "5", "Z": "2", "-": None, " ": None, "·": None})


def new() -> str:
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return body + check_character(body)


def check_character(body: str) -> str:
    return ALPHABET[sum(weight * _VALUE[c] for weight, c in enumerate(body, 2)) % len(ALPHABET)]


def parse(typed: str) -> str:
    """What was meant: upper case, without spaces and hyphens. Raises BadCode for a mistyped code."""
    code = plain(typed)
    if len(code) < LENGTH + 1:
        raise BadCode(Reason.TRUNCATED)
    if len(code) > LENGTH + 1 or not set(code) <= set(ALPHABET) or check_character(code[:-1]) != code[-1]:
        raise BadCode(Reason.MALFORMED)
    return code


def plain(typed: str) -> str:
    return typed.strip().upper().translate(_AS_MEANT)


def shown(code: str) -> str:
    """In groups of three, as printed below the square: `7KQ-M3D-9XA`."""
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))
