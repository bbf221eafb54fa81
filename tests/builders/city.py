"""A small city's events: enterprises, agencies, and orders that live through everything an order can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from events.catalogue.inspection import (
    DeadlinePassed,
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
    OrderDisapproved,
    OrderDrafted,
    OrderExpired,
    OrderIssued,
    OrderJoined,
    OrderRatified,
    OrderRestored,
    OrderRevised,
    OrderSplit,
    OrderSubmitted,
    RecheckFailed,
    RecordMade,
    VisitLeft,
    VisitRefused,
)
from events.catalogue.registry import AgencyChanged, EnterpriseChanged, ItemChanged, PremisesState
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


def some_premises(premises_id: UUID | None = None, **changes: object) -> PremisesState:
    given = {
        "premises_id": premises_id or new_id(),
        "name": "一号厂区",
        "address": "宿城区某路 1 号",
        "area_code": "321302",
        "grid": "古城-01",
        "short_code": "48213657",
        "active": True,
    }
    return PremisesState(**(given | changes))  # pyright: ignore[reportArgumentType]


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
    trigger: str = "routine"
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
            "trigger": self.trigger,
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

    def expired(self) -> AnOrder:
        return self._tell(OrderExpired)

    def entered(
        self,
        *,
        online: bool = True,
        flags: tuple[str, ...] = (),
        ratify_by: datetime | None = None,
        counted_for: tuple[UUID, ...] | None = None,
    ) -> AnOrder:
        return self._tell(
            EntryMade,
            entry_id=new_id(),
            inspectors=self.inspectors,
            agencies=self.agencies,
            entered_at=self.at,
            device_time=self.at,
            online=online,
            flags=flags,
            ratify_by=ratify_by,
            counted_for=counted_for,
        )

    def ratified(self) -> AnOrder:
        return self._tell(OrderRatified, ratified_by=new_id())

    def disapproved(self) -> AnOrder:
        return self._tell(OrderDisapproved, disapproved_by=new_id())

    def overdue(self, kind: str, due_at: datetime | None = None) -> AnOrder:
        rule = {"ratification": "A6", "conclusion": "R3", "rectification": "R4"}[kind]
        return self._tell(DeadlinePassed, rule=rule, kind=kind, due_at=due_at or self.at)

    def recheck_failed(self, due_on: date) -> AnOrder:
        return self._tell(RecheckFailed, mode="remote", rectification_due_on=due_on)

    def recorded(self, problems: int = 0) -> AnOrder:
        return self._tell(RecordMade, problems=problems, answers=12)

    def left(self) -> AnOrder:
        return self._tell(VisitLeft, entry_id=new_id(), left_at=self.at + timedelta(hours=1))

    def concluded(
        self, result: str = "no_problem", *, entered: bool = True, due_on: date | None = None
    ) -> AnOrder:
        return self._tell(
            OrderConcluded,
            result=result,
            items=self.items,
            agencies=self.agencies,
            entered=entered,
            concluded_at=self.at + timedelta(hours=2),
            rectification_due_on=due_on,
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


def a_visit_refusal(enterprise_id: UUID, **changes: object) -> VisitRefused:
    given = {
        "refusal_id": new_id(),
        "version": 1,
        "enterprise_id": enterprise_id,
        "premises_id": new_id(),
        "order_id": None,
        "agency_id": None,
        "ground": "no_code",
        "supported": True,
        "refused_at": MORNING,
    }
    return VisitRefused(**(given | changes))  # pyright: ignore[reportArgumentType]


def deliveries(events: Iterable[Event]) -> list[Delivery]:
    """As a consumer would hand them over, told a millisecond after each other; deliver the list twice for a repeat."""
    return [_delivery(event, offset) for offset, event in enumerate(events)]


def _delivery(event: Event, offset: int) -> Delivery:
    sealed = seal(event, source=f"/{event.contract.owner}", correlation_id="test")
    envelope = replace(sealed, time=MORNING + timedelta(milliseconds=offset))
    return Delivery(envelope, event, event.contract.topic, 0, offset)
