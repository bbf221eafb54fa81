"""What waits for somebody at the desk, brought about over the API."""

from __future__ import annotations

from typing import Any

from tests.browser.joining import FIRST, Place, free_places, items_of, office
from tests.rig.browser_product import Product
from tour import orders, squares
from tour.acts.arrive import arrival
from tour.cast import Office


def urgent_visit(product: Product) -> tuple[Place, dict[str, Any]]:
    """突发: drafted by an inspector on the spot and entered; the head has not spoken yet (rule A6)."""
    first = office(product, FIRST)
    (place,) = free_places(product, (first,), 1)
    wanted = orders.wanted(first, place.enterprise_id, place.premises_id, items_of(first))
    urgent = {"trigger": "urgent", "clue": "举报单 2026-118：厂区冒烟", "ends_on": wanted["starts_on"]}
    phone = first.inspectors[0].caller
    order = phone.post(f"{orders.API}/orders", wanted | urgent).json
    phone.post(
        f"{orders.API}/entries", arrival(order["order_id"], _plate(product, place), _credentials(first))
    )
    return place, order


def _plate(product: Product, place: Place) -> str:
    printed = product.logged_in("registrar").caller.get(f"{orders.API}/premises/{place.premises_id}/code.png")
    return squares.decode(printed.content)


def _credentials(office: Office) -> list[str]:
    shown = [each.caller.get(f"{orders.API}/credential-code.png").content for each in office.inspectors]
    return [squares.code_in(squares.decode(picture)) for picture in shown]
