"""Act 7. The record against the locked checklist, the conclusion, and the way out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tour import orders
from tour.acts.draft import Drafted
from tour.caller import Answer, Caller
from tour.stage import Stage


def play(stage: Stage, drafted: Drafted, entered: Answer) -> None:
    stage.narrator.act(7, "笔录与结果：逐题作答，陈述、签名，告知结果")
    inspector = stage.cast.first.inspectors[0].caller
    path = orders.path_of(drafted.order)
    questions = asked(inspector, drafted.order)
    stage.narrator.note(f"检查表共 {len(questions)} 题，签发时已锁定版本")
    record = made(questions)
    incomplete = {**record, "answers": record["answers"][:-1]}
    refused = inspector.put(f"{path}/record", incomplete, expect=(422,))
    stage.narrator.check("漏答一题不收", refused.json["code"] == "invalid", refused.json)
    kept = inspector.put(f"{path}/record", record)
    stage.saw(kept, "inspection.record.made.v1")
    leaving = {"device_time": datetime.now(UTC).isoformat()}
    left = inspector.post(f"{orders.API}/entries/{entered.json['entry_id']}/leave", leaving)
    stage.saw(left, "inspection.visit.left.v1")
    concluded = inspector.post(f"{path}/conclusion", {"result": "no_problem"})
    stage.saw(concluded, "inspection.order.concluded.v1")
    stage.saw(concluded, "inspection.order.closed.v1")


def asked(inspector: Caller, order: Mapping[str, Any]) -> list[dict[str, Any]]:
    return inspector.get(f"{orders.path_of(order)}/checklist").json["items"]


def made(questions: list[dict[str, Any]]) -> dict[str, Any]:
    """Nothing found, and nothing to add."""
    answers = [
        {"item_id": each["item_id"], "question_id": each["question_id"], "finding": "ok", "note": ""}
        for each in questions
    ]
    return {"answers": answers, "statement": "情况属实，无异议。", "signed_by": "现场负责人 李某"}
