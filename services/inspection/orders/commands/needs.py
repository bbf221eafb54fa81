"""What each trigger rests on, and whether it is there (DOMAIN: 触发). What is wrong is named with its rule and way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from psycopg import Connection

from events.catalogue.inspection import Trigger
from services.chassis.database import one
from services.inspection.orders.words import STATES

if TYPE_CHECKING:
    from services.inspection.orders.commands.wish import Draft

C = Connection[Any]
Faults = Iterator[tuple[str, str]]
_CLUE: Mapping[Trigger, tuple[str, str]] = {
    "complaint": ("投诉举报的受理编号和日期", "the number and date of the complaint"),
    "monitoring": ("监测线索的来源、编号和日期", "source, number and date of the lead"),
    "assigned": ("交办、转办的文号和日期", "number and date of the assigning document"),
    "requested": ("企业申请的日期和编号", "date and number of the enterprise's request"),
}
_NAMED_BY: Mapping[str, Trigger] = {"campaign_id": "campaign", "draw_id": "random", "recheck_of": "recheck"}


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What is known of the campaign, draw or order that a draft names; None where it names none that exists.
    `drawn` are the inspectors drawn for these premises, None when it was not drawn."""

    campaign: bool
    draw_agency: UUID | None
    draw_state: str | None
    draw_from: date | None
    draw_until: date | None
    drawn: list[UUID] | None
    recheck_state: str | None
    recheck_enterprise: UUID | None
    recheck_premises: UUID | None
    recheck_items: list[UUID]
    recheck_ours: bool


def unmet(draft: Draft, agency_id: UUID, employers: Mapping[UUID, UUID], connection: C) -> dict[str, str]:
    """JSON pointer → what is missing or wrong. `employers` says whose each inspector is."""
    faults = dict(_stray(draft))
    if draft.trigger in _CLUE and not draft.clue:
        zh, en = _CLUE[draft.trigger]
        faults["/clue"] = f"须写明{zh}（F1） / {draft.trigger} needs {en} (F1)"
    if draft.trigger in _NAMED_BY.values():
        ground = _ground(connection, draft, agency_id)
        ours = [n for n, inspector in enumerate(draft.inspectors) if employers.get(inspector) == agency_id]
        faults |= dict(_wrong_ground(draft, ground, agency_id, ours))
    return faults


def _stray(draft: Draft) -> Faults:
    """A campaign or draw that the trigger does not rest on would be used up by others' work."""
    for field, trigger in _NAMED_BY.items():
        if getattr(draft, field) is not None and draft.trigger != trigger:
            yield (
                f"/{field}",
                f"只有 {trigger} 才填写此项；请改触发方式或去掉 / only {trigger} names one: change the trigger or leave it out",
            )


def _wrong_ground(draft: Draft, ground: Ground, agency_id: UUID, ours: list[int]) -> Faults:
    match draft.trigger:
        case "campaign" if not ground.campaign:
            yield (
                "/campaign_id",
                "专项检查须注明已备案的专项，请先备案并公布（A7） / name the campaign, filed and published first (A7)",
            )
        case "random":
            yield from _wrong_draw(draft, ground, agency_id, ours)
        case "recheck":
            yield from _wrong_recheck(draft, ground)
        case _:
            return


def _wrong_draw(draft: Draft, ground: Ground, agency_id: UUID, ours: list[int]) -> Faults:
    if draft.draw_id is None or ground.draw_agency != agency_id:
        yield (
            "/draw_id",
            "双随机须注明本机关的抽取，请先抽取并公布（A8） / name a draw of your agency, drawn and revealed first (A8)",
        )
    elif ground.draw_state != "revealed":
        yield (
            "/draw_id",
            f"该抽取为 {ground.draw_state}，揭示种子之后才能据以拟单（A8） / "
            f"the draw is {ground.draw_state}; reveal it first (A8)",
        )
    elif ground.drawn is None:
        yield (
            "/premises_id",
            "该场所未被抽中；请选抽中的对象，或改用其他触发方式（A8） / "
            "these premises were not drawn: choose drawn ones or another trigger (A8)",
        )
    else:
        yield from _beyond_draw(draft, ground, ground.drawn, ours)


def _beyond_draw(draft: Draft, ground: Ground, drawn: list[UUID], ours: list[int]) -> Faults:
    for place in ours:
        if draft.inspectors[place] not in drawn:
            yield (
                f"/inspectors/{place}",
                "不是为该对象抽中的执法人员；当日换人须经负责人同意（A8） / "
                "not drawn for these premises; replacing one on the day needs the head's word (A8)",
            )
    assert ground.draw_from is not None
    assert ground.draw_until is not None
    period = f"{ground.draw_from}～{ground.draw_until}"
    if not ground.draw_from <= draft.starts_on <= draft.ends_on <= ground.draw_until:
        yield (
            "/starts_on",
            f"抽取只用于 {period}；请在此期间内检查或另行抽取（A8） / the draw is for {period}: stay within or draw anew (A8)",
        )


def _wrong_recheck(draft: Draft, ground: Ground) -> Faults:
    if not ground.recheck_ours or ground.recheck_enterprise != draft.enterprise_id:
        yield (
            "/recheck_of",
            "复查须注明本机关对该企业责令改正的检查单（R4） / "
            "name your agency's order under which this enterprise must put something right (R4)",
        )
    elif ground.recheck_state != "rectifying":
        yield (
            "/recheck_of",
            f"该检查单{STATES[str(ground.recheck_state)]}，不在整改中，无需复查（R4） / "
            f"that order is {ground.recheck_state}, nothing is being put right (R4)",
        )
    else:
        yield from _beyond_recheck(draft, ground)


def _beyond_recheck(draft: Draft, ground: Ground) -> Faults:
    """A recheck takes no place under the cap (F1): whatever else is looked at would be an inspection nobody counts."""
    if draft.premises_id != ground.recheck_premises:
        yield (
            "/premises_id",
            "复查须在责令改正的那个场所；其他场所请另行拟单（R4） / "
            "a recheck is where something must be put right: draft another order for these premises (R4)",
        )
    for place, item in enumerate(draft.items):
        if item not in ground.recheck_items:
            yield (
                f"/items/{place}",
                "不是原检查单上的事项，复查不计次，不得增加事项；请另行拟单（F1、R1） / "
                "not an item of the order rechecked: a recheck is not counted and adds nothing, draft another order (F1, R1)",
            )


def _ground(connection: C, draft: Draft, agency_id: UUID) -> Ground:
    found = one(
        connection,
        Ground,
        """
        SELECT EXISTS (SELECT FROM campaign WHERE campaign_id = %(campaign_id)s) AS campaign,
               d.agency_id AS draw_agency, d.state AS draw_state, d.starts_on AS draw_from, d.ends_on AS draw_until,
               r.inspectors AS drawn,
               o.state AS recheck_state, o.enterprise_id AS recheck_enterprise,
               o.premises_id AS recheck_premises,
               ARRAY(SELECT i.item_id FROM order_item i WHERE i.order_id = o.order_id) AS recheck_items,
               EXISTS (SELECT FROM order_agency a
                       WHERE a.order_id = o.order_id AND a.agency_id = %(agency_id)s) AS recheck_ours
        FROM (SELECT) AS asked
        LEFT JOIN draw d ON d.draw_id = %(draw_id)s
        LEFT JOIN draw_result r ON r.draw_id = d.draw_id AND r.premises_id = %(premises_id)s
        LEFT JOIN orders o ON o.order_id = %(recheck_of)s
        """,
        {
            "agency_id": agency_id,
            "campaign_id": draft.campaign_id,
            "draw_id": draft.draw_id,
            "premises_id": draft.premises_id,
            "recheck_of": draft.recheck_of,
        },
    )
    assert found is not None
    return found
