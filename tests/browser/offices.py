"""An office at its desk: logging in, both languages, and files that come down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.rig.browser_axe import violations
from tests.rig.browser_screens import DESK, Screens

AN_OFFICE: dict[str, Any] = DESK | {"viewport": {"width": 1280, "height": 800}}


def log_in(page: Page, username: str, password: str) -> None:
    page.goto("/desk/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_label("密码", exact=True)).to_be_hidden()


def at_work(product: Any, screens: Screens, username: str) -> Page:
    """At 1280 pixels, logged in."""
    page = screens.open(AN_OFFICE)
    log_in(page, username, product.passwords[username])
    expect(page.get_by_role("navigation")).to_be_visible()
    return page


def judged(page: Page, screens: Screens) -> None:
    """Readable by everybody in both languages, and kept as a picture."""
    expect(page.get_by_role("status").filter(has_text="处理中")).to_have_count(0)
    _readable(page)
    screens.keep(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="中文")).to_be_visible()
    _readable(page)
    page.get_by_role("button", name="中文").click()


def _readable(page: Page) -> None:
    assert not (found := violations(page)), "\n".join(found)


def downloaded(page: Page, deed: Callable[[], None]) -> bytes:
    with page.expect_download() as waiting:
        deed()
    return Path(waiting.value.path()).read_bytes()
