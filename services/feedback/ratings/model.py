"""What a rating is, and when an agency may see the pool it fell into (rule V1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from services.chassis.errors import Conflict, Text
from services.feedback.policy import RatingPolicy

GRADES = {
    5: Text("非常满意", "very satisfied"),
    4: Text("满意", "satisfied"),
    3: Text("基本满意", "fairly satisfied"),
    2: Text("不满意", "dissatisfied"),
    1: Text("非常不满意", "very dissatisfied"),
}


class Tag(StrEnum):
    LAWFUL = "lawful"
    COURTEOUS = "courteous"
    CLEAR = "clear"
    QUICK = "quick"
    HELPFUL = "helpful"
    UNCLEAR_BASIS = "unclear_basis"
    REPEATED = "repeated"
    DISRUPTIVE = "disruptive"
    RUDE = "rude"
    NO_CODE = "no_code"


TAGS = {
    Tag.LAWFUL: Text("依法规范", "by the law"),
    Tag.COURTEOUS: Text("文明礼貌", "courteous"),
    Tag.CLEAR: Text("说明清楚", "explained clearly"),
    Tag.QUICK: Text("高效不拖", "quick"),
    Tag.HELPFUL: Text("指导有用", "helpful advice"),
    Tag.UNCLEAR_BASIS: Text("依据不清", "unclear legal basis"),
    Tag.REPEATED: Text("重复检查", "checked again what others had checked"),
    Tag.DISRUPTIVE: Text("影响经营", "disrupted our work"),
    Tag.RUDE: Text("态度生硬", "rude"),
    Tag.NO_CODE: Text("未亮码亮证", "showed no code or credential"),
}


@dataclass(frozen=True, kw_only=True)
class Opinion:
    grade: int
    tags: tuple[Tag, ...] = ()
    comment: str | None = None


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Ballots of one agency that it has not seen yet."""

    agency_id: UUID
    ballots: int
    oldest: date
    area_code: str | None = None

    def is_due(self, today: date, policy: RatingPolicy) -> bool:
        """A full pool at once, an old one as soon as it reaches the floor, one below the floor never."""
        old = self.oldest <= today - timedelta(days=policy.release_days)
        return self.ballots >= (policy.floor if old else policy.pool)


class AlreadyRated(Conflict):
    code = "already_rated"
    title = Text("这次检查已经评价过", "This visit has been rated already")
    remedy = Text("每次检查只能评价一次，无需再操作。", "A visit is rated once; there is nothing left to do.")


class NotRateable(Conflict):
    code = "not_rateable"
    title = Text("这次检查现在不能评价", "This visit cannot be rated now")
    remedy = Text(
        "检查结果告知后方可评价，且须在评价期限内。",
        "A visit can be rated once it is concluded, and for a limited time.",
    )
