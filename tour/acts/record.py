"""Act 7. The record against the locked checklist, the conclusion, and the way out."""

from __future__ import annotations

from typing import Any

from tour import orders
from tour.acts.draft import Drafted
from tour.caller import Answer
from tour.stage import Stage


def play(stage: Stage, drafted: Drafted, entered: Answer) -> None:
    stage.narrator.act(7, "笔录与结果：逐题作答，陈述、签名，告知结果")
    inspector = stage.cast.first.inspectors[0].caller
    path = orders.path_of(drafted.order)
    current = inspector.get(path)
    record = made(current.json["items"])
    incomplete = {**record, "answers": record["answers"][:-1]}
    inspector.put(f"{path}/record", incomplete, expect=(422,), headers={"If-Match": current.etag})
    kept = inspector.put(f"{path}/record", record, headers={"If-Match": current.etag})
    stage.saw(kept, "inspection.record.made.v1")
    left = inspector.post(f"{orders.API}/entries/{entered.json['entry_id']}/leave", {})
    stage.saw(left, "inspection.visit.left.v1")
    concluded = orders.step(inspector, drafted.order, "conclusion", {"result": "no_problem"})
    stage.saw(concluded, "inspection.order.concluded.v1")


def made(items: list[dict[str, Any]]) -> dict[str, Any]:
    answers = [
        {"item_id": item["item_id"], "question_id": question["question_id"], "finding": "ok", "note": ""}
        for item in items
        for question in item["checklist"]
    ]
    return {"answers": answers, "statement": "情况属实，无异议。", "signed_by": "现场负责人 李某"}
