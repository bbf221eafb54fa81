"""A small city's events: enterprises, agencies, and orders that live through everything an order can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from events.catalogue.feedback import ComplaintFiled, ComplaintMoved, RatingGiven, RatingsReleased
from events.catalogue.inspection import (
    DuplicateDismissed,
    DuplicateFound,
    DuplicateReopened,
    EntryMade,
    EntryRefused,
    FindingOverridden,
    OrderAbsorbed,
    OrderApproved,
    OrderCancelled,
    OrderClosed,
    OrderConcluded,
    OrderDrafted,
    OrderIssued,
    OrderJoined,
    OrderRestored,
    OrderRevised,
    OrderSplit,
    OrderSubmitted,
    RecordMade,
    VisitLeft,
)
from events.catalogue.registry import AgencyChanged, EnterpriseChanged, ItemChanged
from events.envelope import seal
from events.model import Event
from events.subscription import Delivery
from services.chassis.ids import new_id

MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAY = date(2026, 3, 2)


def an_enterprise(
    enterprise_id: UUID | None = None, version: int = 1, **changes: object
) -> EnterpriseChanged:
    given = {
        "enterprise_id": enterprise_id or new_id(),
        "version": version,
        "uscc": "91320000MA1XXXXX0A",
        "name": "宿迁某某机械有限公司",
        "industry": "C3411",
        "area_code": "321302",
        "active": True,
    }
    return EnterpriseChanged(**(given | changes))  # pyright: ignore[reportArgumentType]


def an_agency(agency_id: UUID | None = None, version: int = 1, **changes: object) -> AgencyChanged:
    given = {
        "agency_id": agency_id or new_id(),
        "version": version,
        "name": "应急管理局",
        "level": "county",
        "domain": "emergency",
        "area_code": "321302",
        "active": True,
    }
    return AgencyChanged(**(given | changes))  # pyright: ignore[reportArgumentType]


def an_item(item_id: UUID | None = None, version: int = 1, **changes: object) -> ItemChanged:
    given = {
        "item_id": item_id or new_id(),
        "version": version,
        "code": "YJ-1",
        "name": "有限空间作业安全",
        "domain": "emergency",
        "levels": ("county",),
        "legal_basis": "《中华人民共和国安全生产法》第六十五条",
        "published": True,
        "in_force_from": DAY,
        "checklist_version": 1,
        "checklist": (),
    }
    return ItemChanged(**(given | changes))  # pyright: ignore[reportArgumentType]


@dataclass
class AnOrder:
    """Tells the events of one order, each with its next version: `AnOrder(…).issued().entered().concluded()`."""

    enterprise_id: UUID = field(default_factory=new_id)
    agency_id: UUID = field(default_factory=new_id)
    order_id: UUID = field(default_factory=new_id)
    at: datetime = MORNING
    agencies: tuple[UUID, ...] = ()
    events: list[Event] = field(default_factory=list[Event])

    def __post_init__(self) -> None:
        self.agencies = self.agencies or (self.agency_id,)
        self.premises_id = new_id()
        self.items = (new_id(),)
        self.inspectors = (new_id(), new_id())

    def _tell(self, event: type[Event], **what: object) -> AnOrder:
        told = event(
            order_id=self.order_id,
            version=len(self.events) + 1,
            enterprise_id=self.enterprise_id,
            premises_id=self.premises_id,
            agency_id=self.agency_id,
            **what,
        )  # pyright: ignore[reportCallIssue]
        self.events.append(told)
        return self

    def _window(self) -> dict[str, object]:
        return {
            "trigger": "routine",
            "items": self.items,
            "inspectors": self.inspectors,
            "starts_on": self.at.date(),
            "ends_on": self.at.date() + timedelta(days=5),
        }

    def drafted(self) -> AnOrder:
        return self._tell(OrderDrafted, **self._window())

    def duplicate_of(self, *others: UUID, rule: str = "J2") -> AnOrder:
        return self._tell(DuplicateFound, rule=rule, outcome="justify", others=others)

    def overridden(
        self, rule: str = "J2", by: UUID | None = None, about: UUID | None = None, reason: str = ""
    ) -> AnOrder:
        key = f"{rule}:{about}:1" if about else ""
        return self._tell(
            FindingOverridden, rule=rule, overridden_by=by or new_id(), finding_key=key, reason=reason
        )

    def dismissed(self, other: UUID, reason: str = "不是同一件事") -> AnOrder:
        return self._tell(DuplicateDismissed, other=other, dismissed_by=new_id(), reason=reason)

    def reopened(self, other: UUID) -> AnOrder:
        return self._tell(DuplicateReopened, other=other)

    def revised(self) -> AnOrder:
        return self._tell(OrderRevised, **self._window())

    def submitted(self) -> AnOrder:
        return self._tell(OrderSubmitted)

    def joined(self, other: UUID, *agencies: UUID) -> AnOrder:
        self.agencies = (*self.agencies, *agencies)
        return self._tell(OrderJoined, absorbed=other, agencies=self.agencies, items=self.items)

    def absorbed(self, into: UUID) -> AnOrder:
        return self._tell(OrderAbsorbed, absorbed_into=into)

    def split(self, left: UUID, *agencies: UUID) -> AnOrder:
        self.agencies = tuple(agency for agency in self.agencies if agency not in agencies)
        return self._tell(OrderSplit, left=left, agencies=self.agencies, items=self.items)

    def restored(self, left: UUID) -> AnOrder:
        window = {name: value for name, value in self._window().items() if name != "trigger"}
        return self._tell(OrderRestored, left=left, **window)

    def approved(self) -> AnOrder:
        return self._tell(OrderApproved, approved_by=new_id())

    def issued(self) -> AnOrder:
        return self._tell(OrderIssued, **self._window(), agencies=self.agencies, policy_version="test-1")

    def cancelled(self) -> AnOrder:
        return self._tell(OrderCancelled)

    def entered(self, *, online: bool = True, flags: tuple[str, ...] = ()) -> AnOrder:
        return self._tell(
            EntryMade,
            entry_id=new_id(),
            inspectors=self.inspectors,
            agencies=self.agencies,
            entered_at=self.at,
            device_time=self.at,
            online=online,
            flags=flags,
        )

    def recorded(self, problems: int = 0) -> AnOrder:
        return self._tell(RecordMade, problems=problems, answers=12)

    def left(self) -> AnOrder:
        return self._tell(VisitLeft, entry_id=new_id(), left_at=self.at + timedelta(hours=1))

    def concluded(self, result: str = "no_problem", *, entered: bool = True) -> AnOrder:
        return self._tell(
            OrderConcluded,
            result=result,
            items=self.items,
            agencies=self.agencies,
            entered=entered,
            concluded_at=self.at + timedelta(hours=2),
        )

    def closed(self) -> AnOrder:
        return self._tell(OrderClosed)


def a_refusal(enterprise_id: UUID, **changes: object) -> EntryRefused:
    given = {
        "refusal_id": new_id(),
        "version": 1,
        "enterprise_id": enterprise_id,
        "premises_id": None,
        "order_id": None,
        "agency_id": None,
        "inspector_id": None,
        "rule": "E1",
        "reason": "wrong_premises",
        "refused_at": MORNING,
    }
    return EntryRefused(**(given | changes))  # pyright: ignore[reportArgumentType]


def deliveries(events: Iterable[Event]) -> list[Delivery]:
    """As a consumer would hand them over, told a millisecond after each other; deliver the list twice for a repeat."""
    return [_delivery(event, offset) for offset, event in enumerate(events)]


def _delivery(event: Event, offset: int) -> Delivery:
    sealed = seal(event, source=f"/{event.contract.owner}", correlation_id="test")
    envelope = replace(sealed, time=MORNING + timedelta(milliseconds=offset))
    return Delivery(envelope, event, event.contract.topic, 0, offset)


def a_year(random: Random, enterprises: int = 8, agencies: int = 4, orders: int = 60) -> list[list[Event]]:
    """Streams whose inner order is given and whose interleaving is not: one an enterprise, an agency, an order,
    a complaint. Orders of one enterprise keep their order on the road, but one may wait for a missing version."""
    bureaus = [new_id() for _ in range(agencies)]
    firms = [new_id() for _ in range(enterprises)]
    streams = [_states_of(random, firm) for firm in firms[:-1]]
    streams += [[an_agency(bureau, 1), an_agency(bureau, 2, name="改名后的局")] for bureau in bureaus]
    streams += [[an_item(item), an_item(item, 2, name="改名后的事项")] for item in (new_id(), new_id())]
    for firm in firms:
        streams += _orders_of(random, firm, bureaus, orders // enterprises)
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


def _states_of(random: Random, firm: UUID) -> list[Event]:
    return [
        an_enterprise(
            firm,
            version,
            industry=random.choice(["C26", "H61", "F52"]),
            area_code=random.choice(["321302", "321311"]),
        )
        for version in range(1, random.randint(2, 4))
    ]


def _orders_of(random: Random, firm: UUID, bureaus: Sequence[UUID], count: int) -> list[list[Event]]:
    orders: list[AnOrder] = []
    refusals: list[Event] = []
    for _ in range(count):
        at = MORNING + timedelta(days=random.randint(0, 40), hours=random.randint(0, 20))
        order = AnOrder(firm, random.choice(bureaus), at=at).drafted()
        if orders:
            _meet(random, order, orders[-1])
        _live(random, order)
        orders.append(order)
        if random.random() < 0.3:
            refusals.append(a_refusal(firm, agency_id=random.choice([*bureaus, None])))
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
        if random.random() < 0.3:
            other.joined(order.order_id, order.agency_id).split(order.order_id, order.agency_id)
            order.restored(other.order_id)


def _live(random: Random, order: AnOrder) -> None:
    if isinstance(order.events[-1], OrderAbsorbed):
        return
    order.submitted().approved().issued()
    fate = random.random()
    if fate < 0.15:
        order.cancelled()
    elif fate < 0.25:
        order.concluded(entered=False)
    else:
        order.entered(online=random.random() < 0.8, flags=("distance",) if random.random() < 0.2 else ())
        order.recorded().left().concluded(random.choice(["no_problem", "reminder", "order_rectification"]))
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
