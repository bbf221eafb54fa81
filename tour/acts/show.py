"""Act 5. Codes are shown, read by an independent decoder, and verified without the product."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cryptography.exceptions import InvalidSignature

from tour import orders, squares
from tour.acts.draft import Drafted
from tour.cast import Actor
from tour.stage import Stage

ORDER, CREDENTIAL = 1, 2


@dataclass(frozen=True)
class Shown:
    order_code: str
    keys: list[dict[str, str]]


def play(stage: Stage, drafted: Drafted) -> Shown:
    stage.narrator.act(5, "亮证：检查码与亮证码，换一个解码器来读，断网也能验")
    keys = stage.cast.anyone.get(f"{orders.API}/code-keys").json["keys"]
    order_code = order_square(stage, drafted, keys)
    for inspector in stage.cast.first.inspectors:
        credential_square(stage, inspector, keys)
    enterprise_opens(stage, order_code)
    return Shown(order_code, keys)


def order_square(stage: Stage, drafted: Drafted, keys: list[dict[str, str]]) -> str:
    caller = stage.cast.first.inspectors[0].caller
    path = f"{orders.path_of(drafted.order)}/code"
    told = caller.get(path).json
    picture = caller.get(f"{path}.png")
    text = squares.decode(picture.content)
    stage.narrator.note(f"图片存于 {stage.keep('order.png', picture.content)}")
    stage.narrator.check("二维码读出的就是检查码", text == told["url"].upper(), text[:60])
    code = squares.code_in(text)
    verified(stage, "检查码", code, ORDER, drafted.order["order_id"], keys)
    again = caller.get(f"{path}.png", expect=(304,), headers={"If-None-Match": picture.etag})
    stage.narrator.check("图片未变则不再传（ETag）", again.status == 304)
    return code


def credential_square(stage: Stage, inspector: Actor, keys: list[dict[str, str]]) -> str:
    picture = inspector.caller.get(f"{orders.API}/credential-code.png")
    stage.keep(f"credential-{inspector.account['username']}.png", picture.content)
    code = squares.code_in(squares.decode(picture.content))
    verified(stage, "亮证码", code, CREDENTIAL, inspector.account["inspector_id"], keys)
    return code


def verified(stage: Stage, what: str, code: str, kind: int, subject: str, keys: list[dict[str, str]]) -> None:
    read = squares.verify(code, keys)
    now = datetime.now(UTC)
    genuine = (
        read.kind == kind and read.subject == UUID(subject) and read.valid_from <= now < read.valid_until
    )
    stage.narrator.check(f"{what}离线验签通过，有效至 {read.valid_until:%H:%M:%S}", genuine, read)
    try:
        squares.verify(squares.forged(code), keys)
    except (InvalidSignature, ValueError):
        stage.narrator.check(f"改动一位数字的{what}离线即被识破", True)
    else:
        stage.narrator.check(f"改动一位数字的{what}离线即被识破", False, "验签通过")


def enterprise_opens(stage: Stage, code: str) -> None:
    """Any phone, no account, no app."""
    phone = stage.cast.anyone.as_("企业 enterprise", "")
    page = phone.get(f"/Q/{code}")
    stage.keep("order-page.html", page.content)
    stage.narrator.check("扫码即见中文页面", "检查" in page.response.text, page.response.text[:80])
    told = phone.get(f"{orders.API}/codes/{code}").json
    stage.narrator.check("公开核验：此码属实", told["genuine"] is True, told)
    forged = phone.get(f"{orders.API}/codes/{squares.forged(code)}").json
    stage.narrator.check("公开核验：伪造的码说不", forged["genuine"] is False, forged)
