"""Why an order was not joined, in the data it rests on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from services.inspection.planner import limits, words
from services.inspection.planner.model import Apart, OpenOrder, Problem, Visit, Why


def explain(problem: Problem, visits: Sequence[Visit]) -> Iterator[Apart]:
    """Of every order without a joint visit."""
    plan = _Planned(problem, visits)
    for order in problem.orders:
        visit = plan.visit_of.get(order.order_id)
        if visit is None:
            yield Apart(order=order, served=False, why=tuple(plan.why_not_served(order)))
        elif not visit.joined:
            yield Apart(order=order, served=True, why=tuple(plan.why_alone(order)))


class _Planned:
    def __init__(self, problem: Problem, visits: Sequence[Visit]) -> None:
        self._problem = problem
        self._visits: dict[UUID, list[Visit]] = defaultdict(list)
        self.visit_of: dict[UUID, Visit] = {}
        for visit in visits:
            self._visits[visit.enterprise_id].append(visit)
            for order in visit.orders:
                self.visit_of[order.order_id] = visit
        self._orders: Mapping[UUID, list[OpenOrder]] = defaultdict(list)
        for order in problem.orders:
            self._orders[order.enterprise_id].append(order)
        self._load = Counter((i, visit.day) for visit in visits for i in visit.inspectors)
        self._load.update((i, visit.day) for visit in problem.fixed for i in visit.inspectors)

    def why_alone(self, order: OpenOrder) -> Iterator[Why]:
        others = [other for other in self._orders[order.enterprise_id] if other is not order]
        here = [other for other in others if other.premises_id == order.premises_id]
        if not others:
            yield words.only_order()
        elif not here:
            yield words.other_premises(others)
        for other in here:
            yield self._why_not_with(order, other)

    def _why_not_with(self, order: OpenOrder, other: OpenOrder) -> Why:
        """The first that holds, from what no plan could change to what this plan chose."""
        if not set(self._problem.window(order)) & set(self._problem.window(other)):
            return words.no_overlap(order, other)
        days = set(self._problem.days[order.order_id]) & set(self._problem.days[other.order_id])
        if not days:
            return words.no_allowed_day(order, other)
        cap, heads = self._cap_at(order), len(order.inspectors | other.inspectors)
        if limits.too_many_people([order, other], cap):
            return words.too_many_heads(other, heads, cap)
        return self._why_not_in_visit(order, other, days)

    def _why_not_in_visit(self, order: OpenOrder, other: OpenOrder, days: set[date]) -> Why:
        """Both could go together: what kept this one out of the other's visit."""
        visit = self.visit_of.get(other.order_id)
        if visit is None:
            return words.other_not_served(other)
        mates = [mate for mate in visit.orders if mate is not order]
        cap, heads = self._cap_at(order), len(order.inspectors | visit.inspectors)
        if limits.too_many_people([order, *mates], cap):
            return words.visit_full(mates, heads, cap)
        together = days.intersection(*(self._problem.days[mate.order_id] for mate in mates))
        if not together:
            return words.no_day_with_all(mates)
        return self._why_not_on(order, other, together)

    def _cap_at(self, order: OpenOrder) -> int:
        here = [o for o in self._orders[order.enterprise_id] if o.premises_id == order.premises_id]
        return limits.headcount_cap(here)

    def _why_not_on(self, order: OpenOrder, other: OpenOrder, days: set[date]) -> Why:
        busy = sorted(day for day in days if self._busy(order, other, day))
        if len(busy) == len(days):
            return words.inspectors_busy(other, busy, self._problem.visits_a_day)
        return words.no_visit_spared(other)

    def _busy(self, order: OpenOrder, other: OpenOrder, day: date) -> bool:
        """Whether someone of either is booked up with yet other visits."""
        own = Counter(
            (i, v.day) for o in (order, other) if (v := self.visit_of.get(o.order_id)) for i in o.inspectors
        )
        most = self._problem.visits_a_day
        return any(self._load[i, day] - own[i, day] >= most for i in order.inspectors | other.inspectors)

    def why_not_served(self, order: OpenOrder) -> Iterator[Why]:
        days = self._problem.days[order.order_id]
        if not days:
            yield words.only_quiet_days(order)
            return
        caps = list(self._full_caps(order))
        yield from caps
        full = list(self._full_spans(order, days))
        yield from full
        most = self._problem.visits_a_day
        busy = [day for day in days if any(self._load[i, day] >= most for i in order.inspectors)]
        if busy:
            yield words.booked_up(busy, len(days), most)
        elif not caps and not full:
            yield words.no_room()

    def _full_caps(self, order: OpenOrder) -> Iterator[Why]:
        for place in limits.places(self._problem, order) if order.stops_at_cap else ():
            cap = limits.cap_of(order, place)
            before = limits.counted_before(self._problem, *place)
            key = (place.agency_id, place.domain)
            planned = sum(
                any(o.counted and key in {(s.agency_id, s.domain) for s in o.shares} for o in visit.orders)
                for visit in self._visits[order.enterprise_id]
                if visit.day.year == place.year
            )
            if cap is not None and before + planned + 1 > cap:
                agency = self._problem.agencies[place.agency_id].name
                yield words.cap_reached(agency, place, before, planned, cap)

    def _full_spans(self, order: OpenOrder, days: Sequence[date]) -> Iterator[Why]:
        figures = limits.frequency_figures(self._orders[order.enterprise_id])
        made = limits.made_before(self._problem, order.enterprise_id, figures)
        for visit in self._visits[order.enterprise_id]:
            made.update(limits.spans(visit.day, figures))
        for unit, most in figures.items():
            within = {span for day in days for span in limits.spans(day, {unit: most})}
            if all(made[span] >= most for span in within):
                yield words.too_often(unit, most)
