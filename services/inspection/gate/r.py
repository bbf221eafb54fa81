"""R: the record, the result, and what must be put right."""

from __future__ import annotations

from collections.abc import Iterator

from services.chassis.errors import Text
from services.inspection.gate.case import CaseFacts
from services.inspection.gate.model import Observation, Outcome, Source, Stage
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import STATE_54
from services.inspection.orders.model import State

DOCUMENTS = Source(
    text=Text(
        "司法部《行政检查文书基本格式文本（试行）》（2025年）",
        "Ministry of Justice, basic forms of inspection documents (trial, 2025)",
    )
)
RECORD, CONCLUDE, CLOSE, CLOCK = Stage.RECORD, Stage.CONCLUDE, Stage.CLOSE, Stage.CLOCK


@rule(
    "R1",
    Text(
        "按锁定的检查表检查，表外内容须另行批准",
        "Only the locked checklist is asked; anything more needs a new approval",
    ),
    Outcome.BLOCK,
    STATE_54,
    stages=frozenset({RECORD}),
)
def r1(facts: CaseFacts) -> Iterator[Observation]:
    asked = {(question.item_id, question.question_id) for question in facts.checklist}
    for item_id, question_id in dict.fromkeys(answer.question for answer in facts.answers):
        if (item_id, question_id) not in asked:
            yield Observation(
                about=f"{item_id}:{question_id}",
                explanation=Text(
                    f"“{question_id}”不在本检查单锁定的检查表内",
                    f"{question_id} is not on the checklist that was locked for this order",
                ),
                remedy=Text(
                    "请删去该项；确需检查的，另拟检查单报批。",
                    "Leave it out; what must be checked as well needs an order of its own.",
                ),
                figures={"question_id": question_id},
                items=(item_id,),
            )


@rule(
    "R2",
    Text(
        "笔录须签名，拒签的写明理由并有见证人",
        "The record is signed, or its refusal has a reason and a witness",
    ),
    Outcome.BLOCK,
    DOCUMENTS,
    stages=frozenset({RECORD, CLOSE}),
)
def r2(facts: CaseFacts) -> Iterator[Observation]:
    """It speaks when the record is made. At the closing it is the last net: the database takes no record without either,
    and no order is concluded without a record."""
    signature = facts.signature
    if signature and (
        _written(signature.signed_by) or (_written(signature.refusal_reason) and _written(signature.witness))
    ):
        return
    yield Observation(
        about="unsigned",
        explanation=Text(
            "笔录没有企业签名，也没有拒签理由和见证人",
            "the record carries neither the enterprise's signature nor a refusal with reason and witness",
        ),
        remedy=Text(
            "请企业签名；拒签的，写明理由并请见证人签名。", "Have it signed, or say why not and before whom."
        ),
    )


def _written(text: str | None) -> bool:
    return bool(text and text.strip())


@rule(
    "R3",
    Text("检查结果在期限内告知企业", "The result is told within its time"),
    Outcome.NOTICE,
    STATE_54,
    parameters=("conclusion_days",),
    stages=frozenset({CLOCK}),
)
def r3(facts: CaseFacts) -> Iterator[Observation]:
    due = facts.overdue("conclusion")
    if due:
        days = facts.profile.conclusion_days
        yield Observation(
            about="conclusion",
            explanation=Text(
                f"检查后 {days} 日内应告知结果，已超期", f"the result was due within {days} days of the visit"
            ),
            remedy=Text("请立即告知检查结果。", "Tell the enterprise the result now."),
            figures={"conclusion_days": days, "due_at": due.isoformat()},
        )


@rule(
    "R4",
    Text(
        "责令改正须有期限，并以远程方式优先复查",
        "An order to rectify has a deadline and a recheck, remote first",
    ),
    Outcome.BLOCK,
    DOCUMENTS,
    stages=frozenset({CONCLUDE, CLOSE, CLOCK}),
)
def r4(facts: CaseFacts) -> Iterator[Observation]:
    if facts.result == "order_rectification" and (facts.deadline is None or facts.deadline <= facts.today):
        yield Observation(
            about="deadline",
            explanation=Text(
                "责令改正须有晚于今天的期限", "an order to rectify needs a deadline after today"
            ),
            remedy=Text("请在 deadline 填写改正期限。", "Give the last day in `deadline`."),
            figures={"deadline": str(facts.deadline or ""), "today": str(facts.today)},
        )
    if facts.closing and facts.order.state is State.RECTIFYING and not facts.rechecked:
        yield Observation(
            about="recheck",
            explanation=Text("尚未复查通过", "nobody has rechecked what had to be put right"),
            remedy=Text("请先复查（recheck），远程优先。", "Recheck first, remotely where possible."),
        )
    due = facts.overdue("rectification")
    if due:
        day = facts.order.rectification_due_on
        yield Observation(
            about="rectification",
            outcome=Outcome.NOTICE,
            explanation=Text(
                f"改正期限 {day} 已过，尚未复查通过", f"the deadline {day} has passed without a recheck"
            ),
            remedy=Text("请复查，远程优先。", "Recheck, remotely first."),
            figures={"due_at": due.isoformat()},
        )
