"""The case file as a document people read: what stands in which chapter. `case_file.typ` draws it.

A block is `{"pairs": [[label, value]]}`, `{"table": {"head", "rows", "columns"}}`, `{"words": text}` or
`{"pictures": [{"file", "caption"}]}`; all texts, none of them markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from services.inspection.casefiles.model import CaseFile, Person, picture_name
from services.inspection.casefiles.words import (
    CONSIDERED,
    EVIDENCE,
    FINDINGS,
    GROUNDS,
    KINDS,
    MODES,
    OUTCOMES,
    RATIFICATIONS,
    RESULTS,
    SHEETS,
)
from services.inspection.codes.words import TRIGGERS
from services.inspection.orders.words import ACTIONS, STATES
from services.inspection.refusals.model import TEMPLATES

Block = dict[str, Any]
Blocks = Iterator[Block]
_UNREASONED = frozenset({"join", "be_absorbed"})
"""They keep the id of the other order where others have their reason."""


def document(case: CaseFile, zone: ZoneInfo) -> dict[str, Any]:
    """The cover and the chapters. A chapter about which nothing is known says so: that, too, is in the file."""
    chapters = ((title, list(chapter(case, zone))) for title, chapter in _CHAPTERS)
    return {
        "number": case.number,
        "cover": _texts(_cover(case, zone)),
        "until": _at(case.made_at, zone),
        "final": case.final,
        "chapters": [{"title": title, "blocks": blocks or [{"words": "无。"}]} for title, blocks in chapters],
    }


def _cover(case: CaseFile, zone: ZoneInfo) -> Iterator[tuple[str, str | None]]:
    order, visit = case.order, case.happened.visit
    yield "企业", order.enterprise and order.enterprise.name
    yield "统一社会信用代码", order.enterprise and order.enterprise.uscc
    yield "经营场所", order.premises and f"{order.premises.name} · {order.premises.address}"
    yield "检查机关", "、".join(agency.name or "" for agency in order.agencies)
    yield "检查事由", TRIGGERS[order.trigger].zh
    yield "入企时间", visit and _at(visit.entered_at, zone)
    yield "检查结果", order.result and RESULTS[order.result]
    yield "案件状态", STATES[order.state]


def _order(case: CaseFile, _: ZoneInfo) -> Blocks:
    order, ground = case.order, case.happened.ground
    yield _pairs(
        ("检查期限", f"{order.starts_on} 至 {order.ends_on}"),
        ("线索或依据文号", order.clue),
        ("所属", ground and f"{GROUNDS[ground.kind]} {ground.name}（{ground.number}）"),
        ("现场检查理由", order.on_site_reason),
        ("已考虑的非现场方式", "、".join(CONSIDERED[way] for way in order.considered)),
        ("协助函", order.assistance_letter),
        ("并入的检查", "、".join(guest.agency or str(guest.order_id) for guest in order.guests)),
        ("并入", order.absorbed_into and f"联合检查 {order.absorbed_into}"),
        ("复查自", order.recheck_of and f"检查单 {order.recheck_of}"),
    )
    agency = {party.agency_id: party.name or "" for party in order.agencies}
    items = (
        (
            item.code,
            item.name,
            item.legal_basis,
            agency.get(item.agency_id, ""),
            _version(item.checklist_version),
        )
        for item in order.items
    )
    yield _table("编码 检查事项 法律依据 机关 检查表", items, (2, 4, 5, 3, 1))
    people = (
        (one.name, one.certificate_number, KINDS.get(one.kind or "", ""), agency.get(one.agency_id, ""))
        for one in order.inspectors
    )
    yield _table("姓名 执法证号 身份 机关", people, (2, 3, 2, 4))


def _judgement(case: CaseFile, zone: ZoneInfo) -> Blocks:
    order = case.order
    if order.findings or order.case_findings:
        yield _table(
            "规则 结论 说明 理由",
            (
                (one.rule, OUTCOMES[one.outcome], one.explanation["zh"], one.reason)
                for one in (*order.findings, *order.case_findings)
            ),
            (1, 1, 6, 4),
        )
    agency = {party.agency_id: party.name or "" for party in order.agencies}
    if order.approvals:
        yield _table(
            "机关 批准人 时间",
            (
                (agency.get(one.agency_id, ""), one.name, _at(one.approved_at, zone))
                for one in order.approvals
            ),
            (4, 2, 3),
        )
    if order.ratification:
        yield {"words": RATIFICATIONS[order.ratification]}


def _notice(case: CaseFile, zone: ZoneInfo) -> Blocks:
    order = case.order
    if order.issued_at or order.notice_read_at:
        yield _pairs(
            ("签发", _at(order.issued_at, zone)), ("企业确认收到通知", _at(order.notice_read_at, zone))
        )


def _visit(case: CaseFile, zone: ZoneInfo) -> Blocks:
    visit = case.happened.visit
    if visit:
        yield _pairs(
            ("入企", _at(visit.entered_at, zone)),
            ("离开", _at(visit.left_at, zone)),
            (
                "登记方式",
                "现场扫码"
                if visit.online
                else f"补录，{_at(visit.received_at, zone)} 收到：{visit.offline_reason}",
            ),
            ("未扫企业码的原因", visit.searched_reason),
            ("距场所", visit.distance is not None and f"{visit.distance:.0f} 米"),
        )
        yield _table("姓名 执法证号 身份 机关", map(_person, visit.inspectors), (2, 3, 2, 4))
    if case.happened.turned_away:
        yield {"words": "系统不予入企："}
        yield _table(
            "时间 人员 规则 说明 次数",
            (
                (_at(one.refused_at, zone), one.inspector, one.rule, _explained(one.findings), str(one.times))
                for one in case.happened.turned_away
            ),
            (3, 2, 1, 6, 1),
        )
    if case.happened.refused:
        yield {"words": "企业拒绝检查："}
        yield _table(
            "时间 理由 企业补充 系统核对",
            (
                (
                    _at(one.refused_at, zone),
                    TEMPLATES[one.ground].zh,  # pyright: ignore[reportArgumentType]
                    one.words,
                    "与系统记录相符" if one.supported else "系统记录不能证实",
                )
                for one in case.happened.refused
            ),
            (3, 5, 3, 2),
        )


def _record(case: CaseFile, zone: ZoneInfo) -> Blocks:
    record = case.record
    if record is None:
        return
    names = {item.item_id: item.name or item.code for item in case.order.items}
    asked = {question.question: question.text for question in case.questions}
    yield _table(
        "事项 检查内容 结果 说明",
        (
            (
                names.get(one.item_id),
                asked.get(one.question, one.question_id),
                FINDINGS[one.finding],
                one.note,
            )
            for one in record.answers
        ),
        (3, 5, 1, 4),
    )
    signature = record.signature
    yield _pairs(
        ("记录人", record.name),
        ("记录时间", _at(record.made_at, zone)),
        ("发现问题", f"{record.problems} 个"),
        ("企业陈述", record.statement or "未作陈述"),
        ("企业签名", signature.signed_by),
        ("拒签理由", signature.refusal_reason),
        ("见证人", signature.witness),
    )


def _evidence(case: CaseFile, zone: ZoneInfo) -> Blocks:
    if not case.evidence:
        return
    about = _about(case)
    yield {
        "pictures": [
            {
                "file": picture_name(place, one),
                "caption": f"{place}. {EVIDENCE[one.kind]} · {_at(one.taken_at, zone)} · {about(one.item_id, one.question_id)}"
                + ("（笔录签署后提交）" if one.after_record else ""),
                "sha256": one.stored_sha256,
            }
            for place, one in enumerate(case.evidence, 1)
        ]
    }


def _result(case: CaseFile, zone: ZoneInfo) -> Blocks:
    order = case.order
    if order.result:
        yield _pairs(
            ("检查结果", RESULTS[order.result]),
            ("告知时间", _at(order.concluded_at, zone)),
            ("改正期限", order.rectification_due_on and str(order.rectification_due_on)),
            ("办结时间", _at(order.closed_at, zone)),
        )


def _rectification(case: CaseFile, zone: ZoneInfo) -> Blocks:
    if case.proofs:
        proofs = ((_at(one.sent_at, zone), one.words, "、".join(one.photos)) for one in case.proofs)
        yield _table("报送时间 企业说明 材料", proofs, (3, 6, 3))
    if case.rechecks:
        rechecks = (
            (
                _at(one.at, zone),
                MODES[one.mode],
                "通过" if one.passed else f"未通过，限 {one.due_on} 前",
                one.name,
                one.note,
            )
            for one in case.rechecks
        )
        yield _table("复查时间 方式 结论 复查人 说明", rechecks, (3, 1, 3, 2, 4))


def _sheets(case: CaseFile, zone: ZoneInfo) -> Blocks:
    if case.happened.sheets:
        sheets = (
            (SHEETS[one.kind], str(one.sheet_id), _at(one.made_at, zone)) for one in case.happened.sheets
        )
        yield _table("种类 编号 签发时间", sheets, (2, 5, 3))


def _steps(case: CaseFile, zone: ZoneInfo) -> Blocks:
    steps = (
        (
            _at(one.at, zone),
            ACTIONS.get(one.action, one.action),
            one.name,
            None if one.action in _UNREASONED else one.reason,
        )
        for one in case.order.steps
    )
    yield _table("时间 步骤 经办人 说明", steps, (3, 2, 2, 5))


_CHAPTERS: Sequence[tuple[str, Callable[[CaseFile, ZoneInfo], Blocks]]] = (
    ("检查单", _order),
    ("把关与审批", _judgement),
    ("检查通知与送达", _notice),
    ("入企与离开", _visit),
    ("检查笔录", _record),
    ("证据", _evidence),
    ("检查结果告知", _result),
    ("整改与复查", _rectification),
    ("回执", _sheets),
    ("办理经过", _steps),
)


def _about(case: CaseFile) -> Callable[[UUID | None, str | None], str]:
    names = {item.item_id: item.name or "" for item in case.order.items}
    asked = {question.question: question.text for question in case.questions}

    def words(item_id: UUID | None, question_id: str | None) -> str:
        if item_id is None:
            return "整次检查"
        return asked.get((item_id, question_id or ""), names.get(item_id, ""))

    return words


def _person(one: Person) -> tuple[str | None, ...]:
    return one.name, one.certificate_number, KINDS.get(one.kind or "", ""), one.agency


def _explained(findings: Iterable[dict[str, Any]]) -> str:
    return "；".join(one["explanation"]["zh"] for one in findings)


def _version(version: int | None) -> str | None:
    return f"第 {version} 版" if version else None


def _at(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else None


def _texts(rows: Iterable[tuple[str, str | bool | None]]) -> list[tuple[str, str]]:
    return [(label, str(value)) for label, value in rows if value]


def _pairs(*rows: tuple[str, str | bool | None]) -> Block:
    return {"pairs": _texts(rows)}


def _table(head: str, rows: Iterable[Sequence[str | None]], widths: Sequence[int]) -> Block:
    return {
        "table": {
            "head": head.split(),
            "rows": [[cell or "" for cell in row] for row in rows],
            "columns": list(widths),
        }
    }
