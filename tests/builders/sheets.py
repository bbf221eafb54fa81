"""Sheets of orders, as an office fills them in and sends them."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from werkzeug.test import TestResponse

from services.chassis.identity import Principal
from tests.builders.inspection import Town, today
from tests.builders.registry import a_csv

HEADER = (
    "统一社会信用代码",
    "企业名称",
    "经营场所",
    "检查事项",
    "执法人员",
    "开始日期",
    "结束日期",
    "检查类型",
    "线索、文号",
    "专项检查",
    "已考虑的非现场方式",
    "现场检查理由",
)


def a_row(town: Town, **changes: str) -> dict[str, str]:
    """The draft of `Town.a_draft`, in words."""
    given = {
        "统一社会信用代码": town.enterprise.uscc,
        "企业名称": "",
        "经营场所": "",
        "检查事项": town.safety.item.code,
        "执法人员": "李检、王查",
        "开始日期": str(today()),
        "结束日期": str(today() + timedelta(days=7)),
        "检查类型": "日常",
        "线索、文号": "",
        "专项检查": "",
        "已考虑的非现场方式": "数据共享",
        "现场检查理由": "需现场查看有限空间作业",
    }
    return {name: (given | changes)[name] for name in HEADER}


def later(days: int) -> dict[str, str]:
    """Another window: another order."""
    return {
        "开始日期": str(today() + timedelta(days=days)),
        "结束日期": str(today() + timedelta(days=days + 7)),
    }


def sent(
    town: Town,
    rows: Sequence[Mapping[str, str]] | bytes,
    *,
    dry_run: bool = False,
    mapping: Mapping[str, str] | None = None,
    by: Principal | None = None,
    key: str | None = None,
) -> TestResponse:
    content = rows if isinstance(rows, bytes) else a_csv([dict(row) for row in rows], HEADER)
    form: dict[str, Any] = {"file": (io.BytesIO(content), "十二月检查.csv"), "dry_run": str(dry_run).lower()}
    if mapping:
        form["mapping"] = json.dumps(mapping)
    return town.call("POST", "/order-sheets", by or town.safety.clerk, key=key, data=form)


def taken(town: Town, rows: Sequence[Mapping[str, str]] | bytes, **how: Any) -> dict[str, Any]:
    answer = sent(town, rows, **how)
    assert answer.status_code == 200, answer.json
    return answer.json


def reasons(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(column, code) of each fault."""
    return [(fault["column"], fault["code"]) for fault in row["faults"]]
