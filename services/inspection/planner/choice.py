"""Which of all possible visits are made, as rows of whole numbers: one description for two solvers.

A column is a visit that is made or not, or an order that is left out or not. The relaxation lets them be
fractions and proves how few can do; the rounding makes them whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.inspection.planner import limits
from services.inspection.planner.candidates import Candidate, candidates
from services.inspection.planner.formulation import Assignment, Slot
from services.inspection.planner.limits import Room, Span
from services.inspection.planner.model import OpenOrder, Problem
from services.inspection.planner.parts import Cluster, tied
from services.inspection.planner.solver import Part


@dataclass(frozen=True)
class Row:
    """`least` ≤ the sum of the columns by their weights ≤ `most`; None where there is no such side."""

    weights: Mapping[int, int]
    least: int | None
    most: int | None


class Choice:
    """`unlisted` are the parts with too many possible visits: they have no columns."""

    def __init__(self, problem: Problem, parts: Sequence[Part], room: Room) -> None:
        self._problem = problem
        self.visits: list[Candidate] = []
        self.unlisted: list[Part] = []
        self.orders: list[OpenOrder] = []
        listed: list[tuple[Part, range]] = []
        for part in parts:
            found = candidates(problem, part.cluster)
            if found is None:
                self.unlisted.append(part)
            else:
                listed.append((part, range(len(self.visits), len(self.visits) + len(found))))
                self.visits.extend(found)
                self.orders.extend(part.cluster)
        self.left_out = {order.order_id: len(self.visits) + n for n, order in enumerate(self.orders)}
        self.rows = [*self._once(), *self._diaries(room)]
        for part, columns in listed:
            self.rows.extend(self._of_cluster(part, columns))

    @property
    def columns(self) -> int:
        return len(self.visits) + len(self.orders)

    def assignment(self, made: Sequence[int]) -> Assignment:
        """`made` are columns of visits."""
        found: dict[UUID, Slot | None] = {order.order_id: None for order in self.orders}
        turns: dict[tuple[UUID, date], int] = defaultdict(int)
        for column in made:
            premises_id, day, orders = self.visits[column]
            slot = Slot(premises_id, day, turns[premises_id, day])
            turns[premises_id, day] += 1
            found.update({order.order_id: slot for order in orders})
        return found

    def _once(self) -> Iterator[Row]:
        serving: dict[UUID, list[int]] = defaultdict(list)
        for column, visit in enumerate(self.visits):
            for order in visit.orders:
                serving[order.order_id].append(column)
        for order_id, column in self.left_out.items():
            yield Row(dict.fromkeys([*serving[order_id], column], 1), 1, 1)

    def _diaries(self, room: Room) -> Iterator[Row]:
        wanting: dict[tuple[UUID, date], list[int]] = defaultdict(list)
        for column, visit in enumerate(self.visits):
            for inspector in visit.inspectors:
                if (inspector, visit.day) in room:
                    wanting[inspector, visit.day].append(column)
        for whom, columns in wanting.items():
            if len(columns) > room[whom]:
                yield Row(dict.fromkeys(columns, 1), None, room[whom])

    def _of_cluster(self, part: Part, columns: range) -> Iterator[Row]:
        """What is known of it by itself is told too: fractions alone would not know it."""
        left_out = [self.left_out[order.order_id] for order in part.cluster]
        yield Row(dict.fromkeys([*columns, *left_out], 1), part.alone.fewest, None)
        if tied(self._problem, part.cluster):
            yield from self._yearly_caps(part.cluster, columns)
            yield from self._frequencies(part.cluster, columns)

    def _yearly_caps(self, cluster: Cluster, columns: range) -> Iterator[Row]:
        """Rule F1, as `limits.yearly_caps` has it."""
        for place, stopping in limits.tight_caps(self._problem, cluster).items():
            counting = {o.order_id for o in limits.counting(self._problem, cluster, place)}
            before, most = limits.counted_before(self._problem, *place), len(counting)
            year = [column for column in columns if self.visits[column].day.year == place.year]
            counted = [c for c in year if any(o.order_id in counting for o in self.visits[c].orders)]
            for order, cap in stopping:
                weights = dict.fromkeys(counted, 1)
                for column in counted:
                    weights[column] += (before + most) * (order in self.visits[column].orders)
                yield Row(weights, None, cap + most)

    def _frequencies(self, cluster: Cluster, columns: range) -> Iterator[Row]:
        """Rule F3, as `limits.frequencies` has it."""
        figures = limits.frequency_figures(cluster)
        made = limits.made_before(self._problem, cluster[0].enterprise_id, figures)
        inside: dict[Span, list[int]] = defaultdict(list)
        for column in columns:
            for span in limits.spans(self.visits[column].day, figures):
                inside[span].append(column)
        for span, within in inside.items():
            yield Row(dict.fromkeys(within, 1), None, max(0, figures[str(span[0])] - made[span]))
