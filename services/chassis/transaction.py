"""How a view comes to the database: one transaction for a command, a plain connection for a read."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Request, Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis import idempotency
from services.chassis.database import Pool, UnitOfWork
from services.chassis.errors import PreconditionRequired, Text
from services.chassis.identity.guards import caller

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., ResponseReturnValue])
View = Callable[P, ResponseReturnValue]
_IDEMPOTENCY_KEY = {
    "in": "header",
    "name": idempotency.HEADER,
    "required": True,
    "description": "One key per operation, the same for its retries.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 128},
}


def pool() -> Pool:
    return current_app.extensions["yicha.pool"]


def current_uow() -> UnitOfWork:
    """The transaction of the request under way; only inside `@transactional` or `@idempotent` views."""
    return g.uow


@contextmanager
def reading() -> Generator[Connection[DictRow], None, None]:
    with pool().connection() as connection:
        yield connection


def transactional(view: View[P]) -> View[P]:
    """One transaction around the view: committed when it returns, rolled back when it raises."""

    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        with _begin() as uow:
            answer = view(*args, **kwargs)
            uow.commit()
        return answer

    return wrapped


def idempotent(view: View[P]) -> View[P]:
    """`transactional`, and a repeat with the same Idempotency-Key gets the first answer again.

    The view may *return* an error response (a refusal that is stored): it is kept and repeated too.
    """
    return _idempotent(view, idempotency.fingerprint)


def idempotent_secret(view: View[P]) -> View[P]:
    """`idempotent` where the body holds a password."""
    return _idempotent(view, idempotency.slow_fingerprint)


def _idempotent(view: View[P], fingerprint: Callable[[Request, str], bytes]) -> View[P]:
    """The body is read, and a large one takes its time, before a connection is taken from the pool."""

    @wraps(view)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        key, asking = idempotency.key_of(request), caller()
        seen = fingerprint(request, f"{asking} {key}")
        with _begin() as uow:
            claim = idempotency.claim(uow.connection, key, asking, seen)
            if claim.answer:
                return claim.answer
            answer: Response = make_response(view(*args, **kwargs))
            uow.at_commit(lambda connection: idempotency.store(connection, claim, answer))
            uow.commit()
        return answer

    return _asking_for(_IDEMPOTENCY_KEY, wrapped)


def versioned(*, required: bool = False) -> Callable[[V], V]:
    """Say in the API's documentation that the view heeds If-Match."""
    header = {
        "in": "header",
        "name": "If-Match",
        "required": required,
        "description": "The version that was read, as its ETag gave it.",
        "schema": {"type": "string"},
    }
    return lambda view: _asking_for(header, view)


def _asking_for(header: Mapping[str, object], view: V) -> V:
    """In the API's documentation. What was said before is kept: a second list would replace the first."""
    known = getattr(view, "_apidoc", {}).get("manual_doc", {}).get("parameters", [])
    return Blueprint.doc(parameters=[*known, header])(view)  # pyright: ignore[reportReturnType]


@contextmanager
def _begin() -> Generator[UnitOfWork, None, None]:
    with UnitOfWork(pool(), f"/{current_app.name}") as uow:
        g.uow = uow
        yield uow


def required_version() -> int:
    """The version named by If-Match. Raises PreconditionRequired when absent or not a version."""
    given = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not given.isdigit():
        raise PreconditionRequired(
            Text(
                "缺少 If-Match 请求头（读取时 ETag 的值）",
                "the If-Match header is missing (the ETag of what you read)",
            ),
            remedy=Text("先读取最新内容，再带着它的 ETag 修改。", "Read it first and send its ETag back."),
        )
    return int(given)


def offered_version() -> int | None:
    """If-Match where it is sent: the command then holds for that version only."""
    return required_version() if "If-Match" in request.headers else None
