"""Why a proposal is not made, or an answer not taken."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.chassis.errors import Conflict, Text


class AlreadyProposed(Conflict):
    code = "already_proposed"
    title = Text("这些检查单已有未了的联合提议", "There is an open proposal for these orders")
    remedy = Text(
        "请先答复或撤回该提议，再另行提议。", "Answer or withdraw that proposal first, or counter-propose."
    )

    def __init__(self, proposal_id: UUID, order_id: UUID) -> None:
        super().__init__(
            Text(
                f"检查单 {order_id} 已在联合提议 {proposal_id} 中",
                f"order {order_id} is in proposal {proposal_id} already",
            ),
            proposal_id=str(proposal_id),
            order_id=str(order_id),
        )


class ProposalSettled(Conflict):
    code = "proposal_settled"
    title = Text("联合提议已了结", "The proposal is settled")
    remedy = Text(
        "无需再答复；情况有变的，请另行提议。", "Nothing is left to answer; propose anew if need be."
    )

    def __init__(self, outcome: str, joint_order_id: UUID | None) -> None:
        super().__init__(
            Text(f"联合提议的结果是 {outcome}", f"the proposal is {outcome}"),
            outcome=outcome,
            joint_order_id=str(joint_order_id) if joint_order_id else None,
        )


class ProposalLapsed(Conflict):
    """The lapse itself is kept."""

    code = "proposal_lapsed"
    title = Text("联合提议已失效", "The proposal has lapsed")
    remedy = Text(
        "请按检查单的最新内容另行提议，或不再联合。",
        "Propose anew with the orders as they are now, or go on apart.",
    )

    def __init__(self, moved_on: Sequence[UUID]) -> None:
        names = "、".join(str(order) for order in moved_on)
        super().__init__(
            Text(
                f"这些检查单在提议后已变动或不能再联合：{names}" if moved_on else "提议的期限已过",
                f"orders that changed since, or can no longer be joined: {names.replace('、', ', ')}"
                if moved_on
                else "the window that was proposed is over",
            ),
            moved_on=[str(order) for order in moved_on],
        )


class TermsChanged(Conflict):
    code = "terms_changed"
    title = Text("联合提议的条件已变", "The terms were changed meanwhile")
    remedy = Text("请阅读最新条件后再答复。", "Read the terms that stand now, and answer those.")

    def __init__(self, given: int, current: int) -> None:
        super().__init__(
            Text(
                f"您答复的是第 {given} 轮，现在是第 {current} 轮",
                f"you answered round {given}, it is round {current} now",
            ),
            round=current,
        )


class AlreadyAccepted(Conflict):
    code = "already_accepted"
    title = Text("本机关已同意", "Your agency has accepted already")
    remedy = Text(
        "无需重复；请等待其他机关答复。",
        "Nothing is left to do for your agency; others have still to answer.",
    )
