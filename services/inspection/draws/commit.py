"""Committing: the lists and the seed are fixed and the commitment is public, before anything is drawn."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from events.catalogue.planning import DrawCommitted
from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, Text
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.inspection.draws import choice, model, store
from services.inspection.draws.choice import Candidate
from services.inspection.draws.lists import objects_of, settle, strata_of, too_large
from services.inspection.draws.model import DrawList, Inspector, Object, Recusal, Stratum
from services.inspection.draws.store import Draw
from services.inspection.replica.agencies import Agency, acting_for

LONGEST = timedelta(days=366)
Faults = Iterator[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Commit:
    """`premises` or all premises of `industries`; `inspectors` None: all of the agency that are fit."""

    purpose: str
    starts_on: date
    ends_on: date
    shares: Mapping[str | None, Fraction]
    premises: tuple[UUID, ...] = ()
    industries: tuple[str, ...] = ()
    inspectors: tuple[UUID, ...] | None = None
    per_object: int = 2
    recusals: tuple[tuple[Recusal, str], ...] = ()
    public_source: str | None = None
    public_on: date | None = None


def commit(command: Commit, uow: UnitOfWork, who: Principal) -> Draw:
    """Raises Forbidden, and Invalid naming every wrong field; nothing is kept then."""
    agency = acting_for(uow.connection, who)
    settle(dict(_wrong_frame(command, agency)))
    objects = objects_of(uow.connection, agency, command.premises, command.industries)
    inspectors = _inspectors(command, uow, agency)
    settle(dict(_wrong_recusals(command, objects, inspectors)))
    strata = _strata(command, uow, agency, objects)
    store.lock_agency(uow.connection, agency.agency_id)
    number, previous = store.last(uow.connection, agency.agency_id)
    listed = DrawList(
        draw_id=new_id(),
        agency_id=agency.agency_id,
        number=number + 1,
        previous=previous,
        purpose=command.purpose,
        domain=agency.domain,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        per_object=command.per_object,
        industries=command.industries,
        public_source=command.public_source,
        public_on=command.public_on,
        strata=strata,
        objects=tuple(objects),
        inspectors=tuple(inspectors),
        recusals=tuple(recusal for recusal, _ in command.recusals),
    )
    settle(dict(_too_few(listed)))
    return _keep(uow, listed, command, who)


def _keep(uow: UnitOfWork, listed: DrawList, command: Commit, who: Principal) -> Draw:
    seed = secrets.token_hex(32)
    draw = Draw(
        draw_id=listed.draw_id,
        agency_id=listed.agency_id,
        number=listed.number,
        previous=listed.previous,
        purpose=listed.purpose,
        domain=listed.domain,
        starts_on=listed.starts_on,
        ends_on=listed.ends_on,
        per_object=listed.per_object,
        scope=listed.industries,
        strata=listed.strata,
        public_source=listed.public_source,
        public_on=listed.public_on,
        commitment=model.commitment(seed, listed.document()),
        committed_by=who.account_id,
        committed_at=clock.now(),
    )
    store.insert(uow.connection, draw, listed, [reason for _, reason in command.recusals], seed)
    uow.emit(
        DrawCommitted(
            draw_id=draw.draw_id,
            version=draw.version,
            agency_id=draw.agency_id,
            commitment=draw.commitment,
            objects=len(listed.objects),
            inspectors=len(listed.inspectors),
            sample=listed.sample,
        )
    )
    return draw


def _wrong_frame(command: Commit, agency: Agency) -> Faults:
    today, least = agency.today, agency.profile.min_inspectors
    if command.starts_on < today:
        yield "/starts_on", f"不能早于今天 {today} / not before today"
    if not timedelta(0) <= command.ends_on - command.starts_on <= LONGEST:
        yield "/ends_on", f"应在开始之后 {LONGEST.days} 天内 / within {LONGEST.days} days of the start"
    if command.per_object < least:
        yield (
            "/per_object",
            f"每个对象至少 {least} 名执法人员（A3） / at least {least} inspectors an object (A3)",
        )
    if (command.public_source is None) != (command.public_on is None):
        yield (
            "/public_on",
            "公开值的来源和日期须一并填写 / name the source of the public value together with its day",
        )
    elif command.public_on and not today < command.public_on <= command.ends_on:
        yield (
            "/public_on",
            "公开值须在今天之后、期间结束之前产生，否则结果可以预知 / after today, else the result could be foreseen, "
            "and before the period ends",
        )


def _inspectors(command: Commit, uow: UnitOfWork, agency: Agency) -> list[Inspector]:
    """Raises Invalid: each that may not be sent, or too few (rule A3)."""
    known = choice.staff(uow.connection, agency)
    if command.inspectors is None:
        chosen = [one for one in known.values() if _unfit(one, command, agency) is None]
    else:
        settle(dict(_unfit_ones(command.inspectors, known, command, agency)))
        chosen = [known[inspector] for inspector in command.inspectors]
    if len(chosen) < command.per_object:
        raise Invalid(
            {
                "/inspectors": f"符合条件的执法人员 {len(chosen)} 名，每个对象需要 {command.per_object} 名；请增加人员或"
                f"缩短期间（A3） / {len(chosen)} are fit, {command.per_object} are needed: add some or shorten the "
                "period (A3)"
            }
        )
    return [
        Inspector(inspector_id=one.inspector_id, certificate=model.masked(one.certificate_number))
        for one in chosen
    ]


def _unfit(one: Candidate, command: Commit, agency: Agency) -> Text | None:
    return one.unfit(agency.domain, command.starts_on, command.ends_on)


def _unfit_ones(
    given: Sequence[UUID], known: Mapping[UUID, Candidate], command: Commit, agency: Agency
) -> Faults:
    for place, inspector in enumerate(given):
        candidate = known.get(inspector)
        fault = (
            _unfit(candidate, command, agency)
            if candidate
            else Text("不是本机关的执法人员", "no inspector of your agency")
        )
        if fault:
            yield f"/inspectors/{place}", f"{fault.zh}（A3） / {fault.en} (A3)"


def _wrong_recusals(command: Commit, objects: Sequence[Object], inspectors: Sequence[Inspector]) -> Faults:
    pool = {one.inspector_id for one in inspectors}
    enterprises = {one.enterprise_id for one in objects}
    for place, (recusal, _) in enumerate(command.recusals):
        if recusal.inspector_id not in pool:
            yield (
                f"/recusals/{place}/inspector_id",
                "不在抽取的人员名单内，无需回避 / not among the inspectors drawn from",
            )
        if recusal.enterprise_id not in enterprises:
            yield (
                f"/recusals/{place}/enterprise_id",
                "不在抽取的企业名单内，无需回避 / not among the enterprises drawn from",
            )


def _strata(
    command: Commit, uow: UnitOfWork, agency: Agency, objects: Sequence[Object]
) -> tuple[Stratum, ...]:
    missing = sorted({one.grade or "null" for one in objects if one.grade not in command.shares})
    if missing:
        names = "、".join(missing)
        raise Invalid({"/shares": f"缺少这些等级的抽取比例：{names} / no share for these grades: {names}"})
    settle(too_large(agency, command.shares, objects))

    def left(share: Fraction, sections: Sequence[str]) -> dict[str, int]:
        return choice.limits(uow.connection, agency, share, sections, command.starts_on.year)

    return strata_of(agency, command.shares, objects, left)


def _too_few(listed: DrawList) -> Faults:
    short = model.short_of_inspectors(listed)
    if short:
        names = "、".join(map(str, short[:20])) + (f" …（{len(short)}）" if len(short) > 20 else "")
        yield (
            "/recusals",
            f"这些企业回避之后可派人员不足 {listed.per_object} 名，请增加人员或移出名单：{names} / "
            f"fewer than {listed.per_object} may be sent there, add inspectors or leave them out: {names}",
        )
    if listed.sample == 0:
        yield (
            "/shares",
            "按比例没有对象可抽；优级企业本年度名额可能已用完（F6） / these shares draw nobody; this year's share of "
            "the best graded may be used up (F6)",
        )
