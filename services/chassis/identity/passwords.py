"""argon2id, with the library's own parameters; hashes are renewed when those rise."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_hasher = PasswordHasher()
_DECOY = _hasher.hash("no account has this password")


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def matches(hashed: str | None, password: str) -> bool:
    """An unknown account (None) costs the same time as a known one, so that names cannot be guessed."""
    try:
        return _hasher.verify(hashed or _DECOY, password) and hashed is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def outdated(hashed: str) -> bool:
    return _hasher.check_needs_rehash(hashed)


_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another when read out


def one_time_password() -> str:
    """Sixteen characters in groups of four, 78 bits."""
    body = "".join(secrets.choice(_LETTERS) for _ in range(16))
    return "-".join(body[start : start + 4] for start in range(0, 16, 4))
