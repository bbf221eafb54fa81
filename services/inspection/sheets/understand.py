"""From the text of a row to the order it asks for, or every reason why not. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from events.catalogue.inspection import Trigger
from services.chassis.codes import short
from services.chassis.errors import Text
from services.chassis.spreadsheets.cells import day
from services.inspection.orders.model import Considered
from services.inspection.search.text import folded
from services.inspection.sheets.columns import CONSIDERED, CONSIDERED_WORDS, TRIGGER_WORDS, TRIGGERS
from services.inspection.sheets.known import Known, Named, is_number, uscc_in
from services.inspection.sheets.model import LONGEST_TEXT, Fault, Line, Row, Visit, Wish
from services.inspection.sheets.names import names
from services.inspection.sheets.read import Sheet
from services.inspection.sheets.reasons import words
from services.inspection.sheets.store import Enterprise, Item, Premises

T = TypeVar("T")
Likeliest = Callable[[Sequence[T]], Sequence[T]]
MOST = {"items": 50, "inspectors": 30}
"""As of one draft (orders/schemas.py)."""
_ELSEWHERE: dict[Trigger, str] = {"random": "from_a_draw", "recheck": "from_an_order"}
_NONE = frozenset({"", "无", "否", "没有"})


def understood(sheet: Sheet, known: Known) -> list[Row]:
    """Each row, with the later of two that are one order refused."""
    rows: list[Row] = []
    first: dict[Visit, int] = {}
    for line in sheet.lines:
        reading = Reading(line, known, sheet)
        row = Row(line=line.number, wish=reading.wish(), faults=reading.faults)
        if row.wish and first.setdefault(row.wish.visit, row.line) != row.line:
            earlier = first[row.wish.visit]
            row.faults.append(whole(line.number, "repeated", Text(f"第 {earlier} 行", f"line {earlier}")))
        rows.append(row)
    return rows


def whole(line: int, reason: str, more: Text | None = None, order_id: UUID | None = None) -> Fault:
    """Of the row, not of one of its cells."""
    said = words(reason, more)
    return Fault(line=line, title="", value="", reason=reason, zh=said.zh, en=said.en, order_id=order_id)


def _likeliest(found: Sequence[Item]) -> Sequence[Item]:
    """Of items that are called alike, those that the agency may check; of these the published ones."""
    best = max(((one.own, one.published) for one in found), default=None)
    return [one for one in found if (one.own, one.published) == best]


def _is_called(place: Premises, given: str) -> bool:
    return short.plain(given) == place.short_code or folded(given) in (
        folded(place.name),
        folded(place.address),
    )


class Reading:
    """One row. What cannot be understood is noted in `faults`, all of it."""

    def __init__(self, line: Line, known: Known, sheet: Sheet) -> None:
        self._line = line
        self._known = known
        self._sheet = sheet
        self.faults: list[Fault] = []

    def wish(self) -> Wish | None:
        if self._line.broken:
            self.faults.append(whole(self._line.number, self._line.broken))
            return None
        enterprise = self._enterprise()
        place = self._premises(enterprise) if enterprise else None
        starts_on, ends_on = self._day("starts_on"), self._day("ends_on")
        items = {one.item_id: one.name for one in self._each("items", self._known.items, "item", _likeliest)}
        people = self._each("inspectors", self._known.inspectors, "inspector", list)
        trigger, campaign_id, considered = self._trigger(), self._campaign(), self._considered()
        why, clue = self._text("on_site_reason", required=True), self._text("clue")
        letter = self._text("assistance_letter")
        if self.faults or not (enterprise and place and starts_on and ends_on and trigger and why):
            return None
        return Wish(
            enterprise_id=enterprise.enterprise_id,
            enterprise=enterprise.name,
            uscc=enterprise.uscc,
            section=enterprise.section,
            premises_id=place.premises_id,
            premises=place.address or place.name,
            items=items,
            inspectors={one.inspector_id: one.name for one in people},
            starts_on=starts_on,
            ends_on=ends_on,
            trigger=trigger,
            clue=clue,
            on_site_reason=why,
            considered=considered,
            campaign_id=campaign_id,
            assistance_letter=letter,
        )

    def _cell(self, field: str) -> str:
        return self._line.cells.get(field, "")

    def _fault(self, field: str, reason: str, value: str | None = None, more: str = "") -> None:
        said = words(reason, Text(more, more) if more else None)
        shown = (self._cell(field) if value is None else value)[:LONGEST_TEXT]
        title = self._sheet.title(field)
        self.faults.append(
            Fault(line=self._line.number, title=title, value=shown, reason=reason, zh=said.zh, en=said.en)
        )

    def _text(self, field: str, *, required: bool = False) -> str | None:
        text = self._cell(field)
        if not text and required:
            self._fault(field, "required")
        elif len(text) > LONGEST_TEXT:
            self._fault(field, "too_long")
        else:
            return text or None
        return None

    def _day(self, field: str) -> date | None:
        found = day(self._cell(field))
        if found is None:
            self._fault(field, "not_a_date" if self._cell(field) else "required")
        return found

    def _enterprise(self) -> Enterprise | None:
        """By its code where there is one."""
        if code := self._cell("uscc"):
            found, missing = self._known.by_uscc.get(uscc_in(code), ()), "unknown_uscc"
            if is_number(code):
                missing = "uscc_spreadsheet_number"
            return self._only("uscc", found, missing, "ambiguous_enterprise")
        if name := self._cell("enterprise"):
            found = self._known.by_name.get(folded(name), ())
            return self._only("enterprise", found, "unknown_enterprise", "ambiguous_enterprise")
        self._fault("uscc", "no_enterprise")
        return None

    def _premises(self, enterprise: Enterprise) -> Premises | None:
        """The only active one where the row names none."""
        places = self._known.premises.get(enterprise.enterprise_id, ())
        given = self._cell("premises")
        if not places:
            self._fault("premises", "no_premises")
            return None
        found = [place for place in places if _is_called(place, given)] if given else places
        choices = "；".join(
            place.name if place.name == place.address else f"{place.name} {place.address}"
            for place in places[:5]
        )
        return self._only("premises", found, "unknown_premises", "which_premises", more=choices)

    def _only(
        self, field: str, found: Sequence[T], missing: str, several: str, *, more: str = ""
    ) -> T | None:
        if len(found) == 1:
            return found[0]
        self._fault(field, several if found else missing, more=more)
        return None

    def _each(self, field: str, known: Named[T], kind: str, likeliest: Likeliest[T]) -> list[T]:
        """Everything that one cell names."""
        named = names(self._cell(field), lambda text: folded(text) in known)
        if not named:
            self._fault(field, "required")
        if len(named) > MOST[field]:
            self._fault(field, "too_many", more=str(MOST[field]))
            return []
        return [one for name in named if (one := self._one(field, name, known, kind, likeliest)) is not None]

    def _one(self, field: str, name: str, known: Named[T], kind: str, likeliest: Likeliest[T]) -> T | None:
        found = likeliest(known.get(folded(name), ()))
        if len(found) == 1:
            return found[0]
        self._fault(field, f"{'ambiguous' if found else 'unknown'}_{kind}", value=name)
        return None

    def _trigger(self) -> Trigger | None:
        """日常 where the row says nothing."""
        trigger = TRIGGERS.get(folded(self._cell("trigger")) or "routine")
        if trigger is None:
            self._fault("trigger", "unknown_word", more="、".join(TRIGGER_WORDS))
        elif trigger in _ELSEWHERE:
            self._fault("trigger", _ELSEWHERE[trigger])
        return trigger

    def _campaign(self) -> UUID | None:
        cell = self._cell("campaign")
        if folded(cell) in _NONE:
            return None
        found = self._only(
            "campaign", self._known.campaigns.get(folded(cell), ()), "unknown_campaign", "unknown_campaign"
        )
        return found and found.campaign_id

    def _considered(self) -> tuple[Considered, ...]:
        found: list[Considered] = []
        for name in names(self._cell("considered"), lambda text: folded(text) in CONSIDERED):
            if folded(name) in CONSIDERED:
                found.append(CONSIDERED[folded(name)])
            elif folded(name) not in _NONE:
                self._fault("considered", "unknown_word", value=name, more="、".join(CONSIDERED_WORDS))
        return tuple(dict.fromkeys(found))
