"""What may be complained about, and the way of a complaint: 交办 → 办理 → 回复 → 回访 (rule V2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.chassis.errors import Text, WrongState


class Category(StrEnum):
    """The eight 不得 of the 五个严禁, and what else enterprises report about a visit."""

    GIFTS = "gifts"
    ENTERTAINMENT = "entertainment"
    COSTS_SHIFTED = "costs_shifted"
    DESIGNATED_INTERMEDIARY = "designated_intermediary"
    LEGAL_REPRESENTATIVE = "legal_representative"
    ARBITRARY_SANCTIONS = "arbitrary_sanctions"
    QUOTAS = "quotas"
    DISGUISED_INSPECTION = "disguised_inspection"
    REPEATED_INSPECTION = "repeated_inspection"
    NO_CODE = "no_code"
    OTHER = "other"


CATEGORIES = {
    Category.GIFTS: Text("接受企业馈赠、报酬、福利待遇", "took gifts, pay or benefits"),
    Category.ENTERTAINMENT: Text("参加企业提供的宴请、娱乐、旅游", "took meals, entertainment or travel"),
    Category.COSTS_SHIFTED: Text(
        "由企业支付消费开支或转嫁检查费用", "made us pay expenses or inspection costs"
    ),
    Category.DESIGNATED_INTERMEDIARY: Text(
        "强制接受指定中介机构的服务", "forced the services of a designated intermediary on us"
    ),
    Category.LEGAL_REPRESENTATIVE: Text(
        "刻意要求法定代表人到场", "insisted on the legal representative being present"
    ),
    Category.ARBITRARY_SANCTIONS: Text(
        "乱查封、乱扣押、乱冻结、动辄责令停产停业",
        "arbitrary sealing, seizure, freezing or closure",
    ),
    Category.QUOTAS: Text(
        "将考核、预算与检查频次、罚款数额挂钩", "tied appraisal or budget to inspections or fines"
    ),
    Category.DISGUISED_INSPECTION: Text(
        "以观摩、督导、考察等名义行检查之实", "inspected under the name of a study visit or supervision"
    ),
    Category.REPEATED_INSPECTION: Text("重复检查、多头检查", "repeated or multi-headed inspections"),
    Category.NO_CODE: Text("未亮码亮证、未扫码入企", "showed no code or credential, or did not scan in"),
    Category.OTHER: Text("其他", "other"),
}


class State(StrEnum):
    FILED = "filed"
    ASSIGNED = "assigned"
    HANDLING = "handling"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed_up"
    REOPENED = "reopened"


class Step(StrEnum):
    ASSIGN = "assign"
    HANDLE = "handle"
    ANSWER = "answer"
    FOLLOW_UP = "follow_up"
    REOPEN = "reopen"


_S = State
WAY: dict[Step, tuple[frozenset[State], State]] = {
    Step.ASSIGN: (frozenset({_S.FILED, _S.REOPENED}), _S.ASSIGNED),
    Step.HANDLE: (frozenset({_S.ASSIGNED}), _S.HANDLING),
    Step.ANSWER: (frozenset({_S.ASSIGNED, _S.HANDLING}), _S.ANSWERED),
    Step.FOLLOW_UP: (frozenset({_S.ANSWERED}), _S.FOLLOWED_UP),
    Step.REOPEN: (frozenset({_S.ANSWERED, _S.FOLLOWED_UP}), _S.REOPENED),
}


def after(step: Step, state: State) -> State:
    """Raises WrongState, naming what is possible instead."""
    before, result = WAY[step]
    if state not in before:
        raise WrongState(step, state, allowed(state))
    return result


def allowed(state: State) -> list[str]:
    return [step.value for step, (before, _) in WAY.items() if state in before]


@dataclass(frozen=True, kw_only=True)
class Complaint:
    complaint_id: UUID
    version: int
    tracking_number: str
    enterprise_id: UUID
    agency_id: UUID | None
    order_id: UUID | None
    category: Category
    text: str
    state: State
    filed_at: datetime
    due_on: date
    due_by_calendar: bool = False
    answer: str | None = None
    reopened: int = 0
