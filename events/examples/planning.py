"""A year's plan, a campaign, a draw, and the proposal to go together."""

from __future__ import annotations

from datetime import date

from events.catalogue import planning
from events.examples.story import (
    AGENCY,
    DAY,
    ENTERPRISE,
    FIRE_AGENCY,
    FIRE_ITEM,
    ITEM,
    ORDER,
    OTHER_ORDER,
    PREMISES,
    an_id,
)
from events.model import Event

DRAW, PROPOSAL = an_id(0x73), an_id(0x75)

PLANNING: tuple[Event, ...] = (
    planning.PlanPublished(
        plan_id=an_id(0x71),
        version=1,
        agency_id=AGENCY,
        year=2026,
        revision=1,
        items=(ITEM,),
        visits=120,
        published_on=date(2026, 3, 20),
    ),
    planning.CampaignChanged(
        campaign_id=an_id(0x72),
        version=2,
        agency_id=AGENCY,
        name="有限空间作业专项检查",
        filing_number="常司备〔2026〕17号",
        approving_government="常熟市人民政府",
        quota=40,
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 12, 20),
        approved_on=date(2026, 9, 1),
        published_on=date(2026, 9, 10),
        active=True,
    ),
    planning.DrawCommitted(
        draw_id=DRAW,
        version=1,
        agency_id=AGENCY,
        commitment="2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        objects=812,
        inspectors=36,
        sample=40,
    ),
    planning.DrawRevealed(
        draw_id=DRAW,
        version=2,
        agency_id=AGENCY,
        seed="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        premises=(PREMISES,),
    ),
    planning.DrawAbandoned(
        draw_id=DRAW,
        version=2,
        agency_id=AGENCY,
        seed="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
    planning.BlackoutChanged(
        blackout_id=an_id(0x74),
        version=1,
        enterprise_id=ENTERPRISE,
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 10),
        active=True,
    ),
    planning.JoinProposed(
        proposal_id=PROPOSAL,
        version=1,
        enterprise_id=ENTERPRISE,
        premises_id=PREMISES,
        orders=(ORDER, OTHER_ORDER),
        agencies=(AGENCY, FIRE_AGENCY),
        lead_agency_id=AGENCY,
        items=(ITEM, FIRE_ITEM),
        starts_on=DAY,
        ends_on=date(2026, 11, 25),
        headcount=4,
        proposed_by_agency_id=AGENCY,
    ),
    planning.JoinAnswered(
        proposal_id=PROPOSAL,
        version=2,
        enterprise_id=ENTERPRISE,
        agency_id=FIRE_AGENCY,
        answer="accepted",
        reason="",
    ),
    planning.JoinSettled(
        proposal_id=PROPOSAL,
        version=3,
        enterprise_id=ENTERPRISE,
        outcome="joined",
        by_coordinator=False,
        joint_order_id=ORDER,
    ),
)
