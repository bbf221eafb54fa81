"""Squares as they stand on a screen, read from a picture of it by a decoder that is not the product's."""

from __future__ import annotations

from base64 import b64encode

import pytest
from playwright.sync_api import Page

from tests.browser.scenes import INSPECTION, Scenes
from tests.rig.browser_screens import DESK, PHONE
from tour.squares import decode

pytestmark = pytest.mark.xdist_group("browser")
PATHS = {
    "order": ("coordinator", lambda scenes: f"/orders/{scenes.order()}/code.png"),
    "credential": ("inspector.emergency.1", lambda scenes: "/credential-code.png"),
    "plate": ("registrar", lambda scenes: f"/premises/{scenes.premises_id()}/code.png"),
}


@pytest.fixture(scope="module")
def scenes(product) -> Scenes:
    return Scenes(product)


@pytest.mark.parametrize("kind", PATHS)
def test_a_square_on_a_screen_is_read_at_the_sizes_screens_show_it(product, scenes, screens, kind):
    username, path = PATHS[kind]
    picture = product.logged_in(username).caller.get(INSPECTION + path(scenes)).content
    link = decode(picture)
    for page in (screens.open(PHONE), screens.open(DESK)):
        for pixels in (200, 230, 260):
            show(page, picture, pixels)
            assert decode(page.screenshot()) == link
        screens.keep(page)
    assert link.startswith(f"{product.url.upper()}/Q/")
    page.goto(link)
    assert page.locator("h1").inner_text() == "✓ 真实有效"


def show(page: Page, picture: bytes, pixels: int) -> None:
    page.set_content(
        '<!doctype html><title>square</title><meta name="viewport" content="width=device-width">'
        f'<img width="{pixels}" src="data:image/png;base64,{b64encode(picture).decode()}">'
    )
    page.locator("img").evaluate("image => image.decode()")
