"""Revealing and abandoning: either way the seed becomes public."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from events.catalogue.planning import DrawAbandoned, DrawRevealed
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound, StaleVersion, Text, WrongState
from services.chassis.identity import Principal
from services.inspection.draws import model, store
from services.inspection.draws.errors import TooEarly
from services.inspection.draws.store import Draw
from services.inspection.replica.agencies import Agency, acting_for


@dataclass(frozen=True, kw_only=True)
class Reveal:
    draw_id: UUID
    version: int
    public_value: str | None


@dataclass(frozen=True, kw_only=True)
class Abandon:
    draw_id: UUID
    version: int
    reason: str


def reveal(command: Reveal, uow: UnitOfWork, who: Principal) -> Draw:
    """Draws. Raises NotFound, StaleVersion, WrongState, TooEarly, Invalid for the public value."""
    agency, draw = owned(uow, command.draw_id, command.version, who)
    _open(draw, "reveal")
    value = _value(command, draw, agency)
    draw = _ended(uow, replace(draw, state="revealed", public_value=value), who)
    assert draw.seed is not None
    drawn = model.draw(store.lists(uow.connection, draw), draw.seed, value)
    store.end(uow.connection, draw, drawn)
    uow.emit(
        DrawRevealed(
            draw_id=draw.draw_id,
            version=draw.version,
            agency_id=draw.agency_id,
            seed=draw.seed,
            premises=tuple(one.premises_id for one in drawn),
        )
    )
    return draw


def abandon(command: Abandon, uow: UnitOfWork, who: Principal) -> Draw:
    """Nothing is drawn, and everybody may see what would have been. Raises NotFound, StaleVersion, WrongState."""
    _, draw = owned(uow, command.draw_id, command.version, who)
    _open(draw, "abandon")
    draw = _ended(uow, replace(draw, state="abandoned", reason=command.reason), who)
    assert draw.seed is not None
    store.end(uow.connection, draw, [])
    uow.emit(
        DrawAbandoned(draw_id=draw.draw_id, version=draw.version, agency_id=draw.agency_id, seed=draw.seed)
    )
    return draw


def owned(uow: UnitOfWork, draw_id: UUID, version: int | None, who: Principal) -> tuple[Agency, Draw]:
    """The draw of the account's agency, locked. Raises NotFound, StaleVersion."""
    agency = acting_for(uow.connection, who)
    draw = store.lock(uow.connection, draw_id)
    if draw.agency_id != agency.agency_id:
        raise NotFound("draw", draw_id)
    if version is not None and version != draw.version:
        raise StaleVersion(version, draw.version)
    return agency, draw


def _open(draw: Draw, action: str) -> None:
    if draw.state != "committed":
        raise WrongState(action, draw.state, ["draft_orders"] if draw.state == "revealed" else [])


def _ended(uow: UnitOfWork, draw: Draw, who: Principal) -> Draw:
    return replace(
        draw,
        version=draw.version + 1,
        seed=store.seed_of(uow.connection, draw.draw_id),
        ended_by=who.account_id,
        ended_at=clock.now(),
    )


def _value(command: Reveal, draw: Draw, agency: Agency) -> str | None:
    if draw.public_source is None or draw.public_on is None:
        if command.public_value is not None:
            raise Invalid(
                {"/public_value": "本次抽取未约定公开值 / no public value was announced for this draw"}
            )
        return None
    if agency.today < draw.public_on:
        raise TooEarly(
            Text(f"公开值将于 {draw.public_on} 产生", f"the public value comes on {draw.public_on}")
        )
    value = model.public_value(command.public_value or "")
    if value is None:
        raise Invalid(
            {
                "/public_value": f"须填写“{draw.public_source}”公布的数字，按公布顺序以空格分隔 / "
                "the numbers as published, in their order, with blanks between them"
            }
        )
    return value
