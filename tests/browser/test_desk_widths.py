"""Every page of the desk's menu on an upright tablet, in the language that takes more room."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desks import log_in
from tests.rig.browser_screens import DESK, overflow

pytestmark = pytest.mark.xdist_group("browser")
TABLET = {"width": 768, "height": 1024}
#: Whose menus together have every page.
WALKERS = ("coordinator", "clerk.emergency", "head.emergency", "registrar", "admin", "security", "auditor")


def test_no_page_of_the_desk_is_wider_than_a_tablet_in_english(product, screens):
    walked: set[str] = set()
    wrong: list[str] = []
    for username in WALKERS:
        tablet = screens.open(DESK, viewport=TABLET)
        log_in(product, tablet, username)
        tablet.get_by_role("button", name="English").click()
        for address in addresses(tablet) - walked:
            walked.add(address)
            open_page(tablet, address)
            wrong += [f"{address} is {overflow(tablet)} px too wide"] if overflow(tablet) > 0 else []
        tablet.goto("about:blank")
    assert not wrong
    assert len(walked) > 25, "the menus have fewer pages than the desk"


def addresses(page: Page) -> set[str]:
    page.get_by_role("navigation").get_by_role("button", expanded=False).click()
    links = page.get_by_role("navigation").get_by_role("link").all()
    found = {link.get_attribute("href") or "" for link in links}
    page.keyboard.press("Escape")
    return found


def open_page(page: Page, address: str) -> None:
    """All that it asked for is there; the live net goes on asking."""
    page.goto(f"/desk/{address}")
    expect(page.get_by_role("main").get_by_role("heading").first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Working")).to_have_count(0)
    if address == "#/net":
        expect(page.get_by_test_id("entries-today")).to_be_visible()
        expect(page.locator(".charts svg").first).to_be_visible()
