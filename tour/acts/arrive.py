"""Act 6. The gate plate is scanned. A forged code and a wrong door are refused and kept; then the entry."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tour import orders, squares
from tour.acts.draft import Drafted
from tour.acts.register import Registered
from tour.caller import Answer
from tour.stage import Stage


def play(stage: Stage, registered: Registered, drafted: Drafted) -> Answer:
    stage.narrator.act(6, "扫码入企：伪造的码、走错的门被拒并留痕，随后入企")
    codes = [credential(stage, number) for number in (0, 1)]
    elsewhere = plate(stage, registered.elsewhere_id)
    refused(stage, "走错的门", attempt(stage, drafted, elsewhere, codes, expect=409))
    here = plate(stage, registered.premises_id)
    refused(
        stage, "伪造的亮证码", attempt(stage, drafted, here, [codes[0], squares.forged(codes[1])], expect=409)
    )
    refused(stage, "只有一人亮证", attempt(stage, drafted, here, codes[:1], expect=409))
    entered = attempt(stage, drafted, here, codes, expect=201)
    stage.saw(entered, "inspection.entry.made.v1")
    return entered


def plate(stage: Stage, premises_id: str) -> str:
    """What is printed for the gate, read as a camera would read it."""
    printed = stage.cast.registrar.caller.get(f"{orders.API}/premises/{premises_id}/code.png")
    stage.keep(f"premises-{premises_id}.png", printed.content)
    return squares.decode(printed.content)


def credential(stage: Stage, number: int) -> str:
    picture = stage.cast.first.inspectors[number].caller.get(f"{orders.API}/credential-code.png")
    return squares.code_in(squares.decode(picture.content))


def attempt(stage: Stage, drafted: Drafted, premises_code: str, codes: list[str], expect: int) -> Answer:
    return stage.cast.first.inspectors[0].caller.post(
        f"{orders.API}/entries", arrival(drafted.order["order_id"], premises_code, codes), expect=(expect,)
    )


def arrival(order_id: str, premises_code: str, codes: list[str]) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "premises_code": premises_code,
        "inspectors": codes,
        "device_time": datetime.now(UTC).isoformat(),
        "device_id": "tour-phone",
        "latitude": 33.9631,
        "longitude": 118.2755,
        "accuracy": 12.0,
        "online": True,
    }


def refused(stage: Stage, what: str, answer: Answer) -> None:
    problem = answer.json
    stage.narrator.check(
        f"{what}：不得入企（{problem['detail']}）", problem["code"] == "entry_refused", problem
    )
    stage.saw(answer, "inspection.entry.refused.v1")
