"""What a scanned or typed code says: the public check. A bad code is an answer, not an error."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.codes import BadCode, Code, Keyring, Kind, Reason, read, short
from services.chassis.codes.link import code_in
from services.chassis.policy import Profile, policies
from services.inspection.codes import store, typed
from services.inspection.codes.model import (
    PREMISES_PREFIX,
    Answer,
    Burden,
    PublicOrder,
    PublicPremises,
    expired_or_early,
    of_inspector,
    of_order,
    of_premises,
    refused,
)


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When the check is made, on the clock and on the city's calendar."""

    at: datetime
    day: date


def check(connection: Connection[Any], text: str, keyring: Keyring, moment: Moment) -> Answer:
    code = code_in(text)
    try:
        if code.isdigit() and len(code) > short.LENGTH + 1:
            return _signed(connection, read(code, keyring), moment)
        return _typed(connection, code, moment)
    except BadCode as bad:
        return Answer(verdict=refused(bad.reason))


def check_typed(
    connection: Connection[Any], certificate_number: str, digits: str, keyring: Keyring, moment: Moment
) -> Answer:
    """Who shows these digits. One answer, after the same work, for a number nobody has and for digits nobody shows: the
    register of inspectors cannot be walked through here."""
    holders = store.holders_of_certificate(connection, certificate_number) or [UUID(int=0)]
    for inspector_id in holders:
        if typed.shows(inspector_id, digits, keyring, moment.at):
            found = _credential(connection, inspector_id, moment)
            if found:
                return found
    return Answer(verdict=refused(Reason.NOT_SHOWN))


def order_behind(connection: Connection[Any], text: str, keyring: Keyring) -> UUID:
    """The order whose code was shown, signed or typed, whatever has become of it. Raises BadCode."""
    code = code_in(text)
    if code.isdigit() and len(code) > short.LENGTH + 1:
        signed = read(code, keyring)
        if signed.kind is not Kind.ORDER:
            raise BadCode(Reason.WRONG_KIND)
        order_id = store.known_order(connection, signed.subject)
    else:
        order_id = store.order_of_short_code(connection, short.parse(code))
    if order_id is None:
        raise BadCode(Reason.NOT_REGISTERED)
    return order_id


def premises_behind(connection: Connection[Any], text: str) -> PublicPremises:
    """Whose gate plate was read. Raises BadCode."""
    premises = store.premises_of_short_code(connection, _plate(short.plain(code_in(text))))
    if premises is None:
        raise BadCode(Reason.NOT_REGISTERED)
    return premises


def _plate(code: str) -> str:
    """The short code of a plate, with or without the P of its square."""
    return short.parse(code.removeprefix(PREMISES_PREFIX) if len(code) == short.LENGTH + 2 else code)


def _signed(connection: Connection[Any], code: Code, moment: Moment) -> Answer:
    look = _order if code.kind is Kind.ORDER else _credential
    answer = look(connection, code.subject, moment)
    if answer is None:
        raise BadCode(Reason.NOT_REGISTERED)
    return replace(answer, verdict=expired_or_early(answer.verdict, code, moment.at))


def _typed(connection: Connection[Any], typed: str, moment: Moment) -> Answer:
    """An order's short code, or a premises code with or without the P of its square."""
    code = short.plain(typed)
    bare = _plate(code)
    order_id = store.order_of_short_code(connection, bare) if bare == code else None
    answer = _order(connection, order_id, moment) if order_id else _premises(connection, bare)
    if answer is None:
        raise BadCode(Reason.NOT_REGISTERED)
    return answer


def _order(connection: Connection[Any], order_id: UUID, moment: Moment) -> Answer | None:
    order = store.public_order(connection, order_id, moment.day)
    if order is None:
        return None
    profile = policies().governing(order.area_code, moment.at)
    return Answer(
        verdict=of_order(order, moment.day),
        order=order,
        burden=_burden(connection, order, profile, moment.day.year),
        rights=profile.rights,
    )


def _burden(connection: Connection[Any], order: PublicOrder, profile: Profile, year: int) -> Burden:
    """Visits are counted as rule F1 counts them, but only those that took place."""
    counted = store.Year(year, profile)
    by_agency = store.visits(connection, order.order_id, counted)
    return Burden(
        year=year,
        visits=store.visits_of_all(connection, order.enterprise_id, counted),
        by_agency=[
            replace(row, cap=profile.annual_cap(row.domain, order.grade, row.caps)) for row in by_agency
        ],
    )


def _credential(connection: Connection[Any], inspector_id: UUID, moment: Moment) -> Answer | None:
    inspector = store.inspector(connection, inspector_id, moment.day)
    return inspector and Answer(verdict=of_inspector(inspector), inspector=inspector)


def _premises(connection: Connection[Any], short_code: str) -> Answer | None:
    premises = store.premises_of_short_code(connection, short_code)
    return premises and Answer(verdict=of_premises(), premises=premises)
