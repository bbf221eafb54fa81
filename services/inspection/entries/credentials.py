"""Who stands at the gate: the login speaks for one inspector, a credential code for each colleague."""

from __future__ import annotations

from uuid import UUID

from services.chassis.codes import BadCode, Code, Keyring, Kind, Reason, read
from services.chassis.codes.link import code_in
from services.inspection.entries.facts import Shown
from services.inspection.entries.model import Arrival


def read_shown(arrival: Arrival, keyring: Keyring) -> Shown:
    """Genuine codes, whenever they were made: rule E1 judges their time."""
    codes, refused, not_shown = list[Code](), list[Reason](), list[UUID]()
    for given in arrival.credentials:
        named = _as_id(given)
        if named:
            not_shown += [named] if named != arrival.made_by else []
            continue
        try:
            codes.append(_credential(code_in(given), keyring))
        except BadCode as bad:
            refused.append(bad.reason)
    people = (arrival.made_by, *(code.subject for code in codes))
    return Shown(
        inspectors=tuple(dict.fromkeys(people)),
        codes=tuple(codes),
        refused=tuple(refused),
        not_shown=tuple(not_shown),
    )


def _credential(digits: str, keyring: Keyring) -> Code:
    code = read(digits, keyring)
    if code.kind is not Kind.CREDENTIAL:
        raise BadCode(Reason.WRONG_KIND)
    return code


def _as_id(given: str) -> UUID | None:
    try:
        return UUID(given) if len(given) == 36 else None
    except ValueError:
        return None
