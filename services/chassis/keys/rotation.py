"""A new signing key beside those that are there, and the audit that knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import audit, secrets
from services.chassis.audit import Act, Tag
from services.chassis.errors import Text, Unavailable
from services.chassis.identity.tokens import generate_key
from services.chassis.keys import ripe

_AFTER = {secrets.TOKEN_KEYS: ripe.TOKENS_AFTER, secrets.CODE_KEYS: ripe.CODES_AFTER}


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """`signs_from`: when it will begin to; None for those that sign or have signed."""

    number: int
    made_at: datetime
    signs: bool
    signs_from: datetime | None


class NotHere(Unavailable):
    code = "keys_not_writable"
    title = Text("此处不能轮换密钥", "Keys cannot be rotated here")
    remedy = Text(
        "请在保管密钥的机器上执行 yicha rotate。", "Run `yicha rotate` on the machine that keeps the keys."
    )


def listed(folder: Path) -> list[SigningKey]:
    """The newest first."""
    made = {int(path.stem): ripe.made_at(path) for path in folder.glob("*.pem")}
    signing = ripe.signing(made, wait_of(folder)) if made else 0
    return [
        SigningKey(
            number=number,
            made_at=at,
            signs=number == signing,
            signs_from=at + wait_of(folder) if number > signing else None,
        )
        for number, at in sorted(made.items(), reverse=True)
    ]


def wait_of(folder: Path) -> timedelta:
    """For how long a new key of this folder is published before it signs."""
    return _AFTER[folder.name]


def rotate(folder: Path, connection: Connection[DictRow], by: UUID | None = None) -> Path:
    """Commits. Raises NotHere when the folder cannot be written to. One at a time: two would take one number."""
    connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('rotate keys', 0))")
    try:
        path = generate_key(folder)
    except OSError as error:
        raise NotHere(
            Text("密钥文件夹不可写", f"the folder of the keys cannot be written: {error.strerror}")
        ) from None
    act = Act(
        tag=Tag.KEY_ROTATED, subject=f"key/{folder.name}", account_id=by, details={"number": int(path.stem)}
    )
    try:
        audit.write(connection, act)
        connection.commit()
    except BaseException:
        path.unlink()  # no key signs of which the audit knows nothing
        raise
    return path
