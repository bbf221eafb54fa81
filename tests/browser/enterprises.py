"""An enterprise at its own door, and what its pages have to be."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from tests.rig.browser_axe import violations
from tests.rig.browser_screens import overflow


def assert_pleasant(page: Page) -> None:
    assert overflow(page) <= 0
    assert violations(page) == []


def enter(phone: Page, product, uscc: str) -> None:
    phone.goto("/enterprise/")
    phone.get_by_label("统一社会信用代码").fill(uscc)
    phone.get_by_role("button", name="发送验证码").tap()
    expect(phone.get_by_label("六位验证码")).to_be_visible()  # only then has the message gone out
    phone.get_by_label("六位验证码").fill(text_message(product))
    phone.get_by_role("button", name="进入").tap()
    expect(phone.get_by_role("heading", name="本企业的检查")).to_be_visible()
    expect(phone.locator("section.card").first).to_be_visible()


def text_message(product) -> str:
    """The newest: the demo city's text messages arrive in a file."""
    log = product.folder.path / "sms.log"
    found = re.search(r"\d{6}", json.loads(log.read_text("utf-8").splitlines()[-1])["text"])
    assert found
    return found.group()


def problem_words(title: str) -> dict[str, str]:
    return {"title": title, "detail": "", "remedy": ""}
