"""Fits clusters into the diaries of the inspectors they share.

Clusters that nothing is known of are planned one by one into what the diaries still hold, the least flexible
first; whatever then costs more than it would by itself is solved again together with those who took its days.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from uuid import UUID

from services.inspection.planner.formulation import Assignment, Slot
from services.inspection.planner.limits import Prices, Room
from services.inspection.planner.model import Problem
from services.inspection.planner.parts import Cluster, wanted
from services.inspection.planner.solver import Part, one_by_one, refit, solve_together
from services.inspection.planner.watching import Clock, Told

_NEIGHBOURS = (20, 40, 80)
_TRY_SECONDS = 4.0
_MENDING = 0.8
_SCALE = 20


class Diary:
    """What inspectors have left on each day that could be overbooked."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._taken: Counter[tuple[UUID, date]] = Counter()

    def left_for(self, whom: set[tuple[UUID, date]]) -> Room:
        return {key: self._room[key] - self._taken[key] for key in whom if key in self._room}

    def fits(self, load: Mapping[tuple[UUID, date], int]) -> bool:
        return all(
            self._taken[whom] + visits <= self._room[whom]
            for whom, visits in load.items()
            if whom in self._room
        )

    def book(self, load: Mapping[tuple[UUID, date], int]) -> None:
        self._taken.update(load)

    def release(self, load: Mapping[tuple[UUID, date], int]) -> None:
        self._taken.subtract(load)


def load_of(cluster: Cluster, assignment: Assignment) -> Counter[tuple[UUID, date]]:
    """How many visits each inspector makes on each day: one for all orders of one visit."""
    visits: dict[Slot, set[UUID]] = defaultdict(set)
    for order in cluster:
        slot = assignment[order.order_id]
        if slot is not None:
            visits[slot] |= order.inspectors
    return Counter((inspector, slot.day) for slot, people in visits.items() for inspector in people)


def _expected(problem: Problem, cluster: Cluster) -> dict[tuple[UUID, date], float]:
    """A visit on each day, if every order took any of its days with the same chance."""
    found: dict[tuple[UUID, date], float] = defaultdict(float)
    for order in cluster:
        days = problem.days[order.order_id]
        for day in days:
            for inspector in order.inspectors:
                found[inspector, day] += 1 / len(days)
    return found


class Coordination:
    """Of clusters of one or more parts."""

    def __init__(self, problem: Problem, parts: Sequence[Part], room: Room, clock: Clock) -> None:
        self._problem, self._clock = problem, clock
        self._clusters = [part.cluster for part in parts]
        self._alone = [part.alone for part in parts]
        self._found: list[Assignment] = [dict.fromkeys(part.found) for part in parts]
        self._loads = [Counter[tuple[UUID, date]]() for _ in parts]
        self._diary = Diary(room)
        self._wanted = [wanted(problem, cluster) & room.keys() for cluster in self._clusters]
        self._chance = Random(1)

    def run(self, told: Told, start: Assignment) -> Assignment:
        """From `start`, which keeps all that must be heeded and need not name every cluster."""
        self._begin(start)
        self._fill([n for n, cluster in enumerate(self._clusters) if cluster[0].order_id not in start])
        self._mend_all(told)
        self._settle()
        return {key: slot for found in self._found for key, slot in found.items()}

    def _mend_all(self, told: Told) -> None:
        """Until nothing costs more than by itself, time is up, or every way of mending was tried in vain."""
        begun, allowed = self._clock.left, self._clock.within(_MENDING * self._clock.left)
        waiting: deque[tuple[int, int]] = deque()
        costly = self._costly()
        while costly and allowed.left:
            if not waiting:
                waiting.extend((number, most) for most in _NEIGHBOURS for number in costly)
            self._mend(*waiting.popleft(), allowed)
            found = self._costly()
            if not waiting and found == costly:
                return
            costly = found
            told(1 - self._clock.left / begun)

    def _costly(self) -> list[int]:
        """Those that leave an order out first."""
        found = [number for number in range(len(self._clusters)) if self._costs_more(number)]
        return sorted(found, key=lambda number: None not in self._found[number].values())

    def _settle(self) -> None:
        """Each on better days, as far as the others leave room; it never makes a visit more."""
        for number in self._chance.sample(range(len(self._clusters)), len(self._clusters)):
            if not self._clock.left:
                return
            self._replan(number, None)

    def _begin(self, start: Assignment) -> None:
        for number, cluster in enumerate(self._clusters):
            if cluster[0].order_id in start:
                self._book(number, {order.order_id: start[order.order_id] for order in cluster})

    def _fill(self, numbers: Sequence[int]) -> None:
        """Those that need the most people together first, on the days when others want these least."""
        sought = Counter[tuple[UUID, date]]()
        for number in numbers:
            sought.update(_expected(self._problem, self._clusters[number]))
        for number in sorted(numbers, key=self._flexibility):
            cluster, keys = self._clusters[number], self._wanted[number]
            sought.subtract(_expected(self._problem, cluster))
            left = self._diary.left_for(keys)
            prices = {whom: round(_SCALE * sought[whom] / max(1, left[whom])) for whom in keys}
            self._replan(number, prices)

    def _replan(self, number: int, prices: Prices | None) -> None:
        cluster = self._clusters[number]
        self._diary.release(self._loads[number])
        left = self._diary.left_for(self._wanted[number])
        found = refit(self._problem, cluster, left, self._clock, prices)
        if found is None and not any(self._found[number].values()):
            found = one_by_one(self._problem, cluster, left)
        self._book(number, found or self._found[number])

    def _flexibility(self, number: int) -> tuple[int, int]:
        people = len(frozenset[UUID]().union(*(order.inspectors for order in self._clusters[number])))
        return (-people, min(len(self._problem.days[order.order_id]) for order in self._clusters[number]))

    def _costs_more(self, number: int) -> bool:
        """Than it would if nobody else needed its inspectors."""
        found, alone = self._found[number], self._alone[number]
        unserved = sum(slot is None for slot in found.values())
        visits = len(set(found.values()) - {None})
        return unserved > alone.unserved or visits + unserved > alone.fewest

    def _mend(self, number: int, most: int, clock: Clock) -> None:
        """Solve it again with some of those who want the same people on the same days."""
        group = [number, *self._rivals(number, most)]
        for n in group:
            self._diary.release(self._loads[n])
        solved = solve_together(
            self._problem,
            [Part(self._clusters[n], self._alone[n], self._found[n]) for n in group],
            self._diary.left_for(set[tuple[UUID, date]]().union(*(self._wanted[n] for n in group))),
            clock.within(_TRY_SECONDS),
            days=False,
        )
        for n in group:
            ids = [order.order_id for order in self._clusters[n]]
            self._book(n, {key: solved.assignment[key] for key in ids} if solved else self._found[n])

    def _rivals(self, number: int, most: int) -> Iterator[int]:
        """Clusters that sit on days it wants, up to so many orders: first those in its way on one of them, so that
        it can move in there, then any, so that they can move too."""
        sought, orders = self._wanted[number], len(self._clusters[number])
        on = self._chance.choice(sorted({day for _, day in sought}) or [None])
        there = {whom for whom in sought if whom[1] == on}
        rivals = [n for n in range(len(self._clusters)) if n != number and sought & self._loads[n].keys()]
        self._chance.shuffle(rivals)
        for n in sorted(rivals, key=lambda n: not there & self._loads[n].keys()):
            orders += len(self._clusters[n])
            if orders > most:
                return
            yield n

    def _book(self, number: int, found: Assignment) -> None:
        self._found[number] = found
        self._loads[number] = load_of(self._clusters[number], found)
        self._diary.book(self._loads[number])
