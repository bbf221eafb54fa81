"""Act 8. The enterprise proves itself by a one-time code, rates once, complains, and can follow it up."""

from __future__ import annotations

import json
import re
from time import monotonic, sleep

from tour.acts.draft import Drafted
from tour.acts.register import Registered
from tour.caller import Caller
from tour.stage import PATIENCE_SECONDS, Stage

REGISTRY = "/api/registry/v1"
API = "/api/feedback/v1"


def play(stage: Stage, registered: Registered, drafted: Drafted) -> None:
    stage.narrator.act(8, "评价与投诉：一次性验证码登录，评价只此一次且不可追溯")
    enterprise = proved(stage, registered)
    order_id = drafted.order["order_id"]
    wait_until_rateable(stage, enterprise, order_id)
    rate(stage, enterprise, order_id)
    complain(stage, enterprise, order_id)


def proved(stage: Stage, registered: Registered) -> Caller:
    phone = stage.cast.anyone.as_("企业 enterprise", "")
    asked = phone.post(f"{REGISTRY}/enterprise-access", {"uscc": registered.typed.uscc}, expect=(202,))
    code = text_message(stage, registered.typed.phone)
    stage.narrator.note("登记的联系电话收到一条短信，内有验证码")
    path = f"{REGISTRY}/enterprise-access/{asked.json['request_id']}/confirm"
    confirmed = phone.post(path, {"code": code})
    return phone.as_("企业 enterprise", confirmed.json["access_token"])


def text_message(stage: Stage, phone: str) -> str:
    """The demo city's text messages arrive in a file, one JSON object a line; the latest counts."""
    deadline = monotonic() + PATIENCE_SECONDS
    while monotonic() < deadline:
        for message in reversed(_messages(stage)):
            if message["phone"] == phone and (code := re.search(r"\d{6}", message["text"])):
                return code.group()
        sleep(0.1)
    raise TimeoutError("没有收到短信")


def _messages(stage: Stage) -> list[dict[str, str]]:
    if not stage.messages.exists():
        return []
    return [json.loads(line) for line in stage.messages.read_text("utf-8").splitlines()]


def wait_until_rateable(stage: Stage, enterprise: Caller, order_id: str) -> None:
    deadline = monotonic() + PATIENCE_SECONDS
    listed = False
    while not listed and monotonic() < deadline:
        visits = enterprise.quietly.get(f"{API}/rateable").json["items"]
        listed = any(visit["order_id"] == order_id for visit in visits)
        sleep(0 if listed else 0.1)
    stage.narrator.check("企业看到这次检查可以评价", listed)


def rate(stage: Stage, enterprise: Caller, order_id: str) -> None:
    ticket = enterprise.post(f"{API}/rating-tickets", {"order_id": order_id}).json["ticket"]
    anyone = stage.cast.anyone.as_("无名 anonymous", "")
    rating = {"ticket": ticket, "grade": 5, "tags": ["lawful"], "comment": "来得清楚，走得干脆"}
    rated = anyone.post(f"{API}/ratings", rating)
    seen = stage.witness.anonymous(
        "cn.yicha.feedback.rating.given.v1", rated.at - rated.seconds, PATIENCE_SECONDS
    )
    stage.narrator.check("评价事件已在日志中", bool(seen))
    told = str([each.envelope for each in seen])
    unlinked = order_id not in told and rated.correlation_id not in told
    stage.narrator.check("事件中没有检查单号，也没有这次请求的关联号", unlinked, told)
    twice = anyone.post(f"{API}/ratings", rating, expect=(409,))
    stage.narrator.check("同一次检查不能评两次", twice.json["code"] == "already_rated", twice.json)


def complain(stage: Stage, enterprise: Caller, order_id: str) -> None:
    complaint = {"order_id": order_id, "category": "repeated_inspection", "text": "导览：这是一条演示投诉。"}
    filed = enterprise.post(f"{API}/complaints", complaint)
    seen = stage.saw(filed, "feedback.complaint.filed.v1")
    payloads = str([each.envelope.payload.decode() for each in seen])
    stage.narrator.check("投诉正文不出本服务", "演示投诉" not in payloads, payloads)
    number = filed.json["tracking_number"]
    state = enterprise.get(f"{API}/complaints/{number}").json["state"]
    stage.narrator.check(f"凭 {number} 可查进展：{state}", bool(state))
