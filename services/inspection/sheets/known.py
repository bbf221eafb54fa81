"""What the rows of a sheet name, found in the replica."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection

from services.inspection.replica.agencies import Agency
from services.inspection.search.text import folded
from services.inspection.sheets import store
from services.inspection.sheets.model import Line
from services.inspection.sheets.names import pieces
from services.inspection.sheets.store import Campaign, Enterprise, Inspector, Item, Premises

T = TypeVar("T")
Named = Mapping[str, Sequence[T]]
_NUMBER = re.compile(r"\d(\.\d+)?[Ee]\+?\d+\Z")


@dataclass(frozen=True, kw_only=True)
class Known:
    """By what they may be called, without signs, spaces and case: `folded`."""

    by_uscc: Named[Enterprise]
    by_name: Named[Enterprise]
    premises: Mapping[UUID, Sequence[Premises]]
    items: Named[Item]
    inspectors: Named[Inspector]
    campaigns: Named[Campaign]


def uscc_in(cell: str) -> str:
    """As it is registered: 9132 1391-MA… becomes 91321391MA…."""
    return folded(cell).upper()


def is_number(cell: str) -> bool:
    """9.13213E+17: a spreadsheet took the code for a number, and its last digits are gone."""
    return bool(_NUMBER.match(cell))


def read_known(connection: Connection[Any], agency: Agency, lines: Sequence[Line]) -> Known:
    by_uscc = store.by_uscc(connection, _said(lines, "uscc", uscc_in))
    by_name = store.by_name(connection, _said(lines, "enterprise", folded))
    places: defaultdict[UUID, list[Premises]] = defaultdict(list)
    for place in store.premises_of(connection, {one.enterprise_id for one in (*by_uscc, *by_name)}):
        places[place.enterprise_id].append(place)
    words = {piece for line in lines for piece in pieces(line.cells.get("items", ""))}
    items = store.items_named(connection, words, agency.domain, agency.level)
    staff = store.staff_of(connection, agency.agency_id)
    campaigns = store.campaigns_of(connection, agency.agency_id)
    return Known(
        by_uscc=_called((one.given, one) for one in by_uscc),
        by_name=_called((one.given, one) for one in by_name),
        premises=places,
        items=_called((folded(name), one) for one in items for name in {one.code, one.name}),
        inspectors=_called(
            (folded(name), one) for one in staff for name in {one.certificate_number, one.name}
        ),
        campaigns=_called((folded(name), one) for one in campaigns for name in {one.filing_number, one.name}),
    )


def _said(lines: Iterable[Line], field: str, plain: Callable[[str], str]) -> set[str]:
    return {plain(line.cells.get(field, "")) for line in lines} - {""}


def _called(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for name, thing in pairs:
        found[name].append(thing)
    return dict(found)
