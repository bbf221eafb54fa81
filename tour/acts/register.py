"""Act 1. The registrar brings in a spreadsheet; what is wrong in it comes back as a file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from time import monotonic, sleep
from typing import Any

from tour.caller import Answer
from tour.spreadsheet import Enterprise, Spreadsheet, written
from tour.stage import PATIENCE_SECONDS, Stage

API = "/api/registry/v1"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORT_SECONDS = 30


@dataclass(frozen=True)
class Registered:
    enterprise_id: str
    premises_id: str
    short_code: str
    elsewhere_id: str
    typed: Enterprise


def play(stage: Stage) -> Registered:
    stage.narrator.act(1, "登记：一张企业表格，十行里有四行不对")
    sheet = written(stage.chance)
    started = upload(stage, sheet)
    done = finished(stage, started.json["import_id"])
    compare(stage, sheet, done)
    errors_come_back(stage, sheet, started.json["import_id"])
    announced(stage, started.json["import_id"], len(sheet.good))
    return looked_up(stage, sheet.good)


def upload(stage: Stage, sheet: Spreadsheet) -> Answer:
    return stage.cast.registrar.caller.post(
        f"{API}/imports",
        data={"kind": "enterprises"},
        files={"file": ("新设企业.xlsx", sheet.content, XLSX)},
    )


def finished(stage: Stage, import_id: str) -> dict[str, Any]:
    deadline = monotonic() + IMPORT_SECONDS
    while True:
        progress = stage.cast.registrar.caller.quietly.get(f"{API}/imports/{import_id}").json
        if progress["state"] in ("finished", "failed") or monotonic() > deadline:
            stage.narrator.check("导入完成", progress["state"] == "finished", progress)
            return progress
        sleep(0.2)


def compare(stage: Stage, sheet: Spreadsheet, done: dict[str, Any]) -> None:
    counts = {name: done[name] for name in ("rows", "created", "rejected", "duplicates")}
    expected = {"rows": 10, "created": len(sheet.good), "rejected": 3, "duplicates": 1}
    stage.narrator.check(
        f"共 10 行：新增 {len(sheet.good)}，退回 3，重码 1，一行不少", counts == expected, counts
    )


def errors_come_back(stage: Stage, sheet: Spreadsheet, import_id: str) -> None:
    answer = stage.cast.registrar.caller.get(f"{API}/imports/{import_id}/errors.csv")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    stage.keep("errors.csv", answer.content)
    for row in rows[1:]:
        stage.narrator.note(" │ ".join(row[:4]))
    lines = {int(row[0]) for row in rows[1:]}
    stage.narrator.check("退回文件逐行写明行号、列、值、原因", lines == set(sheet.wrong), sorted(lines))


def announced(stage: Stage, import_id: str, count: int) -> None:
    """A worker did the import long after the request: its events carry the import's id."""
    kind = "cn.yicha.registry.enterprise.changed.v1"
    seen = stage.witness.caused_by(import_id, kind, PATIENCE_SECONDS, count)
    stage.narrator.check(f"日志中见到 {kind} ×{count}", len(seen) == count, len(seen))


def looked_up(stage: Stage, good: list[Enterprise]) -> Registered:
    """The first of them is the one to be inspected; the second lends its door for a wrong entry."""
    caller = stage.cast.registrar.caller
    found = [
        caller.get(f"{API}/enterprises", params={"uscc": each.uscc}).json["items"][0] for each in good[:2]
    ]
    premises = found[0]["premises"][0]
    stage.narrator.check("联系电话只以掩码示人", good[0].phone not in str(found[0]), found[0].get("contact"))
    return Registered(
        enterprise_id=found[0]["enterprise_id"],
        premises_id=premises["premises_id"],
        short_code=premises["short_code"],
        elsewhere_id=found[1]["premises"][0]["premises_id"],
        typed=good[0],
    )
