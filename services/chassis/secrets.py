"""Secrets live in files of one folder, readable by the owner alone; made once, never printed.

`token-keys/` sign logins (registry), `code-keys/` sign codes (inspection), `rating-secret` hides which
order a rating belongs to (feedback), `contact-key` encrypts contact numbers (registry). `sms-key` is the gateway's (registry):
it is given, not made.
"""

import os
from pathlib import Path

from services.chassis.files import write_private
from services.chassis.identity import tokens

TOKEN_KEYS = "token-keys"
CODE_KEYS = "code-keys"
RATING_SECRET = "rating-secret"
CONTACT_KEY = "contact-key"
SMS_KEY = "sms-key"


def ensure(folder: Path) -> None:
    """Make what is missing; leave what is there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for keys in (TOKEN_KEYS, CODE_KEYS):
        if not any((folder / keys).glob("*.pem")):
            tokens.generate_key(folder / keys)
    for name in (RATING_SECRET, CONTACT_KEY):
        if not (folder / name).exists():
            write_private(folder / name, os.urandom(32))


def read(folder: Path, name: str) -> bytes:
    return (folder / name).read_bytes()
