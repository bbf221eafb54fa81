"""E: arrival. What must hold at the gate, and what is noted about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from services.chassis.codes import Reason
from services.chassis.codes.reasons import TEXTS
from services.chassis.errors import Text
from services.inspection.entries.facts import Elsewhere, EntryFacts
from services.inspection.entries.model import Position, Why
from services.inspection.gate.model import Observation, Outcome, Source, Stage
from services.inspection.gate.registry import rule
from services.inspection.gate.sources import SUQIAN

SCAN_FIRST = Source(
    text=Text(
        "“扫码入企”：北京市、上海市涉企行政检查“检查码”做法",
        "Scan before entering: the inspection codes of Beijing and Shanghai",
    )
)
SHENZHEN = Source(
    text=Text("深圳市涉企行政检查“扫码入企”做法", "Scan before entering, as practised in Shenzhen")
)
ENTRY = frozenset({Stage.ENTRY})
FASTEST_METRES_A_SECOND = 35  # 126 km/h
_CODES = {
    Reason.FORGED: Why.CODE_FORGED,
    Reason.UNKNOWN_KEY: Why.CODE_FORGED,
    Reason.EXPIRED: Why.CODE_EXPIRED,
    Reason.NOT_YET_VALID: Why.CODE_NOT_YET_VALID,
}


@rule(
    "E1",
    Text(
        "入企须有本场所的已签发检查单（突发的除外）、在检查期限内、由单上持有效证件的人员实施",
        "Entry needs an issued order (an urgent one may follow), this premises, its window, its certified inspectors",
    ),
    Outcome.BLOCK,
    SUQIAN,
    SCAN_FIRST,
    parameters=("min_inspectors", "clock_skew_seconds"),
    stages=ENTRY,
)
def e1(facts: EntryFacts) -> Iterator[Observation]:
    yield from _codes(facts)
    yield from _order(facts)
    yield from _premises(facts)
    yield from _people(facts)


def _codes(facts: EntryFacts) -> Iterator[Observation]:
    for reason in facts.refused_codes:
        yield Observation(
            about=f"{_CODES.get(reason, Why.CODE_UNREADABLE)}:{reason}",
            explanation=Text(
                f"同事的亮证码：{TEXTS[reason].zh}", f"a colleague's credential code: {TEXTS[reason].en}"
            ),
            remedy=Text(
                "请同事打开亮证页，重新扫描；如提示过期，请核对手机时间。",
                "Let the colleague open the credential page and scan again; if it expires, check the phone's clock.",
            ),
            figures={"code": reason},
        )
    if facts.shown.not_shown:
        yield Observation(
            about=Why.CREDENTIAL_NOT_SHOWN,
            explanation=Text("有同事未亮证", "a colleague has not shown a credential code"),
            remedy=Text(
                "请扫描其亮证码；只有本人可凭登录入企。",
                "Scan their credential code: a login speaks for one person only.",
            ),
            figures={"people": len(facts.shown.not_shown)},
        )


def _order(facts: EntryFacts) -> Iterator[Observation]:
    order, at = facts.known, facts.arrival.at
    borne = timedelta(seconds=facts.profile.clock_skew_seconds)
    since = facts.authorised_at
    if since is None or since > at + borne:
        yield Observation(
            about=Why.NOT_ISSUED,
            explanation=Text(
                f"检查单此时没有处于已签发状态（现为 {order.state}）",
                f"the order was not issued at that moment (it is {order.state} now)",
            ),
            remedy=Text(
                "无有效检查单不得入企；请先完成审批和签发。",
                "Without an issued order nobody enters: have it approved and issued first.",
            ),
            figures={"state": order.state},
            orders=(order.order_id,),
        )
    if not order.starts_on <= facts.day <= order.ends_on:
        yield Observation(
            about=Why.OUTSIDE_WINDOW,
            explanation=Text(
                f"今天 {facts.day} 不在检查期限 {order.starts_on} 至 {order.ends_on} 内",
                f"{facts.day} lies outside the window {order.starts_on} to {order.ends_on}",
            ),
            remedy=Text(
                "请在期限内检查，或重新申请检查单。", "Come within the window, or ask for a new order."
            ),
            figures={"day": str(facts.day), "starts_on": str(order.starts_on), "ends_on": str(order.ends_on)},
            orders=(order.order_id,),
        )


def _premises(facts: EntryFacts) -> Iterator[Observation]:
    scanned, order = facts.known.scanned, facts.known
    if scanned is None:
        yield Observation(
            about=Why.UNKNOWN_PREMISES,
            explanation=Text("没有登记过这个企业码", "this premises code is not registered"),
            remedy=Text(
                "请重新扫描门牌二维码，或输入其下的短码；牌子看不清的，凭检查单上的场所入企并说明原因。",
                "Scan the gate plate again, or type the short code below it; where it cannot be read, enter by the "
                "premises of the order and say why.",
            ),
        )
    elif scanned.premises_id != order.premises_id:
        target = order.place.full_name if order.place else str(order.premises_id)
        yield Observation(
            about=Why.WRONG_PREMISES,
            explanation=Text(
                f"扫描的是“{scanned.full_name}”，检查单是给“{target}”的",
                f"this is {scanned.full_name}, the order is for {target}",
            ),
            remedy=Text("请到检查单所列场所扫码。", "Go to the premises named in the order and scan there."),
            orders=(order.order_id,),
        )


def _people(facts: EntryFacts) -> Iterator[Observation]:
    for person in facts.known.present:
        name = person.name or str(person.inspector_id)
        if not person.on_order:
            yield _not_on_order(name, person.inspector_id)
        elif person.kind != "assistant" and not person.holds_credential(facts.day):
            yield Observation(
                about=f"{Why.CREDENTIAL_EXPIRED}:{person.inspector_id}",
                explanation=Text(f"{name} 的执法证现已失效", f"the credential of {name} is not valid now"),
                remedy=Text("请更换持有效执法证的人员。", "Let an inspector with a valid credential go."),
                figures={"valid_until": str(person.valid_until or "")},
            )
    counting, needed = len(facts.counting), facts.profile.min_inspectors
    if counting < needed:
        yield Observation(
            about=Why.TOO_FEW_INSPECTORS,
            explanation=Text(
                f"在场执法人员 {counting} 名，至少需要 {needed} 名；辅助人员不计入",
                f"{counting} inspectors are present, {needed} are needed; assistants do not count",
            ),
            remedy=Text(
                "请等同事到场并扫描其亮证码。", "Wait for a colleague and scan their credential code."
            ),
            figures={"present": counting, "min_inspectors": needed},
        )


def _not_on_order(name: str, inspector_id: UUID) -> Observation:
    return Observation(
        about=f"{Why.NOT_ON_ORDER}:{inspector_id}",
        explanation=Text(f"{name} 不在检查单上", f"{name} is not on the order"),
        remedy=Text(
            "只有检查单所列人员可以入企；换人须经负责人同意。",
            "Only those named in the order may enter; replacing one needs the head's word.",
        ),
    )


@rule(
    "E2",
    Text(
        "入企时记录时间和位置，异常只提示不阻断",
        "Time and place of entry are kept; oddities are noted, never blocked",
    ),
    Outcome.NOTICE,
    SHENZHEN,
    parameters=("entry_radius_m", "clock_skew_seconds"),
    stages=ENTRY,
)
def e2(facts: EntryFacts) -> Iterator[Observation]:
    """虚假扫码 is for a supervisor to judge: positions in basements are wrong, clocks too."""
    yield from _distance(facts)
    yield from _clock(facts)
    if facts.arrival.premises_id is not None:
        yield _noted(
            "searched",
            Text("门牌看不清，凭查到的场所入企", "the plate could not be read: the premises were looked up"),
        )
    if facts.known.device_shared:
        yield _noted(
            "shared_device",
            Text("这部手机今天为别人登记过入企", "this phone made entries for someone else today"),
        )
    if facts.known.refusals:
        yield _noted(
            "after_refusal",
            Text("企业此前依权拒绝过这次检查", "the enterprise refused this inspection before"),
            refusals=facts.known.refusals,
        )
    for other in facts.known.elsewhere:
        if _too_fast(facts, other):
            yield _noted(
                f"two_places:{other.inspector_id}",
                Text(
                    f"同一人员 {other.entered_at:%H:%M} UTC 在另一场所入企，时间上来不及",
                    f"the same person entered elsewhere at {other.entered_at:%H:%M} UTC, too far to be here",
                ),
            )


def _distance(facts: EntryFacts) -> Iterator[Observation]:
    position, radius = facts.arrival.position, facts.profile.entry_radius_m
    if position is None:
        yield _noted("no_position", Text("手机没有给出位置", "the phone gave no position"))
    elif facts.distance is not None and facts.distance - (position.accuracy or 0) > radius:
        metres = round(facts.distance)
        yield _noted(
            "distance",
            Text(
                f"扫码位置距场所约 {metres} 米，超过 {radius} 米",
                f"about {metres} m from the premises, more than {radius} m",
            ),
            metres=metres,
            entry_radius_m=radius,
        )


def _clock(facts: EntryFacts) -> Iterator[Observation]:
    """Without signal the phone's clock may only be ahead of ours to be known as wrong."""
    arrival, borne = facts.arrival, facts.profile.clock_skew_seconds
    ahead = round((arrival.device_time - arrival.received_at).total_seconds())
    if ahead > borne or (arrival.online and ahead < -borne):
        yield _noted(
            "clock_skew",
            Text(f"手机时间与服务器相差 {abs(ahead)} 秒", f"the phone's clock is {abs(ahead)} s off"),
            seconds=ahead,
            clock_skew_seconds=borne,
        )


def _too_fast(facts: EntryFacts, other: Elsewhere) -> bool:
    """Whether nobody could have come from there in the time between; places unknown count as next door."""
    place = facts.known.place
    seconds = abs((facts.arrival.at - other.entered_at).total_seconds())
    if place is None or None in (place.latitude, place.longitude, other.latitude, other.longitude):
        return seconds < 60
    here = Position(latitude=place.latitude or 0, longitude=place.longitude or 0)
    metres = here.metres_to(other.latitude or 0, other.longitude or 0)
    return seconds < max(60, metres / FASTEST_METRES_A_SECOND)


@rule(
    "E3",
    Text("无信号时可事后补录，须说明原因", "An entry without signal is filled in afterwards, with a reason"),
    Outcome.NOTICE,
    SHENZHEN,
    parameters=("backfill_days",),
    stages=ENTRY,
)
def e3(facts: EntryFacts) -> Iterator[Observation]:
    arrival, days = facts.arrival, facts.profile.backfill_days
    if arrival.online:
        return
    yield _noted("backfilled", Text("无信号时入企，事后补录", "entered without signal, filled in afterwards"))
    if facts.comes_late or arrival.received_at - arrival.device_time > timedelta(days=days):
        yield _noted(
            "late", Text(f"补录超过 {days} 天", f"filled in after more than {days} days"), backfill_days=days
        )


def _noted(about: str, explanation: Text, **figures: int) -> Observation:
    return Observation(
        about=about,
        explanation=explanation,
        remedy=Text("无需处理；监督人员可见。", "Nothing to do; supervisors see it."),
        figures=figures,
    )
