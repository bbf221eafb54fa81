"""At the desk: who logs in, where they go, and that what they see is sound."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.rig.browser_axe import violations
from tests.rig.browser_product import Product
from tests.rig.browser_screens import Screens, overflow


def log_in(product: Product, page: Page, username: str) -> None:
    page.goto("/desk/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(product.passwords[username])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("navigation")).to_be_visible()


def go(page: Page, name: str) -> None:
    """That page is there when this returns, or the question whether the last one may be left; what it lists may still be
    on its way."""
    menu = page.get_by_role("navigation")
    folded = menu.get_by_role("button", expanded=False)
    if folded.is_visible():
        folded.click()
    menu.get_by_role("link", name=name, exact=True).click()
    arrived = menu.locator("a[aria-current=page]", has_text=re.compile(f"^{re.escape(name)}$"))
    asked = page.get_by_role("dialog")
    expect(arrived.or_(asked)).not_to_have_count(0)


def sound(screens: Screens, page: Page) -> None:
    """In Chinese and in English, when all that it asked for is there; a picture of it in Chinese is kept."""
    expect(page.get_by_role("status").filter(has_text="处理中")).to_have_count(0)
    assert overflow(page) <= 0
    assert not violations(page)
    screens.keep(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="中文")).to_be_visible()
    assert overflow(page) <= 0
    assert not violations(page)
    page.get_by_role("button", name="中文").click()
