"""What follows on an entry, brought about over the API as phones do: a record with a photo, the conclusion, the proof."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image

from services.chassis import clock
from tests.browser.joining import CITY
from tests.browser.visits import IssuedVisit
from tests.rig.browser_product import Product
from tour import squares
from tour.acts.arrive import arrival
from tour.acts.record import asked, made
from tour.caller import Answer, Caller
from tour.orders import API

ACCESS = "/api/registry/v1/enterprise-access"


def try_to_enter(visit: IssuedVisit, colleagues: int = 1, expect: int = 201) -> Answer:
    """By the first inspector, who scanned so many colleagues."""
    shown = [visit.colleague_picture()][:colleagues]
    codes = [squares.code_in(squares.decode(picture)) for picture in shown]
    body = arrival(visit.order_id, visit.plate, codes)
    return visit.office.inspectors[0].caller.post(f"{API}/entries", body, expect=(expect,))


def record_a_problem(phone: Caller, order: dict[str, Any], note: str) -> None:
    """Of the first question, with a photo of it."""
    path = f"{API}/orders/{order['order_id']}"
    first, *_ = questions = asked(phone, order)
    picture = _photo()
    about = {"kind": "photo", "item_id": first["item_id"], "question_id": first["question_id"]}
    form = about | {"taken_at": clock.now().isoformat(), "sha256": sha256(picture).hexdigest()}
    phone.send(
        "POST", f"{path}/evidence", (201,), data=form, files={"file": ("1.jpg", picture, "image/jpeg")}
    )
    record = made(questions)
    record["answers"][0] |= {"finding": "problem", "note": note}
    phone.put(f"{path}/record", record)


def _photo() -> bytes:
    """As a phone sends it: it has been made smaller there."""
    out = BytesIO()
    Image.effect_noise((800, 600), 40).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def conclude(phone: Caller, order: dict[str, Any], result: str) -> None:
    days = 7 if result == "order_rectification" else None
    deadline = days and str(clock.today(CITY) + timedelta(days=days))
    phone.post(f"{API}/orders/{order['order_id']}/conclusion", {"result": result, "deadline": deadline})


def enterprise(product: Product, uscc: str) -> Caller:
    """With the one-time code of its text message."""
    request = product.anyone.post(ACCESS, {"uscc": uscc}).json["request_id"]
    product.settle()
    log = product.folder.path / "sms.log"
    code = re.search(r"\d{6}", json.loads(log.read_text("utf-8").splitlines()[-1])["text"])
    assert code
    token = product.anyone.post(f"{ACCESS}/{request}/confirm", {"code": code.group()}).json["access_token"]
    return product.anyone.as_("enterprise", token)
