"""Inspectors at the gate of the town's enterprise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from services.chassis import clock
from services.chassis.codes import Code, Keyring, Kind, sign
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.inspection.orders import store
from services.inspection.orders.locks import lock_order
from tests.builders import pictures
from tests.builders.inspection import Staff, Town, a_principal

PHONE = "phone-of-the-first"


def inspector_of(staff: Staff, number: int = 0) -> Principal:
    return a_principal(
        Role.INSPECTOR,
        agency_id=staff.agency_id,
        inspector_id=staff.inspectors[number].inspector_id,
    )


def credential(town: Town, who: Principal) -> str:
    """The code on the screen of `who` right now."""
    answer = town.call("GET", "/credential-code?minutes=1", who)
    assert answer.status_code == 200, answer.json
    return answer.json["slots"][0]["token"]


def a_credential(town: Town, who: Principal, keyring: Keyring | None = None, **changes: Any) -> str:
    """A code as the service signs it, with `changes`."""
    given = {
        "kind": Kind.CREDENTIAL,
        "subject": who.inspector_id,
        "valid_from": clock.now(),
        "valid_until": clock.now() + timedelta(seconds=30),
    }
    folder = town.app.extensions["yicha.settings"].secrets_dir / "code-keys"
    return sign(Code(**given | changes), keyring or Keyring(folder))


def plate(town: Town) -> str:
    return town.enterprise.premises[0].short_code


def an_arrival(town: Town, order: dict[str, Any], *codes: str, **changes: Any) -> dict[str, Any]:
    given = {
        "order_id": order["order_id"],
        "premises_code": plate(town),
        "inspectors": list(codes),
        "device_time": clock.now().isoformat(),
        "device_id": PHONE,
        "latitude": 33.96,
        "longitude": 118.27,
        "accuracy": 10.0,
    }
    return given | changes


def arrives(
    town: Town,
    order: dict[str, Any],
    by: Principal | None = None,
    codes: tuple[str, ...] | None = None,
    key: str | None = None,
    **changes: Any,
) -> TestResponse:
    """The first inspector's phone, having scanned the second's code, unless told otherwise."""
    by = by or inspector_of(town.safety)
    if codes is None:
        codes = (a_credential(town, inspector_of(town.safety, 1)),)
    return town.call("POST", "/entries", by, key=key, json=an_arrival(town, order, *codes, **changes))


def entered(town: Town, **changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """An issued order and the entry under it."""
    order = town.issued(**changes)
    answer = arrives(town, order)
    assert answer.status_code == 201, answer.json
    return order, answer.json


def copies(town: Town, order: dict[str, Any], count: int, **changes: Any) -> list[dict[str, Any]]:
    """The same issued order many times over, straight into the tables."""
    with town.pool.connection() as connection:
        model = lock_order(connection, UUID(order["order_id"]))
        content = store.content(connection, model)
        made = [replace(model, order_id=new_id(), **changes) for _ in range(count)]
        for copy in made:
            store.insert(connection, copy)
            store.save(connection, copy)
            store.add_content(connection, copy, content)
    return [order | {"order_id": str(copy.order_id)} for copy in made]


def adds(
    town: Town,
    order: dict[str, Any],
    content: bytes | None = None,
    by: Principal | None = None,
    key: str | None = None,
    **changes: Any,
) -> TestResponse:
    """A photo to the order's evidence."""
    content = pictures.a_jpeg() if content is None else content
    form = {
        "kind": "photo",
        "taken_at": clock.now().isoformat(),
        "sha256": sha256(content).hexdigest(),
        "file": (BytesIO(content), "photo.jpg"),
    }
    path = f"/orders/{order['order_id']}/evidence"
    return town.call("POST", path, by or inspector_of(town.safety), key=key, data=form | changes)
