"""What an enterprise reads: the words of an order, and what to do about a verdict."""

from services.chassis.codes import Reason
from services.chassis.errors import Text
from services.inspection.codes.model import CodeKind, Verdict

TRIGGERS: dict[str, Text] = {
    "routine": Text("日常检查", "routine"),
    "random": Text("双随机抽查", "random draw"),
    "campaign": Text("专项检查", "special campaign"),
    "complaint": Text("投诉举报", "after a complaint"),
    "assigned": Text("上级交办转办", "assigned by a superior body"),
    "requested": Text("企业申请", "at the enterprise's request"),
    "monitoring": Text("监测线索", "after a monitoring clue"),
    "urgent": Text("突发情况", "urgent"),
    "recheck": Text("复查", "recheck"),
}

TITLES: dict[CodeKind | None, Text] = {
    "order": Text("检查单核验", "inspection order"),
    "credential": Text("亮证核验", "inspector's credential"),
    "premises": Text("企业码核验", "premises code"),
    None: Text("扫码核验", "code check"),
}
_WHEN_VALID: dict[CodeKind, Text] = {
    "order": Text(
        "请核对来人是否就是下列执法人员，请他们亮证；只接受下列事项的检查。",
        "Compare the people at your door with those below and ask for their credentials; accept only the items below.",
    ),
    "credential": Text(
        "请核对姓名、证号与本人及其执法证是否一致。",
        "Compare name and number with the person and the certificate.",
    ),
    "premises": Text(
        "这是企业码：执法人员到达时用一查扫描，登记入企。它不是检查的凭据。",
        "This marks the premises: inspectors scan it with Yicha when they arrive. It is no order to inspect.",
    ),
}
_REFUSE = Text(
    "现在不能凭此检查单检查，可以拒绝。", "No inspection may be made on this order now: you may refuse."
)
_JOINED = Text(
    "请让执法人员出示合并后的检查单；没有就可以拒绝。",
    "Ask for the order it was joined into; you may refuse without one.",
)
_SHOW_AGAIN = Text(
    "亮证码每半分钟更新，截图和照片无效。请执法人员当面重新亮证，再扫一次；不亮证的，可以拒绝。",
    "The code changes every half minute; a picture of it is worthless. Ask to be shown it anew and scan again; "
    "without a credential you may refuse.",
)
_NO_CREDENTIAL = Text(
    "此人现在不能凭此证检查，可以拒绝。",
    "This person may not inspect on this credential now: you may refuse.",
)
_SCAN_AGAIN = Text(
    "请重新扫描整个二维码。仍然如此的，不要凭此码接受检查。",
    "Scan the whole square again. If it stays so, do not accept an inspection on the strength of this code.",
)
_DO_NOT_ACCEPT = Text("请不要凭此码接受检查。", "Do not accept an inspection on the strength of this code.")


def advice_for(verdict: Verdict) -> Text:
    """What to do at the door."""
    if verdict.valid and verdict.kind:
        return _WHEN_VALID[verdict.kind]
    if verdict.kind == "credential":
        return _SHOW_AGAIN if verdict.reason == Reason.EXPIRED else _NO_CREDENTIAL
    if verdict.kind == "order":
        return _JOINED if verdict.reason == "order_absorbed" else _REFUSE
    return _SCAN_AGAIN if verdict.reason == Reason.TRUNCATED else _DO_NOT_ACCEPT
