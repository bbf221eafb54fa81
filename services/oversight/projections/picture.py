"""The rows that a batch touches, before and after it. No I/O: the store loads one and saves the difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from events.catalogue.inspection import (
    DuplicateDismissed,
    DuplicateFound,
    DuplicateReopened,
    EntryRefused,
    FindingOverridden,
    OrderEvent,
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
from services.oversight.projections.refusal import Refusal, refused
from services.oversight.projections.tally import DayKey, StateKey, Tally


@dataclass
class Picture:
    """Whole in itself: with an order come its pairs, their other orders and
    what was said of them, with an enterprise that counts
    differently from now on come all its orders, pairs and refusals."""

    facts: dict[UUID, OrderFact] = field(default_factory=dict[UUID, OrderFact])
    duplicates: dict[DuplicateKey, Duplicate] = field(default_factory=dict[DuplicateKey, Duplicate])
    overrides: dict[tuple[UUID, int], Override] = field(default_factory=dict[tuple[UUID, int], Override])
    verdicts: dict[tuple[UUID, int], Verdict] = field(default_factory=dict[tuple[UUID, int], Verdict])
    refusals: dict[UUID, Refusal] = field(default_factory=dict[UUID, Refusal])
    enterprises: dict[UUID, Enterprise] = field(default_factory=dict[UUID, Enterprise])

    def copy(self) -> Picture:
        return Picture(
            facts=dict(self.facts),
            duplicates=dict(self.duplicates),
            overrides=dict(self.overrides),
            verdicts=dict(self.verdicts),
            refusals=dict(self.refusals),
            enterprises=dict(self.enterprises),
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
            case EnterpriseChanged():
                known = self.enterprises.get(event.enterprise_id)
                if known is None or known.version < event.version:
                    self.enterprises[event.enterprise_id] = registered(event)
            case _:
                pass

    def _take_order_event(self, event: OrderEvent, at: datetime, zone: ZoneInfo) -> None:
        fact = self.facts.get(event.order_id) or order_fact.born(event)
        if event.version <= fact.version:
            return
        self.facts[event.order_id] = order_fact.advanced(fact, event, zone)
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
        daily: Counter[tuple[DayKey, str]] = Counter()
        for fact in self.facts.values():
            if fact.day:
                key = tally.key_of(fact, fact.day, self.enterprises.get(fact.enterprise_id))
                daily.update((key, name) for name, counts in tally.of_order(fact).items() if counts)
        for pair in self.duplicates.values():
            key = tally.key_of(pair, pair.found_on, self.enterprises.get(pair.enterprise_id))
            daily.update((key, name) for name, counts in tally.of_duplicate(pair).items() if counts)
        for refusal in self.refusals.values():
            key = tally.key_of(refusal, refusal.day, self.enterprises.get(refusal.enterprise_id))
            daily[key, "refused"] += 1
        states = Counter(StateKey(fact.agency_id, fact.state) for fact in self.facts.values())
        return Tally(daily, states)
