"""A6: 突发. The visit comes first, the head's word follows within the timer."""

from __future__ import annotations

from collections.abc import Iterator

from services.chassis.errors import Text
from services.inspection.gate.case import CaseFacts
from services.inspection.gate.model import Observation, Outcome, Source, Stage
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import STATE_54

LEAVING = Source(
    text=Text(
        "深圳市涉企行政检查：突发检查离开前须扫码登记",
        "Shenzhen: an urgent inspection is scanned in before it leaves",
    )
)
WEIGHTY = frozenset({"order_rectification", "refer"})
"""Results that put a duty on the enterprise: they need a head who stood by the visit."""


@rule(
    "A6",
    Text(
        "突发检查先入企，负责人即时知悉并在时限内批准或不批准",
        "Urgent: enter first; the head is told at once and says yes or no within the timer",
    ),
    Outcome.BLOCK,
    STATE_54,
    LEAVING,
    parameters=("urgent_hours",),
    stages=frozenset({Stage.CONCLUDE, Stage.CLOSE, Stage.CLOCK}),
)
def a6(facts: CaseFacts) -> Iterator[Observation]:
    word = facts.order.ratification
    if facts.result in WEIGHTY and word in ("pending", "disapproved"):
        yield _no_ground(facts, word)
    if facts.closing and word == "pending":
        yield _unspoken(facts)
    due = facts.overdue("ratification")
    if due:
        hours = facts.profile.urgent_hours
        yield Observation(
            about="ratification",
            outcome=Outcome.NOTICE,
            explanation=Text(
                f"突发检查入企后 {hours} 小时内，负责人未作批准决定",
                f"no head has said yes or no within {hours} hours of the urgent entry",
            ),
            remedy=Text("请负责人立即决定。", "The head must decide now."),
            figures={"urgent_hours": hours, "due_at": due.isoformat()},
        )


def _no_ground(facts: CaseFacts, word: str) -> Observation:
    said = (
        Text("负责人尚未批准这次突发检查", "the head has not approved this urgent inspection yet")
        if word == "pending"
        else Text("负责人没有批准这次突发检查", "the head did not approve this urgent inspection")
    )
    return Observation(
        about=f"ground:{word}",
        explanation=said,
        remedy=Text(
            "批准之前及不批准之后，不得责令改正或移送；可以告知无问题或提醒。",
            "Until approved, nothing may be ordered or referred; tell `no_problem` or `reminder`.",
        ),
        figures={"ratification": word, "result": str(facts.result)},
    )


def _unspoken(facts: CaseFacts) -> Observation:
    return Observation(
        about="unspoken",
        explanation=Text("负责人尚未对突发检查作出决定", "the head has not spoken on the urgent inspection"),
        remedy=Text(
            "请负责人批准（ratify）或不批准（disapprove）。", "The head ratifies or disapproves first."
        ),
        figures={"ratify_by": facts.order.ratify_by.isoformat() if facts.order.ratify_by else ""},
    )
