"""What may come between: the head's word afterwards, a colleague who fell ill, an order that leaves a joint visit."""

from __future__ import annotations

from datetime import date

from events.catalogue import inspection
from events.examples.story import (
    AGENCY,
    DAY,
    ENTERPRISE,
    FIRE_AGENCY,
    FIRE_ITEM,
    HEAD,
    INSPECTOR,
    ITEM,
    MORNING,
    NOON,
    ORDER,
    OTHER_ORDER,
    PREMISES,
    SECOND_INSPECTOR,
    an_id,
    of_order,
)
from events.model import Event

COORDINATOR, THIRD_INSPECTOR = an_id(0x14), an_id(0x15)

EXCEPTIONS: tuple[Event, ...] = (
    inspection.OrderReviewed(**of_order(6), passed=True, reviewed_by=COORDINATOR),  # pyright: ignore[reportArgumentType]
    inspection.ApprovalGiven(
        **of_order(7),  # pyright: ignore[reportArgumentType]
        approving_agency_id=FIRE_AGENCY,
        approved_by=an_id(0x16),
        waiting_for=(AGENCY,),
    ),
    inspection.OrderSplit(**of_order(10), left=OTHER_ORDER, agencies=(AGENCY,), items=(ITEM,)),  # pyright: ignore[reportArgumentType]
    inspection.OrderRestored(
        **(of_order(5) | {"order_id": OTHER_ORDER, "agency_id": FIRE_AGENCY}),  # pyright: ignore[reportArgumentType]
        left=ORDER,
        items=(FIRE_ITEM,),
        inspectors=(THIRD_INSPECTOR,),
        starts_on=DAY,
        ends_on=date(2026, 11, 25),
    ),
    inspection.DuplicateDismissed(
        **of_order(6),  # pyright: ignore[reportArgumentType]
        other=OTHER_ORDER,
        dismissed_by=COORDINATOR,
        reason="一处查仓库用电，一处查生产排放，不在同一厂区",
    ),
    inspection.DuplicateReopened(**of_order(7), other=OTHER_ORDER),  # pyright: ignore[reportArgumentType]
    inspection.OrderRatified(**of_order(5), ratified_by=HEAD),  # pyright: ignore[reportArgumentType]
    inspection.OrderDisapproved(**of_order(5), disapproved_by=HEAD),  # pyright: ignore[reportArgumentType]
    inspection.InspectorReplaced(
        **of_order(11),  # pyright: ignore[reportArgumentType]
        replaced=SECOND_INSPECTOR,
        replacement=THIRD_INSPECTOR,
        approved_by=HEAD,
        inspectors=(INSPECTOR, THIRD_INSPECTOR),
    ),
    inspection.VisitRefused(
        refusal_id=an_id(0x43),
        version=1,
        enterprise_id=ENTERPRISE,
        premises_id=PREMISES,
        order_id=ORDER,
        agency_id=AGENCY,
        ground="too_few_inspectors",
        supported=True,
        refused_at=MORNING,
    ),
    inspection.NoticeRead(
        reading_id=an_id(0x45),
        version=1,
        enterprise_id=ENTERPRISE,
        premises_id=PREMISES,
        order_id=ORDER,
        agency_id=AGENCY,
        read_at=MORNING,
    ),
    inspection.DeadlinePassed(**of_order(14), rule="R3", kind="conclusion", due_at=NOON),  # pyright: ignore[reportArgumentType]
    inspection.RectificationProved(**of_order(15), proof_id=an_id(0x44)),  # pyright: ignore[reportArgumentType]
    inspection.RecheckFailed(**of_order(16), mode="remote", rectification_due_on=date(2026, 12, 20)),  # pyright: ignore[reportArgumentType]
)
