"""The same pages in every service: how its road is, and what was laid aside on it."""

from __future__ import annotations

from functools import partial
from typing import Any, cast
from uuid import UUID

from flask.typing import ResponseReturnValue

from events import dead_letters
from events.dead_letters import DeadLetter
from services.chassis.audit import witness
from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound, WrongState
from services.chassis.identity import Permission, principal, requires
from services.chassis.road import schemas, store
from services.chassis.transaction import current_uow, reading, transactional

_SHOWN = 64 * 1024


def blueprint(service: str) -> Blueprint:
    road = Blueprint(
        "road", __name__, url_prefix=f"/api/{service}/v1", description="The road of events, and dead letters"
    )

    @road.get("/road")
    @requires(Permission.EVENT_OPERATE)
    @road.response(200, schemas.RoadSchema)
    def show_road() -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
        """What waits to leave, which loops of its workers turn, and what lies aside."""
        with reading() as connection:
            return _answer(
                {
                    "service": service,
                    "relay": store.relay(connection),
                    "loops": store.loops(connection),
                    "groups": store.groups(connection),
                }
            )

    @road.get("/dead-letters")
    @requires(Permission.EVENT_OPERATE)
    @road.arguments(schemas.LettersQuery, location="query", as_kwargs=True)
    @road.response(200, schemas.LetterPage)
    def list_letters(limit: int, **about: Any) -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
        """The oldest first."""
        with reading() as connection:
            found = dead_letters.listed(connection, limit=limit + 1, **about)
        following = found[limit - 1].id if len(found) > limit else None
        return _answer({"items": found[:limit], "next": following})

    @road.get("/dead-letters/<uuid:letter_id>")
    @requires(Permission.EVENT_OPERATE)
    @road.response(200, schemas.WholeLetterSchema)
    def show_letter(letter_id: UUID) -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
        with reading() as connection:
            letter = _found(dead_letters.get(connection, letter_id), letter_id)
        content = letter.value[:_SHOWN].decode(errors="replace")
        return _answer({name: getattr(letter, name) for name in DeadLetter.__slots__} | {"content": content})

    @road.post("/dead-letters/<uuid:letter_id>/redrive")
    @requires(Permission.EVENT_OPERATE)
    @road.response(202, schemas.DeadLetterSchema)
    @road.alt_response(409, description="It was applied already.")
    @transactional
    def redrive_letter(letter_id: UUID) -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
        """The service's worker applies it again, when what was wrong is mended; what fails again is open again."""
        connection = current_uow().connection
        dead_letters.request_redrive(connection, ids=[letter_id], witness=_witness())
        letter = _found(dead_letters.get(connection, letter_id), letter_id)
        if letter.state == "resolved":
            raise WrongState("redrive", letter.state, [])
        return _answer((letter, 202))

    @road.post("/dead-letters/redrive")
    @requires(Permission.EVENT_OPERATE)
    @road.arguments(schemas.RedriveSchema, as_kwargs=True)
    @road.response(202, schemas.RedrivenSchema)
    @transactional
    def redrive_all(consumer: str) -> ResponseReturnValue:  # pyright: ignore[reportUnusedFunction]
        """All open letters of one consumer group."""
        found = dead_letters.request_redrive(current_uow().connection, consumer=consumer, witness=_witness())
        return _answer(({"letters": len(found)}, 202))

    return road


def _witness() -> dead_letters.Witness:
    return partial(witness.redriven, account_id=principal().account_id)


def _found(letter: DeadLetter | None, letter_id: UUID) -> DeadLetter:
    if letter is None:
        raise NotFound("dead letter", letter_id)
    return letter


def _answer(content: Any) -> ResponseReturnValue:
    return cast("ResponseReturnValue", content)
