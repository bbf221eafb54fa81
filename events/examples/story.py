"""One visit to a paint factory, told from the registry to the rating."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from events.catalogue import feedback, inspection, registry
from events.model import Event


def an_id(number: int) -> UUID:
    return UUID(f"01936a4e-5c00-7000-8000-{number:012x}")


ENTERPRISE, PREMISES, AGENCY, FIRE_AGENCY = an_id(0xE1), an_id(0xE2), an_id(0xA1), an_id(0xA2)
INSPECTOR, SECOND_INSPECTOR, HEAD = an_id(0x11), an_id(0x12), an_id(0x13)
ITEM, FIRE_ITEM = an_id(0x21), an_id(0x22)
ORDER, OTHER_ORDER, ENTRY, REFUSAL, COMPLAINT, SURVEY = (
    an_id(0x31),
    an_id(0x32),
    an_id(0x41),
    an_id(0x42),
    an_id(0x51),
    an_id(0x63),
)
DAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
NOON = datetime(2026, 11, 24, 4, 5, tzinfo=UTC)


def of_order(version: int) -> dict[str, UUID | int]:
    return {
        "order_id": ORDER,
        "version": version,
        "enterprise_id": ENTERPRISE,
        "premises_id": PREMISES,
        "agency_id": AGENCY,
    }


_registry: tuple[Event, ...] = (
    registry.AgencyChanged(
        agency_id=AGENCY,
        version=1,
        name="常熟市应急管理局",
        level="county",
        domain="emergency",
        area_code="320581",
        active=True,
        lead_industries=("C",),
    ),
    registry.EnterpriseChanged(
        enterprise_id=ENTERPRISE,
        version=3,
        uscc="91320581MA1YCHA1QN",
        name="常熟虞山涂料有限公司",
        industry="C2641",
        area_code="320581",
        active=True,
        grade="B",
        premises=(
            registry.PremisesState(
                premises_id=PREMISES,
                name="一号厂区",
                address="常熟市海虞镇通港路 88 号",
                area_code="320581",
                grid="海虞-07",
                short_code="48213657",
                active=True,
                latitude=31.7612,
                longitude=120.8015,
            ),
        ),
    ),
    registry.InspectorChanged(
        inspector_id=INSPECTOR,
        version=1,
        agency_id=AGENCY,
        name="沈岚",
        certificate_number="10050632026",
        kind="inspector",
        scope=("emergency",),
        valid_from=date(2024, 3, 1),
        valid_until=date(2029, 2, 28),
        active=True,
    ),
    registry.ItemChanged(
        item_id=ITEM,
        version=2,
        code="YJ-0217",
        name="危险化学品使用单位安全管理检查",
        domain="emergency",
        levels=("city", "county"),
        legal_basis="《中华人民共和国安全生产法》第六十五条",
        published=True,
        in_force_from=date(2025, 1, 1),
        checklist_version=2,
        checklist=(
            registry.Question(
                question_id="Q1",
                text="危险化学品是否分类存放、标识清楚",
                basis="《危险化学品安全管理条例》第二十四条",
            ),
        ),
        annual_cap=2,
        min_interval_days=90,
    ),
)

_preparation: tuple[Event, ...] = (
    inspection.OrderDrafted(
        **of_order(1),  # pyright: ignore[reportArgumentType]
        trigger="routine",
        items=(ITEM,),
        inspectors=(INSPECTOR, SECOND_INSPECTOR),
        starts_on=DAY,
        ends_on=DAY,
    ),
    inspection.DuplicateFound(
        **of_order(2),  # pyright: ignore[reportArgumentType]
        rule="J1",
        outcome="justify",
        others=(OTHER_ORDER,),
    ),
    inspection.FindingOverridden(**of_order(3), rule="J1", overridden_by=HEAD),  # pyright: ignore[reportArgumentType]
    inspection.OrderRevised(
        **of_order(4),  # pyright: ignore[reportArgumentType]
        trigger="routine",
        items=(ITEM,),
        inspectors=(INSPECTOR, SECOND_INSPECTOR),
        starts_on=DAY,
        ends_on=date(2026, 11, 25),
    ),
    inspection.OrderSubmitted(**of_order(5)),  # pyright: ignore[reportArgumentType]
    inspection.OrderReturned(**of_order(6)),  # pyright: ignore[reportArgumentType]
    inspection.OrderApproved(**of_order(8), approved_by=HEAD),  # pyright: ignore[reportArgumentType]
    inspection.OrderJoined(
        **of_order(9),  # pyright: ignore[reportArgumentType]
        absorbed=OTHER_ORDER,
        agencies=(AGENCY, FIRE_AGENCY),
        items=(ITEM, FIRE_ITEM),
    ),
    inspection.OrderAbsorbed(
        **(of_order(4) | {"order_id": OTHER_ORDER, "agency_id": FIRE_AGENCY}),  # pyright: ignore[reportArgumentType]
        absorbed_into=ORDER,
    ),
    inspection.OrderIssued(
        **of_order(10),  # pyright: ignore[reportArgumentType]
        trigger="routine",
        items=(ITEM, FIRE_ITEM),
        agencies=(AGENCY, FIRE_AGENCY),
        inspectors=(INSPECTOR, SECOND_INSPECTOR),
        starts_on=DAY,
        ends_on=date(2026, 11, 25),
        policy_version="changshu-2026.1",
    ),
    inspection.OrderCancelled(**of_order(11)),  # pyright: ignore[reportArgumentType]
    inspection.OrderExpired(**of_order(11)),  # pyright: ignore[reportArgumentType]
)

_visit: tuple[Event, ...] = (
    inspection.EntryRefused(
        refusal_id=REFUSAL,
        version=1,
        enterprise_id=ENTERPRISE,
        premises_id=PREMISES,
        order_id=ORDER,
        agency_id=AGENCY,
        inspector_id=INSPECTOR,
        rule="E1",
        reason="outside_window",
        refused_at=MORNING,
    ),
    inspection.EntryMade(
        **of_order(11),  # pyright: ignore[reportArgumentType]
        entry_id=ENTRY,
        inspectors=(INSPECTOR, SECOND_INSPECTOR),
        agencies=(AGENCY, FIRE_AGENCY),
        entered_at=MORNING,
        device_time=MORNING,
        online=True,
        flags=(),
    ),
    inspection.EvidenceAdded(
        evidence_id=an_id(0x58),
        version=1,
        enterprise_id=ENTERPRISE,
        premises_id=PREMISES,
        order_id=ORDER,
        agency_id=AGENCY,
        kind="photo",
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        added_at=MORNING,
    ),
    inspection.RecordMade(**of_order(12), problems=1, answers=14),  # pyright: ignore[reportArgumentType]
    inspection.VisitLeft(**of_order(13), entry_id=ENTRY, left_at=NOON),  # pyright: ignore[reportArgumentType]
    inspection.OrderConcluded(
        **of_order(14),  # pyright: ignore[reportArgumentType]
        result="reminder",
        items=(ITEM, FIRE_ITEM),
        agencies=(AGENCY, FIRE_AGENCY),
        entered=True,
        concluded_at=NOON,
    ),
    inspection.OrderClosed(**of_order(15)),  # pyright: ignore[reportArgumentType]
)

_voice: tuple[Event, ...] = (
    feedback.RatingGiven(rating_id=an_id(0x61), area_code="320581", grade=5, day=DAY),
    feedback.RatingsReleased(
        release_id=an_id(0x62), agency_id=AGENCY, grades=(0, 0, 1, 3, 6), released_on=date(2026, 12, 1)
    ),
    feedback.ComplaintFiled(
        complaint_id=COMPLAINT,
        version=1,
        enterprise_id=ENTERPRISE,
        agency_id=AGENCY,
        order_id=ORDER,
        category="repeated_inspection",
        due_on=date(2026, 12, 8),
    ),
    feedback.ComplaintMoved(
        complaint_id=COMPLAINT,
        version=2,
        enterprise_id=ENTERPRISE,
        state="assigned",
        due_on=date(2026, 12, 8),
    ),
    feedback.SurveyPublished(
        survey_id=SURVEY,
        version=2,
        area_code="3205",
        industry=None,
        opens_on=date(2026, 12, 1),
        closes_on=date(2026, 12, 14),
        audience=31_207,
    ),
    feedback.SurveyAnswered(
        answer_id=an_id(0x64), survey_id=SURVEY, area_code="320581", day=date(2026, 12, 2)
    ),
    feedback.SurveyClosed(survey_id=SURVEY, version=3, area_code="3205", audience=31_207, answered=4_118),
)

STORY: tuple[Event, ...] = (*_registry, *_preparation, *_visit, *_voice)
