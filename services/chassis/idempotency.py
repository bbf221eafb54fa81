"""A repeated POST answers what the first one answered: stored in the command's own transaction.

Claiming inserts the key. A concurrent repeat waits on the unique index until the first transaction
ends: then it finds the stored answer, or, if the first rolled back, takes the key over itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b, scrypt

from flask import Request, Response
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.errors import IdempotencyConflict, PreconditionRequired, Text

HEADER = "Idempotency-Key"
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Claim:
    """`answer` is the stored response of an earlier run, None for the first."""

    key: str
    caller: str
    answer: Response | None


def key_of(request: Request) -> str:
    """Raises PreconditionRequired without the header."""
    key = request.headers.get(HEADER, "")
    if not 8 <= len(key) <= 128 or not key.isascii():
        raise PreconditionRequired(
            Text(
                "缺少 Idempotency-Key 请求头（8–128 个字符）",
                "the Idempotency-Key header is missing (8–128 characters)",
            ),
            remedy=Text(
                "为每次操作生成一个新的键，重试时沿用。",
                "Make one key per operation and keep it for retries.",
            ),
        )
    return key


def claim(connection: Connection[DictRow], key: str, caller: str, seen: bytes) -> Claim:
    """`seen` is the request's fingerprint. Raises IdempotencyConflict for the same key with another request."""
    row = connection.execute(
        """
        WITH claimed AS (
            INSERT INTO idempotency (key, caller, fingerprint) VALUES (%(key)s, %(caller)s, %(fingerprint)s)
            ON CONFLICT DO NOTHING RETURNING key)
        SELECT key FROM claimed
        """,
        {"key": key, "caller": caller, "fingerprint": seen},
    ).fetchone()
    return Claim(key, caller, None if row else _stored(connection, key, caller, seen))


def _stored(connection: Connection[DictRow], key: str, caller: str, seen: bytes) -> Response:
    row = connection.execute(
        "SELECT fingerprint, status, content_type, body, etag FROM idempotency WHERE caller = %s AND key = %s",
        (caller, key),
    ).fetchone()
    if row is None or bytes(row["fingerprint"]) != seen:
        raise IdempotencyConflict()
    response = Response(bytes(row["body"]), status=row["status"], content_type=row["content_type"])
    response.headers["Idempotent-Replay"] = "true"
    if row["etag"]:
        response.headers["ETag"] = row["etag"]
    return response


def store(connection: Connection[DictRow], claim: Claim, response: Response) -> None:
    connection.execute(
        """
        UPDATE idempotency SET status = %s, content_type = %s, body = %s, etag = %s
        WHERE caller = %s AND key = %s
        """,
        (
            response.status_code,
            response.content_type,
            response.get_data(),
            response.headers.get("ETag"),
            claim.caller,
            claim.key,
        ),
    )


def forget_old(connection: Connection[DictRow], days: int = 15) -> int:
    """Keys outlive the ten days a phone may queue an entry (rule E3)."""
    return connection.execute(
        "DELETE FROM idempotency WHERE created_at < now() - make_interval(days => %s)", (days,)
    ).rowcount


def fingerprint(request: Request, _: str) -> bytes:
    return _digest(request).digest()


def slow_fingerprint(request: Request, salt: str) -> bytes:
    """For a body with a password in it: whoever reads the table must not guess it more cheaply than from its hash."""
    return scrypt(_digest(request).digest(), salt=salt.encode(), n=2**15, r=8, p=1, maxmem=2**26, dklen=16)


def _digest(request: Request) -> blake2b:
    whole = blake2b(digest_size=16)
    for part in (request.method.encode(), request.full_path.encode(), *_content(request)):
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole


def _content(request: Request) -> Iterator[bytes]:
    """A form is its parts: sent again it has another boundary, and a file of any size is read in pieces."""
    if request.mimetype != "multipart/form-data":
        yield request.get_data()
        return
    for name, value in sorted(request.form.items(multi=True)):
        yield from (name.encode(), value.encode())
    for name, file in sorted(request.files.items(multi=True), key=lambda item: item[0]):
        yield from (name.encode(), (file.filename or "").encode())
        while piece := file.stream.read(_PIECE):
            yield piece
        file.stream.seek(0)
