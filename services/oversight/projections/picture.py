"""The rows that a batch touches, before and after it. No I/O: the store loads one and saves the difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from events.catalogue.inspection import (
    DuplicateDismissed,
    DuplicateFound,
    DuplicateReopened,
    EntryRefused,
    FindingOverridden,
    OrderEvent,
    VisitRefused,
)
from events.catalogue.registry import EnterpriseChanged
from events.consumer import Delivery
from events.model import Event
from services.oversight.projections import order_fact, tally
from services.oversight.projections.duplicate import Duplicate, DuplicateKey, found, settled
from services.oversight.projections.duplicate_verdict import Verdict, said
from services.oversight.projections.enterprise import Enterprise, registered
from services.oversight.projections.order_fact import OrderFact
from services.oversight.projections.override import Override, overridden
from services.oversight.projections.premises import Premises, premises_of
from services.oversight.projections.refusal import Refusal, refused
from services.oversight.projections.tally import DayKey, StateKey, Tally
from services.oversight.projections.visit_refusal import VisitRefusal, visit_refused


@dataclass
class Picture:
    """Whole in itself: with an order come its pairs, their other orders, what was said of them, and where they are;
    with an enterprise that is told of come all its premises, and with one that counts differently from now on all its
    orders, pairs and refusals."""

    facts: dict[UUID, OrderFact] = field(default_factory=dict[UUID, OrderFact])
    duplicates: dict[DuplicateKey, Duplicate] = field(default_factory=dict[DuplicateKey, Duplicate])
    overrides: dict[tuple[UUID, int], Override] = field(default_factory=dict[tuple[UUID, int], Override])
    verdicts: dict[tuple[UUID, int], Verdict] = field(default_factory=dict[tuple[UUID, int], Verdict])
    refusals: dict[UUID, Refusal] = field(default_factory=dict[UUID, Refusal])
    visit_refusals: dict[UUID, VisitRefusal] = field(default_factory=dict[UUID, VisitRefusal])
    enterprises: dict[UUID, Enterprise] = field(default_factory=dict[UUID, Enterprise])
    premises: dict[UUID, Premises] = field(default_factory=dict[UUID, Premises])

    def copy(self) -> Picture:
        return Picture(
            facts=dict(self.facts),
            duplicates=dict(self.duplicates),
            overrides=dict(self.overrides),
            verdicts=dict(self.verdicts),
            refusals=dict(self.refusals),
            visit_refusals=dict(self.visit_refusals),
            enterprises=dict(self.enterprises),
            premises=dict(self.premises),
        )

    def after(self, deliveries: Iterable[Delivery], zone: ZoneInfo) -> Picture:
        """The picture after these events. What was seen before changes nothing."""
        after = self.copy()
        for delivery in deliveries:
            after._take(delivery.event, delivery.envelope.time, zone)
        after._settle_duplicates()
        return after

    def _take(self, event: Event, at: datetime, zone: ZoneInfo) -> None:
        match event:
            case OrderEvent():
                self._take_order_event(event, at, zone)
            case EntryRefused():
                self.refusals.setdefault(event.refusal_id, refused(event, zone))
            case VisitRefused():
                self.visit_refusals.setdefault(event.refusal_id, visit_refused(event, zone))
            case EnterpriseChanged():
                self._take_enterprise(event)
            case _:
                pass

    def _take_enterprise(self, event: EnterpriseChanged) -> None:
        known = self.enterprises.get(event.enterprise_id)
        if known is None or known.version < event.version:
            self.enterprises[event.enterprise_id] = registered(event)
            self.premises.update((premises.premises_id, premises) for premises in premises_of(event))

    def _take_order_event(self, event: OrderEvent, at: datetime, zone: ZoneInfo) -> None:
        fact = self.facts.get(event.order_id) or order_fact.born(event)
        if event.version <= fact.version:
            return
        self.facts[event.order_id] = order_fact.advanced(fact, event, at, zone)
        if isinstance(event, DuplicateFound):
            for pair in found(event, at, zone):
                self.duplicates.setdefault(pair.key, pair)
        elif isinstance(event, FindingOverridden):
            self.overrides[event.order_id, event.version] = overridden(event, at)
        elif isinstance(event, DuplicateDismissed | DuplicateReopened):
            self.verdicts[event.order_id, event.version] = said(event, at)

    def _settle_duplicates(self) -> None:
        answers = self._answers_by_order()
        for key, pair in self.duplicates.items():
            now = settled(pair, self.facts, answers)
            if now != pair:
                self.duplicates[key] = now

    def _answers_by_order(self) -> dict[UUID, list[Override | Verdict]]:
        found: dict[UUID, list[Override | Verdict]] = defaultdict(list)
        for answer in (*self.overrides.values(), *self.verdicts.values()):
            found[answer.order_id].append(answer)
        return found

    def tally(self) -> Tally:
        return Tally(
            Counter(self._counted_by_day()),
            Counter(StateKey(fact.agency_id, fact.state) for fact in self.facts.values()),
            tally.of_premises(self.premises.values()),
            Counter(key for fact in self.facts.values() for key in tally.of_year(fact)),
        )

    def _counted_by_day(self) -> Iterator[tuple[DayKey, str]]:
        for fact in self.facts.values():
            if fact.day:
                yield from self._counted(fact, fact.day, fact.premises_id, tally.of_order(fact))
        for pair in self.duplicates.values():
            finder = self.facts.get(pair.order_id)
            where = finder.premises_id if finder else None
            yield from self._counted(pair, pair.found_on, where, tally.of_duplicate(pair))
        for refusal in self.refusals.values():
            yield from self._counted(refusal, refusal.day, refusal.premises_id, {"refused": True})
        for refusal in self.visit_refusals.values():
            counts = tally.of_visit_refusal(refusal)
            yield from self._counted(refusal, refusal.day, refusal.premises_id, counts)

    def _counted(
        self,
        source: OrderFact | Duplicate | Refusal | VisitRefusal,
        day: date,
        premises_id: UUID | None,
        counts: Mapping[str, bool],
    ) -> Iterator[tuple[DayKey, str]]:
        where = self.premises.get(premises_id) if premises_id else None
        key = tally.key_of(source, day, self.enterprises.get(source.enterprise_id), where)
        return ((key, name) for name, counted in counts.items() if counted)
