"""E4: the enterprise may refuse. The rule stops nobody; it says which grounds the system's own facts bear out."""

from __future__ import annotations

from collections.abc import Iterator

from services.chassis.errors import Text
from services.inspection.gate.model import Observation, Outcome, Source, Stage
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import SUQIAN
from services.inspection.refusals.model import Ground, RefusalFacts

RIGHT = Source(
    text=Text(
        "企业对无检查码、无证件、超清单、少于两人的检查有拒绝权（北京市、长沙县做法）",
        "An enterprise may refuse without code, credential, listed item or second inspector "
        "(as practised in Beijing and Changsha county)",
    )
)
CREDENTIAL_REASONS = frozenset(
    {
        "code_forged",
        "code_unreadable",
        "code_expired",
        "code_not_yet_valid",
        "credential_not_shown",
        "credential_expired",
        "not_on_order",
    }
)


@rule(
    "E4",
    Text(
        "无检查码、无证件、超清单或少于两人的，企业可以拒绝",
        "The enterprise may refuse: no code, no credential, item off the list, fewer than two inspectors",
    ),
    Outcome.NOTICE,
    SUQIAN,
    RIGHT,
    parameters=("min_inspectors",),
    stages=frozenset({Stage.REFUSE}),
)
def e4(facts: RefusalFacts) -> Iterator[Observation]:
    if not any(order.in_force_on(facts.day) for order in facts.orders):
        yield _borne_out(
            "no_code",
            Text(f"{facts.day} 没有有效的检查单", f"no order is in force on {facts.day}"),
            orders=len(facts.orders),
        )
    off = [item for item in facts.items if not item.in_force_on(facts.day)]
    if off:
        names = "、".join(item.name for item in off)
        yield _borne_out(
            "item_off_list",
            Text(f"不在公布的清单内：{names}", f"not on the published list: {names}"),
            items=len(off),
        )
    if facts.orders:
        yield from _people(facts)


def _people(facts: RefusalFacts) -> Iterator[Observation]:
    counting = sum(inspector.counts_on(facts.day) for inspector in facts.inspectors)
    needed = facts.profile.min_inspectors
    credential = sorted(facts.turned_away_for & CREDENTIAL_REASONS)
    if credential or (
        facts.inspectors and counting < len([i for i in facts.inspectors if i.kind == "inspector"])
    ):
        yield _borne_out(
            "no_credential",
            Text(
                "单上有人的执法证无效，或当日已因亮证被拒入企",
                "a credential on the order is not valid, or the system refused one today",
            ),
            turned_away_for=", ".join(credential),
        )
    if counting < needed or "too_few_inspectors" in facts.turned_away_for:
        yield _borne_out(
            "too_few_inspectors",
            Text(
                f"符合条件的执法人员 {counting} 名，少于 {needed} 名",
                f"{counting} inspectors count, {needed} are needed",
            ),
            counting=counting,
            min_inspectors=needed,
        )


def _borne_out(ground: Ground, explanation: Text, **figures: int | str) -> Observation:
    return Observation(
        about=ground,
        explanation=explanation,
        remedy=Text(
            "企业可以拒绝；监督机构已知悉。", "The enterprise may refuse; the supervisor has been told."
        ),
        figures=figures,
    )
