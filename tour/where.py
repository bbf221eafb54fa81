"""Where the product runs and how its log is read: from options, the environment, or the folder of `up`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from tour.routes import Routes
from tour.witness import Road


@dataclass(frozen=True)
class Where:
    routes: Routes
    road: Road
    passwords: Mapping[str, str]
    messages: Path


def found(folder: Path, url: str | None, accounts: Path | None) -> Where:
    """Raises ClickException when something needed is nowhere to be found."""
    variables = _variables(folder) | {k: v for k, v in os.environ.items() if k.startswith("YICHA_")}
    return Where(
        routes=Routes(url or variables.get("YICHA_PUBLIC_URL", "http://127.0.0.1:8000")),
        road=_road(variables, folder),
        passwords=_passwords(accounts or folder / "accounts.json"),
        messages=Path(variables.get("YICHA_SMS", "").removeprefix("file:") or folder / "sms.log"),
    )


def _variables(folder: Path) -> dict[str, str]:
    """What `up` wrote down for the tools."""
    kept = folder / "environment.json"
    return json.loads(kept.read_text("utf-8")) if kept.exists() else {}


def _road(variables: Mapping[str, str], folder: Path) -> Road:
    road = Road(
        events=variables.get("YICHA_EVENTS", "postgres"),
        kafka_bootstrap=variables.get("YICHA_KAFKA_BOOTSTRAP", ""),
        event_log_url=variables.get("YICHA_EVENT_LOG_URL", ""),
    )
    if not (road.kafka_bootstrap if road.events == "kafka" else road.event_log_url):
        raise click.ClickException(
            f"找不到事件日志：{folder} 中没有 environment.json，也没有 YICHA_EVENTS 等变量。"
            f"The log of events is nowhere to be found; is `yicha up` running?"
        )
    return road


def _passwords(path: Path) -> dict[str, str]:
    if not path.exists():
        raise click.ClickException(f"没有演示账号文件 {path}；the accounts of the demo city are missing")
    return json.loads(path.read_text("utf-8"))
