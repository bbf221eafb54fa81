"""A year in a small city, told by streams that may come in any order among each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

from events.catalogue.feedback import ComplaintFiled, ComplaintMoved, RatingGiven, RatingsReleased
from events.catalogue.inspection import OrderAbsorbed
from events.catalogue.registry import PremisesState
from events.model import Event
from services.chassis.ids import new_id
from tests.builders.city import (
    DAY,
    MORNING,
    AnOrder,
    a_refusal,
    a_visit_refusal,
    an_agency,
    an_enterprise,
    an_item,
    some_premises,
)

GRIDS = ("古城-01", "古城-02", "双庄-01")


def a_year(random: Random, enterprises: int = 8, agencies: int = 4, orders: int = 60) -> list[list[Event]]:
    """Streams whose inner order is given and whose interleaving is not: one an enterprise, an agency, an order,
    a complaint. Orders of one enterprise keep their order on the road, but one may wait for a missing version."""
    bureaus = [new_id() for _ in range(agencies)]
    firms = [new_id() for _ in range(enterprises)]
    places = {firm: [new_id(), new_id()] for firm in firms}
    streams = [_states_of(random, firm, places[firm]) for firm in firms[:-1]]
    streams += [[an_agency(bureau, 1), an_agency(bureau, 2, name="改名后的局")] for bureau in bureaus]
    streams += [[an_item(item), an_item(item, 2, name="改名后的事项")] for item in (new_id(), new_id())]
    for firm in firms:
        streams += _orders_of(random, firm, places[firm], bureaus, orders // enterprises)
    streams += [[_a_rating(random) for _ in range(20)], _releases(random, bureaus)]
    streams += [_a_complaint(random, random.choice(firms)) for _ in range(5)]
    return streams


def interleaved(random: Random, streams: Sequence[Sequence[Event]]) -> list[Event]:
    waiting = [list(reversed(stream)) for stream in streams if stream]
    order: list[Event] = []
    while waiting:
        stream = random.choice(waiting)
        order.append(stream.pop())
        waiting = [one for one in waiting if one]
    return order


def _states_of(random: Random, firm: UUID, places: Sequence[UUID]) -> list[Event]:
    return [
        an_enterprise(
            firm,
            version,
            industry=random.choice(["C26", "H61", "F52"]),
            area_code=random.choice(["321302", "321311"]),
            premises=tuple(_somewhere(random, place) for place in places),
        )
        for version in range(1, random.randint(2, 4))
    ]


def _somewhere(random: Random, place: UUID) -> PremisesState:
    north = random.choice([None, 33.9, 33.9612345])
    return some_premises(
        place,
        area_code=random.choice(["321302", "321311"]),
        grid=random.choice(GRIDS),
        active=random.random() < 0.8,
        latitude=north,
        longitude=north and 118.3,
    )


def _orders_of(
    random: Random, firm: UUID, places: Sequence[UUID], bureaus: Sequence[UUID], count: int
) -> list[list[Event]]:
    orders: list[AnOrder] = []
    refusals: list[Event] = []
    for _ in range(count):
        at = MORNING + timedelta(days=random.randint(0, 40), hours=random.randint(0, 20))
        order = AnOrder(firm, random.choice(bureaus), at=at)
        order.trigger = random.choice(["routine", "routine", "urgent", "recheck"])
        order.premises_id = random.choice(places)
        order.drafted()
        if orders:
            _meet(random, order, orders[-1])
        _live(random, order)
        orders.append(order)
        if random.random() < 0.3:
            where = random.choice(places)
            refusals.append(a_refusal(firm, agency_id=random.choice([*bureaus, None]), premises_id=where))
            supported = random.random() < 0.5
            refusals.append(
                a_visit_refusal(firm, agency_id=order.agency_id, premises_id=where, supported=supported)
            )
    return [*(order.events for order in orders), refusals]


def _meet(random: Random, order: AnOrder, other: AnOrder) -> None:
    order.duplicate_of(other.order_id, rule=random.choice(["J1", "J2"]))
    fate = random.random()
    if fate < 0.2:
        random.choice([order, other]).overridden()
    elif fate < 0.4:
        random.choice([order, other]).overridden(
            about=random.choice([order, other]).order_id, reason="分开查"
        )
    elif fate < 0.5:
        order.dismissed(other.order_id)
    elif fate < 0.6:
        other.dismissed(order.order_id)
        order.revised().reopened(other.order_id)
    elif fate < 0.75:
        order.absorbed(other.order_id)
        guests = {order.agency_id} - set(other.agencies)
        other.joined(order.order_id, *guests)
        if random.random() < 0.3:
            other.split(order.order_id, *guests)
            order.restored(other.order_id)


def _live(random: Random, order: AnOrder) -> None:
    if isinstance(order.events[-1], OrderAbsorbed):
        return
    if order.trigger == "urgent":
        _enter_first(random, order)
    else:
        order.submitted().approved().issued()
    fate = random.random()
    if order.trigger != "urgent" and fate < 0.3:
        ends = (order.cancelled, order.expired, lambda: order.concluded(entered=False), lambda: order)
        random.choice(ends)()
    else:
        _visit(random, order)


def _enter_first(random: Random, order: AnOrder) -> None:
    order.entered(ratify_by=random.choice([MORNING, order.at + timedelta(hours=24)]))
    if random.random() < 0.3:
        order.overdue("ratification")
    random.choice([order.ratified, order.disapproved, order.recorded])()


def _visit(random: Random, order: AnOrder) -> None:
    if order.trigger != "urgent":
        flags = random.choice([(), (), (), ("distance",), ("backfilled", "late")])
        order.entered(online="late" not in flags, flags=flags)
    order.recorded().left()
    if random.random() < 0.2:
        order.overdue("conclusion")
    result = random.choice(["no_problem", "reminder", "order_rectification"])
    order.concluded(result, due_on=DAY if result == "order_rectification" else None)
    if result == "order_rectification" and random.random() < 0.5:
        order.overdue("rectification").recheck_failed(DAY + timedelta(days=9))
    if random.random() < 0.5:
        order.closed()


def _a_rating(random: Random) -> RatingGiven:
    return RatingGiven(rating_id=new_id(), area_code="321302", grade=random.randint(1, 5), day=DAY)


def _releases(random: Random, bureaus: Sequence[UUID]) -> list[Event]:
    return [
        RatingsReleased(release_id=new_id(), agency_id=bureau, grades=(0, 1, 0, 2, 3), released_on=DAY)
        for bureau in bureaus
    ]


def _a_complaint(random: Random, firm: UUID) -> list[Event]:
    complaint_id, due_on = new_id(), DAY + timedelta(days=21)
    filed = ComplaintFiled(
        complaint_id=complaint_id,
        version=1,
        enterprise_id=firm,
        agency_id=None,
        order_id=None,
        category="no_code",
        due_on=due_on,
    )
    states = ["assigned", "handling", "answered"][: random.randint(0, 3)]
    return [
        filed,
        *(
            ComplaintMoved(
                complaint_id=complaint_id, version=version, enterprise_id=firm, state=state, due_on=due_on
            )  # pyright: ignore[reportArgumentType]
            for version, state in enumerate(states, 2)
        ),
    ]
