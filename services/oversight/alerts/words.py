"""What an alert says, and who has to do what about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.chassis.errors import Text
from services.oversight.alerts.model import PLATES_OFTEN, PLATES_WITHIN_DAYS


@dataclass(frozen=True)
class Kind:
    """`text` is filled with the figures. `waits`: until somebody did what `remedy` says; others only happened."""

    title: Text
    text: Text
    remedy: Text
    waits: bool = False


_T = Text
_LOOK = _T(
    "请核实，必要时制发监督文书。", "Look into it; send a letter of supervision where it is called for."
)
KINDS: Mapping[str, Kind] = {
    "ratification_overdue": Kind(
        _T("突发检查逾期未确认", "Urgent visit not ratified in time"),
        _T(
            "{entered_at} 先行入企，负责人应于 {ratify_by} 前表态，已逾期（A6）",
            "entered {entered_at}; the head's word was due {ratify_by} (A6)",
        ),
        _T("请机关负责人立即批准或者不予批准。", "The head of the agency must approve or disapprove now."),
        waits=True,
    ),
    "ratification_pending": Kind(
        _T("突发检查待确认", "Urgent visit waits for the head's word"),
        _T(
            "{entered_at} 先行入企，负责人须于 {ratify_by} 前表态（A6）",
            "entered {entered_at}; the head's word is due {ratify_by} (A6)",
        ),
        _T("请机关负责人在时限内表态。", "The head of the agency decides in time."),
        waits=True,
    ),
    "conclusion_overdue": Kind(
        _T("检查结果逾期未告知", "Conclusion overdue"),
        _T(
            "{entered_at} 入企，结果应于 {conclude_by} 前告知（R3）",
            "entered {entered_at}; the conclusion was due {conclude_by} (R3)",
        ),
        _T("请检查机关尽快作出并送达结果。", "The agency concludes and delivers the result."),
        waits=True,
    ),
    "rectification_overdue": Kind(
        _T("整改逾期未复查", "Rectification overdue"),
        _T(
            "责令改正期限 {due_on}，已逾期 {days} 天（R4）",
            "was to be put right by {due_on}, {days} days ago (R4)",
        ),
        _T("请检查机关复查，优先远程。", "The agency rechecks, remotely if possible."),
        waits=True,
    ),
    "complaint_overdue": Kind(
        _T("投诉逾期未答复", "Complaint overdue"),
        _T(
            "应于 {due_on}（按工作日计）前答复，已逾期 {days} 天（V2）",
            "the answer was due {due_on}, counted in working days, {days} days ago (V2)",
        ),
        _T("请交办、督促答复，并告知企业。", "Assign it, see that it is answered, and tell the enterprise."),
        waits=True,
    ),
    "visit_refused": Kind(
        _T("企业依法拒绝检查", "The enterprise refused a visit"),
        _T("理由：{ground}；{supported}（E4）", "on the ground: {ground}; {supported} (E4)"),
        _T(
            "请监督人员核实，处理后撤下本提示。",
            "The supervisor looks into it, and sets it aside when it is settled.",
        ),
        waits=True,
    ),
    "visit_without_code": Kind(
        _T("未扫码入企即作出结果", "Visit without a scan"),
        _T(
            "{concluded_at} 作出结果，没有扫码入企记录（O1）",
            "concluded {concluded_at} without an entry (O1)",
        ),
        _LOOK,
    ),
    "over_cap": Kind(
        _T("超过年度频次上限", "Visited more often than allowed"),
        _T(
            "{year} 年已检查 {visits} 次，上限 {cap} 次/年（F1）",
            "{visits} visits in {year}, the cap is {cap} a year (F1)",
        ),
        _T("请停止安排新的检查，或改用非现场方式。", "Plan no more visits there, or check remotely."),
    ),
    "entry_refused": Kind(
        _T("系统拒绝入企", "The gate refused an entry"),
        _T("规则 {rule}：{reason}", "rule {rule}: {reason}"),
        _LOOK,
    ),
    "entry_suspect": Kind(
        _T("疑似虚假扫码", "Suspicious entry"),
        _T("标记：{flags}（E2）", "flags: {flags} (E2)"),
        _LOOK,
    ),
    "plate_unread": Kind(
        _T("牌子看不清，凭查找入企", "Entered without reading the plate"),
        _T(
            f"{PLATES_WITHIN_DAYS} 天内该场所第 {{at_door}} 次、同行人员至多第 {{by_one}} 次（E2）",
            f"number {{at_door}} at these premises in {PLATES_WITHIN_DAYS} days, number {{by_one}} at most of one of "
            "those who came (E2)",
        ),
        _T(
            f"请登记管理员补发企业码；满 {PLATES_OFTEN} 次的按疑似虚假扫码提示。",
            f"The registrar has the plate replaced; from number {PLATES_OFTEN} on it is raised as suspicious.",
        ),
    ),
    "backfilled_late": Kind(
        _T("补录超期", "Filled in too late"),
        _T(
            "{entered_at} 的入企超过补录期限才登记（E3）",
            "the entry of {entered_at} was filled in after the days allowed (E3)",
        ),
        _LOOK,
    ),
    "order_expired": Kind(
        _T("检查单过期未检查", "Order expired without a visit"),
        _T(
            "检查期 {starts_on} 至 {ends_on}，未实施即失效",
            "the window {starts_on} to {ends_on} passed without a visit",
        ),
        _T(
            "请检查机关说明；仍需检查的，重新拟单。",
            "The agency says why; if the visit is still needed it drafts anew.",
        ),
    ),
}
_WORDS: Mapping[str, Text] = {
    "no_code": _T("未出示检查码", "no code was shown"),
    "no_credential": _T("未出示执法证", "no credential was shown"),
    "item_off_list": _T("事项不在清单内", "an item off the list"),
    "too_few_inspectors": _T("执法人员少于两人", "fewer than two inspectors"),
    "code_forged": _T("亮证码伪造或被改动", "a forged or altered credential code"),
    "code_unreadable": _T("亮证码无法识别", "a credential code that cannot be read"),
    "code_expired": _T("亮证码已过期", "an expired credential code"),
    "code_not_yet_valid": _T("亮证码尚未生效", "a credential code not yet valid"),
    "credential_not_shown": _T("未亮证", "no credential was shown"),
    "not_issued": _T("检查单未签发或已撤销", "the order is not issued, or withdrawn"),
    "outside_window": _T("不在检查期限内", "outside the window"),
    "unknown_premises": _T("企业码不存在", "an unknown premises code"),
    "wrong_premises": _T("不是检查单上的场所", "not the premises of the order"),
    "not_on_order": _T("人员不在检查单上", "somebody who is not on the order"),
    "credential_expired": _T("执法证已失效", "an expired certificate"),
    "agency_withdrawn": _T("检查主体已停用", "an agency that was withdrawn"),
    "quiet_day": _T("企业安静期内", "a quiet day of the month"),
    "rule_blocked": _T("其他规则不允许", "another rule forbids it"),
    "distance": _T("距场所过远", "too far away"),
    "clock_skew": _T("设备时间不符", "the clock is off"),
    "shared_device": _T("多人共用一台设备", "one phone for several"),
    "two_places": _T("同时在两处", "in two places at once"),
    "no_position": _T("没有位置", "no position"),
    "searched": _T("牌子看不清，凭查找入企", "no plate was read"),
    "searched_often": _T(
        f"{PLATES_WITHIN_DAYS} 天内第 {PLATES_OFTEN} 次或更多",
        f"number {PLATES_OFTEN} or more in {PLATES_WITHIN_DAYS} days",
    ),
    "after_refusal": _T("企业拒绝之后入企", "after the enterprise refused"),
}
_SUPPORTED = {
    True: _T("与系统掌握的情况一致", "what the system knows agrees"),
    False: _T("系统未能印证", "the system knows nothing that bears it out"),
}


def said(kind: str, figures: Mapping[str, Any], zone: ZoneInfo) -> Text:
    zh = {name: _shown(value, zone).zh for name, value in figures.items()}
    en = {name: _shown(value, zone).en for name, value in figures.items()}
    text = KINDS[kind].text
    return _T(text.zh.format_map(zh), text.en.format_map(en))


def _shown(value: Any, zone: ZoneInfo) -> Text:
    match value:
        case bool():
            return _SUPPORTED[value]
        case list():
            words = [_shown(each, zone) for each in value if each in _WORDS]  # pyright: ignore[reportUnknownVariableType]
            return _T("、".join(word.zh for word in words), ", ".join(word.en for word in words))
        case str() if value in _WORDS:
            return _WORDS[value]
        case str() if "T" in value and value[:4].isdigit():
            local = f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%d %H:%M}"
            return _T(local, local)
        case _:
            return _T(str(value), str(value))
