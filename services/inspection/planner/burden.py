"""What visits cost people (rule O3): those who come, and who must be there to receive them.

An inspector spends the way, the opening and closing talk, and the items of their own orders. Somebody of the
enterprise is there as long as the longest of them. The hours are the product's own figures; they weigh plans
against each other and say nothing about an office.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from services.inspection.planner.model import Burden, Visit

WAY_HOURS = 1.0
TALK_HOURS = 0.5
ITEM_HOURS = 1.0


def of_visits(visits: Iterable[Visit]) -> Burden:
    hours = [_person_hours(visit) for visit in visits]
    return Burden(visits=len(hours), person_hours=sum(hours))


def _person_hours(visit: Visit) -> float:
    checking = Counter[UUID]()
    for order in visit.orders:
        for inspector in order.inspectors:
            checking[inspector] += sum(share.items for share in order.shares)
    there = [TALK_HOURS + ITEM_HOURS * items for items in checking.values()]
    return sum(there) + WAY_HOURS * len(there) + max(there, default=TALK_HOURS)
