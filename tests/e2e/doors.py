"""The enterprises of the load: imported over HTTP, each proved by the code sent to its own phone."""

from __future__ import annotations

import csv
import json
import random
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

from tests.e2e.load import Door
from tour.caller import Caller
from tour.cast import Actor
from tour.spreadsheet import new_uscc

REGISTRY = "/api/registry/v1"
INSPECTION = "/api/inspection/v1"
HEADS = ("企业名称", "统一社会信用代码", "行业代码", "注册地址", "联系电话")
WAIT_SECONDS = 180.0


def opened(registrar: Actor, anyone: Caller, messages: Path, count: int) -> list[Door]:
    phones = _imported(registrar.caller.quietly, count)
    with ThreadPoolExecutor(4) as pool:
        return list(
            pool.map(
                lambda known: _door(known, phones, registrar, anyone, messages), _found(registrar, phones)
            )
        )


def _imported(registrar: Caller, count: int) -> dict[str, str]:
    """USCC → phone."""
    chance = random.Random(count)
    phones = {new_uscc(chance): f"139{number:08d}" for number in range(count)}
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    for number, (code, phone) in enumerate(phones.items()):
        writer.writerow((f"宿迁负载{number:04d}有限公司", code, "C3411", f"人民大道 {number} 号", phone))
    file = {"file": ("load.csv", text.getvalue().encode("gb18030"), "text/csv")}
    started = registrar.post(f"{REGISTRY}/imports", data={"kind": "enterprises"}, files=file).json
    path = f"{REGISTRY}/imports/{started['import_id']}"
    _until(lambda: registrar.get(path).json["state"] == "finished")
    assert registrar.get(path).json["created"] == count
    return phones


def _found(registrar: Actor, phones: dict[str, str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = registrar.caller.quietly.get(f"{REGISTRY}/enterprises", params={"limit": 200, **after}).json
        found += [each for each in page["items"] if each["uscc"] in phones]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


def _door(
    known: dict[str, Any], phones: dict[str, str], registrar: Actor, anyone: Caller, messages: Path
) -> Door:
    premises = known["premises"][0]
    plate = f"{INSPECTION}/premises/{premises['premises_id']}/code"
    _until(lambda: registrar.caller.quietly.get(plate, expect=(200, 404)).status == 200)
    return Door(
        enterprise_id=known["enterprise_id"],
        premises_id=premises["premises_id"],
        short_code=premises["short_code"],
        enterprise=_proved(anyone.quietly, known["uscc"], phones[known["uscc"]], messages),
    )


def _proved(anyone: Caller, code: str, phone: str, messages: Path) -> Caller:
    request = anyone.post(f"{REGISTRY}/enterprise-access", {"uscc": code}).json["request_id"]
    sent = [json.loads(line) for line in messages.read_text("utf-8").splitlines()]
    text = next(message["text"] for message in reversed(sent) if message["phone"] == phone)
    found = re.search(r"\d{6}", text)
    assert found, text
    confirmed = anyone.post(f"{REGISTRY}/enterprise-access/{request}/confirm", {"code": found.group()})
    return anyone.as_("enterprise", confirmed.json["access_token"])


def _until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come about")
        time.sleep(0.1)
