"""A1, A2, A3, A5: who may inspect what, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from services.chassis.errors import Text
from services.inspection.gate.facts import Agency, Facts, Inspector, Item
from services.inspection.gate.model import Observation, Outcome, Stage
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import STATE_54, SUQIAN_5, SUQIAN_6
from services.inspection.gate.words import LEVELS, domain


@rule(
    "A1",
    Text("检查主体已公告、在用，且对事项的层级和领域有权", "The agency is announced, active and competent"),
    Outcome.BLOCK,
    STATE_54,
    SUQIAN_5,
)
def a1(facts: Facts) -> Iterator[Observation]:
    for agency_id in facts.proposal.agencies:
        agency = facts.agency(agency_id)
        if agency is None or not agency.active:
            yield _not_announced(agency_id, facts.agency_name(agency_id))
            continue
        acting = facts.acting(agency)
        if acting is None or not acting.active:
            yield _no_entruster(agency)
            continue
        for item in facts.items_of(agency_id):
            if item.domain != acting.domain or acting.level not in item.levels:
                yield _not_competent(agency, acting, item)


def _not_announced(agency_id: UUID, name: str) -> Observation:
    return Observation(
        about=str(agency_id),
        explanation=Text(
            f"{name} 不在已公告的检查主体名单内，或已停用",
            f"{name} is not on the announced list of agencies, or no longer active",
        ),
        remedy=Text(
            "请由已公告的检查主体实施，或先完成主体公告。",
            "Let an announced agency inspect, or have this one announced first.",
        ),
    )


def _no_entruster(agency: Agency) -> Observation:
    return Observation(
        about=str(agency.agency_id),
        explanation=Text(
            f"{agency.name} 为受委托组织，其委托机关不在公告名单内或已停用",
            f"{agency.name} acts for another body, which is not announced or no longer active",
        ),
        remedy=Text(
            "请由委托机关确认委托关系后再检查。",
            "Have the entrusting body confirm the entrustment first.",
        ),
    )


def _not_competent(agency: Agency, acting: Agency, item: Item) -> Observation:
    levels = "、".join(LEVELS[level] for level in item.levels)
    return Observation(
        about=f"{agency.agency_id}:{item.item_id}",
        explanation=Text(
            f"{acting.name}（{LEVELS[acting.level]}，{domain(acting.domain)}）无权检查“{item.name}”（{levels}，{domain(item.domain)}）",
            f"{acting.name} ({acting.level}, {acting.domain}) is not competent for {item.code} "
            f"({', '.join(item.levels)}, {item.domain})",
        ),
        remedy=Text(
            "请移除该事项，或交由有权机关检查。", "Remove the item, or leave it to the competent agency."
        ),
        figures={"level": acting.level, "domain": acting.domain},
        items=(item.item_id,),
    )


@rule(
    "A2",
    Text("检查事项已公布且在有效期内", "The item is published and in force"),
    Outcome.BLOCK,
    STATE_54,
    SUQIAN_6,
)
def a2(facts: Facts) -> Iterator[Observation]:
    for item_id, owner in facts.proposal.items:
        item = facts.item(item_id)
        if item is None or not item.published:
            yield _off_the_list(item_id, item, owner, facts)
        elif not _in_force(item, facts):
            yield _not_in_force(item)


def _in_force(item: Item, facts: Facts) -> bool:
    window = facts.proposal
    ends = item.in_force_until
    return item.in_force_from <= window.starts_on and (ends is None or window.ends_on <= ends)


def _off_the_list(item_id: UUID, item: Item | None, owner: UUID, facts: Facts) -> Observation:
    """On a joint visit it says whose it is: that agency may also leave."""
    name, code = (f"“{item.name}”", item.code) if item else (str(item_id), str(item_id))
    whose, way_out = Text("", ""), Text("", "")
    if len(facts.proposal.agencies) > 1:
        agency = facts.agency_name(owner)
        whose = Text(f" {agency} 的", f" of {agency}")
        way_out = Text(f"或将 {agency} 的检查单拆分。", f" Or let the order of {agency} leave (split).")
    return Observation(
        about=str(item_id),
        explanation=Text(
            f"{whose.zh}事项 {name} 不在公布的检查事项清单内".strip(),
            f"item {code}{whose.en} is not on the published list",
        ),
        remedy=Text(
            f"清单之外不得检查，请移除该事项。{way_out.zh}",
            f"Nothing off the list may be inspected: remove it.{way_out.en}",
        ),
        items=(item_id,),
    )


def _not_in_force(item: Item) -> Observation:
    until = item.in_force_until
    return Observation(
        about=str(item.item_id),
        explanation=Text(
            f"“{item.name}”自 {item.in_force_from} 起施行{f'，至 {until} 失效' if until else ''}，不覆盖检查期限",
            f"{item.code} is in force from {item.in_force_from}{f' until {until}' if until else ''}: "
            "not for the whole window",
        ),
        remedy=Text(
            "请调整检查期限，或移除该事项。", "Move the window into its time of force, or remove it."
        ),
        figures={"in_force_from": str(item.in_force_from), "in_force_until": str(until or "")},
        items=(item.item_id,),
    )


@rule(
    "A3",
    Text("至少两名持有效证件且在执法范围内的执法人员", "At least two inspectors with valid credentials"),
    Outcome.BLOCK,
    STATE_54,
    parameters=("min_inspectors",),
)
def a3(facts: Facts) -> Iterator[Observation]:
    """Each agency checks its own items with its own inspectors, so each needs enough of them."""
    needed = facts.profile.min_inspectors
    for agency_id in facts.proposal.agencies:
        doubts = {
            i.inspector_id: _doubt(i, facts) for i in facts.registered.inspectors if i.agency_id == agency_id
        }
        counting = sum(doubt is None for doubt in doubts.values())
        if counting < needed:
            yield _too_few(facts, agency_id, counting, needed, [d for d in doubts.values() if d])
    for inspector in facts.registered.inspectors:
        if inspector.agency_id not in facts.proposal.agencies:
            yield _stranger(inspector)


def _doubt(inspector: Inspector, facts: Facts) -> Text | None:
    """Why this inspector does not count, or None."""
    window, name = facts.proposal, inspector.name
    domains = {item.domain for item in facts.items_of(inspector.agency_id)}
    if inspector.kind == "assistant":
        return Text(f"{name} 为辅助人员", f"{name} is an assistant")
    if not inspector.active:
        return Text(f"{name} 的证件已停用", f"the credential of {name} is withdrawn")
    if not inspector.valid_from <= window.starts_on or not window.ends_on <= inspector.valid_until:
        return Text(
            f"{name} 的证件有效期为 {inspector.valid_from} 至 {inspector.valid_until}，不覆盖检查期限",
            f"the credential of {name} is valid {inspector.valid_from} to {inspector.valid_until}, "
            "not for the whole window",
        )
    if not domains <= set(inspector.scope):
        return Text(f"{name} 的执法范围不含本次领域", f"the scope of {name} does not cover these items")
    return None


def _too_few(facts: Facts, agency_id: UUID, counting: int, needed: int, doubts: list[Text]) -> Observation:
    name = facts.agency_name(agency_id)
    why = Text("".join(f"；{doubt.zh}" for doubt in doubts), "".join(f"; {doubt.en}" for doubt in doubts))
    return Observation(
        about=str(agency_id),
        explanation=Text(
            f"{name} 符合条件的执法人员 {counting} 名，至少需要 {needed} 名{why.zh}",
            f"{name} has {counting} inspectors that count, {needed} are needed{why.en}",
        ),
        remedy=Text(
            "请增加或更换执法人员；辅助人员不计入。", "Add or replace inspectors; assistants never count."
        ),
        figures={"counting": counting, "min_inspectors": needed},
    )


def _stranger(inspector: Inspector) -> Observation:
    return Observation(
        about=str(inspector.inspector_id),
        explanation=Text(
            f"{inspector.name} 不属于本检查单的任何检查主体",
            f"{inspector.name} belongs to none of the agencies of this order",
        ),
        remedy=Text("请移除该人员，或与其所在单位联合检查。", "Remove them, or join with their agency."),
    )


@rule(
    "A5",
    Text("签发前须经行政机关负责人批准", "The head of the agency approved before issue"),
    Outcome.BLOCK,
    STATE_54,
    stages=frozenset({Stage.APPROVE, Stage.ISSUE}),
)
def a5(facts: Facts) -> Iterator[Observation]:
    for agency_id in facts.proposal.unapproved:
        name = facts.agency_name(agency_id)
        yield Observation(
            about=str(agency_id),
            explanation=Text(f"{name} 负责人尚未批准", f"the head of {name} has not approved"),
            remedy=Text("请报该机关负责人批准后再签发。", "Have the head approve, then issue."),
        )
    if facts.proposal.approvers & facts.proposal.authors:
        yield Observation(
            about="same_person",
            explanation=Text("批准人与拟稿或提交人为同一人", "the approver also drafted or submitted it"),
            remedy=Text(
                "请由另一名负责人批准。", "Another head must approve: nobody approves their own order."
            ),
        )
