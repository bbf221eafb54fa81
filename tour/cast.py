"""Who plays: the demo city's accounts, logged in over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tour.caller import Caller

LOGIN = "/api/registry/v1/sessions"
PARTS = {
    "registrar": "登记员",
    "coordinator": "统筹",
    "clerk": "经办",
    "head": "负责人",
    "inspector": "执法人员",
}


@dataclass(frozen=True)
class Actor:
    """`caller` sends with the actor's token; `account` is what the login told about them."""

    caller: Caller
    token: str
    account: dict[str, Any]


@dataclass(frozen=True)
class Office:
    """An agency's people: who drafts, who approves, and the two that go."""

    clerk: Actor
    head: Actor
    inspectors: tuple[Actor, Actor]

    @property
    def agency_id(self) -> str:
        return self.clerk.account["agency_id"]


@dataclass(frozen=True)
class Cast:
    anyone: Caller
    registrar: Actor
    coordinator: Actor
    first: Office
    second: Office
    third: Office


def logged_in(anyone: Caller, username: str, password: str) -> Actor:
    answer = anyone.post(LOGIN, {"username": username, "password": password})
    token = answer.json["access_token"]
    part = PARTS[username.partition(".")[0]]
    return Actor(anyone.as_(f"{part} {username}", token), token, answer.json["account"])


def assembled(anyone: Caller, passwords: Mapping[str, str]) -> Cast:
    """Three agencies of different domains, so that they may join, with a coordinator above them."""

    def enter(username: str) -> Actor:
        return logged_in(anyone, username, passwords[username])

    def office(agency: str) -> Office:
        return Office(
            clerk=enter(f"clerk.{agency}"),
            head=enter(f"head.{agency}"),
            inspectors=(enter(f"inspector.{agency}.1"), enter(f"inspector.{agency}.2")),
        )

    first, second, third = (office(agency) for agency in agencies_in(passwords)[:3])
    return Cast(anyone, enter("registrar"), enter("coordinator"), first, second, third)


def agencies_in(passwords: Mapping[str, str]) -> list[str]:
    """The agencies that have people for every part, by the names of their accounts."""
    names = [name.removeprefix("clerk.") for name in passwords if name.startswith("clerk.")]
    parts = ("head.{}", "inspector.{}.1", "inspector.{}.2")
    return sorted(name for name in names if all(part.format(name) in passwords for part in parts))
