"""One user at a phone or desk: sends requests, keeps what came back."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx

from tour.routes import Routes

CORRELATION = "X-Correlation-ID"
IDEMPOTENCY = "Idempotency-Key"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one request brought, at which moment (monotonic); `correlation_id` names it in the logs and in
    every event it caused."""

    who: str
    method: str
    path: str
    status: int
    seconds: float
    at: float
    correlation_id: str
    response: httpx.Response

    @property
    def json(self) -> Any:
        return self.response.json()

    @property
    def content(self) -> bytes:
        return self.response.content

    @property
    def etag(self) -> str:
        return self.response.headers["ETag"]

    def problem(self) -> str:
        """What the problem document says, code first; otherwise the start of the body."""
        if "json" not in self.response.headers.get("content-type", ""):
            return self.response.text[:200]
        body = self.json
        fields = "；".join(f"{e['pointer']} {e['message']}" for e in body.get("errors", []))
        return f"{body.get('code')}: {body.get('detail')} {fields}".strip()


class Unexpected(Exception):
    """An answer that stops the play: the acts after it would be made of nothing."""

    def __init__(self, answer: Answer, expected: tuple[int, ...]) -> None:
        wanted = "/".join(str(status) for status in expected)
        super().__init__(
            f"{answer.who} {answer.method} {answer.path}: {answer.status} 而不是 {wanted}：{answer.problem()}"
        )


class Caller:
    """`who` is shown beside each request; `told` hears of every answer."""

    def __init__(
        self,
        client: httpx.Client,
        routes: Routes,
        who: str,
        token: str = "",
        told: Callable[[Answer], None] | None = None,
    ) -> None:
        self.who = who
        self._client = client
        self._routes = routes
        self._told = told or _nobody
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def as_(self, who: str, token: str) -> Caller:
        return Caller(self._client, self._routes, who, token, self._told)

    @property
    def quietly(self) -> Caller:
        """The same user, unheard: for asking again and again whether something is done."""
        silent = copy(self)
        silent._told = _nobody
        return silent

    def get(self, path: str, *, expect: tuple[int, ...] = (200,), **more: Any) -> Answer:
        return self.send("GET", path, expect, **more)

    def post(
        self, path: str, json: Any = None, *, expect: tuple[int, ...] = (200, 201, 202), **more: Any
    ) -> Answer:
        return self.send("POST", path, expect, json=json, **more)

    def put(self, path: str, json: Any, *, expect: tuple[int, ...] = (200, 201), **more: Any) -> Answer:
        return self.send("PUT", path, expect, json=json, **more)

    def send(self, method: str, path: str, expect: tuple[int, ...], **more: Any) -> Answer:
        """Raises Unexpected for any other status, httpx.TransportError when nobody answers."""
        correlation_id = f"tour-{uuid4().hex}"
        headers = {**self._headers, CORRELATION: correlation_id, **more.pop("headers", {})}
        if method in ("POST", "PUT"):
            headers.setdefault(IDEMPOTENCY, uuid4().hex)
        if more.get("json", 0) is None:
            del more["json"]
        started = monotonic()
        response = self._client.request(method, self._routes.of(path), headers=headers, **more)
        answer = Answer(
            who=self.who,
            method=method,
            path=path,
            status=response.status_code,
            seconds=(now := monotonic()) - started,
            at=now,
            correlation_id=correlation_id,
            response=response,
        )
        self._told(answer)
        if answer.status not in expect:
            raise Unexpected(answer, expect)
        return answer


def _nobody(answer: Answer) -> None:
    pass
