"""The coordinator's numbers: before, after, and as they come in."""

from __future__ import annotations

from time import monotonic, sleep
from typing import Any

from tour.caller import Answer
from tour.stage import PATIENCE_SECONDS, Stage

API = "/api/oversight/v1"
QUIET_SECONDS = 60.0
Figures = dict[str, Any]
ROWS = {
    "检查（户次） inspections": ("inspections",),
    "联合检查 joint": ("joint",),
    "已告知结果 concluded": ("concluded",),
    "扫码入企 entries with code": ("entries", "with_code"),
    "拒绝入企 refusals": ("refusals",),
    "重复检查：发现 found": ("duplicates", "found"),
    "重复检查：并入 joined": ("duplicates", "joined"),
    "重复检查：说明后照查 overridden": ("duplicates", "overridden"),
    "评价 ratings": ("ratings", "area", "total"),
    "投诉 complaints": ("complaints", "filed"),
}
GROWN = {
    "检查（户次） inspections": 1,
    "联合检查 joint": 1,
    "已告知结果 concluded": 1,
    "扫码入企 entries with code": 1,
    "拒绝入企 refusals": 3,
    "评价 ratings": 1,
    "投诉 complaints": 1,
}


def quiet(stage: Stage) -> Figures:
    """The figures once nothing moves them any more: a city that has just been founded is still being counted."""
    ask = stage.cast.coordinator.caller.quietly
    deadline = monotonic() + QUIET_SECONDS
    position, since = -1, monotonic()
    while monotonic() - since < 1.0 and monotonic() < deadline:
        latest = ask.get(f"{API}/events-position").json["position"]
        if latest != position:
            position, since = latest, monotonic()
        sleep(0.1)
    return now(stage)


def now(stage: Stage) -> Figures:
    return stage.cast.coordinator.caller.get(f"{API}/figures").json


def entries(figures: Figures) -> int:
    return figures["entries"]["with_code"]


def live_within_a_second(stage: Stage, before: Figures, entered: Answer) -> None:
    """The stream is open since the start: the entry must be on it within a second of its answer."""
    seen = stage.live.first(lambda figures: entries(figures) > entries(before), within=PATIENCE_SECONDS)
    if seen is None:
        stage.narrator.check("实时流中见到这次入企", False, "没有见到")
        return
    after = max(0.0, seen - entered.at)
    stage.narrator.check(
        f"实时流在入企后 {after * 1000:.0f} ms 更新（应在一秒内）", after <= 1.0, f"{after:.2f} s"
    )


def compare(stage: Stage, before: Figures) -> None:
    """The same figures again, once the last event has arrived."""
    stage.narrator.act(9, "统筹：数字的前后对比")
    after = _settled(stage, before)
    stage.narrator.table(
        ("", "之前", "之后", "增"),
        [
            (name, str(_at(before, path)), str(_at(after, path)), f"+{_grown(before, after, name)}")
            for name, path in ROWS.items()
        ],
    )
    for name, least in GROWN.items():
        grown = _grown(before, after, name)
        stage.narrator.check(f"{name} 至少增加 {least}", grown >= least, f"只增加 {grown}")
    for name in ("重复检查：并入 joined", "重复检查：说明后照查 overridden"):
        stage.narrator.check(f"{name} 增加", _grown(before, after, name) > 0, "没有增加")


def _settled(stage: Stage, before: Figures) -> Figures:
    deadline = monotonic() + PATIENCE_SECONDS
    while True:
        after = stage.cast.coordinator.caller.quietly.get(f"{API}/figures").json
        if (
            all(_grown(before, after, name) >= least for name, least in GROWN.items())
            or monotonic() > deadline
        ):
            return after
        sleep(0.1)


def _grown(before: Figures, after: Figures, name: str) -> int:
    return _at(after, ROWS[name]) - _at(before, ROWS[name])


def _at(figures: Figures, path: tuple[str, ...]) -> int:
    found: Any = figures
    for step in path:
        found = found[step]
    return found
