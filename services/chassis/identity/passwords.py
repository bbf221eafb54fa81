"""argon2id, with the library's own parameters; hashes are renewed when those rise."""

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
