"""What the service finds wrong with a field stands beside it at the desk, in the words of the form."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desks import go, log_in, sound
from tests.rig.browser_screens import DESK

pytestmark = pytest.mark.xdist_group("browser")
WRONG_CHECK_DIGIT = "91320000MA1AAAAAA0"


def at_desk(product, screens, username: str) -> Page:
    page = screens.open(DESK)
    log_in(product, page, username)
    return page


def refused(page: Page, field: Locator, word: str, said: re.Pattern[str]) -> None:
    """Named above the form, and beside its field for who sees it and for who hears it."""
    expect(page.get_by_role("alert").get_by_role("listitem").filter(has_text=f"{word}：")).to_have_text(said)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(said)


def test_a_wrong_field_is_named_beside_it(product, screens):
    page = at_desk(product, screens, "registrar")
    go(page, "企业")
    page.get_by_role("link", name="新登记").click()
    code = page.get_by_label(re.compile("^统一社会信用代码"))
    page.get_by_label("名称", exact=True).first.fill("宿迁新登记有限公司")
    page.get_by_label("区划代码", exact=True).first.fill("321391")
    code.fill(WRONG_CHECK_DIGIT)
    page.get_by_role("button", name="登记", exact=True).click()
    refused(page, code, "统一社会信用代码", re.compile("校验"))
    expect(page.get_by_role("alert")).not_to_contain_text("/uscc")
    sound(screens, page)
    screens.forgive(422)


def test_a_wrong_reason_is_named_where_the_plan_is_written(product, screens):
    page = at_desk(product, screens, "clerk.fire")
    go(page, "年度检查计划")
    page.get_by_role("link", name="修订", exact=True).click()
    note = page.get_by_role("textbox", name=re.compile("^(为什么修订|Why it is revised)"))
    note.fill("  ")
    page.get_by_role("button", name="保存草稿").click()
    refused(page, note, "为什么修订", re.compile("不能为空"))
    page.get_by_role("button", name="English").click()
    expect(note).to_have_accessible_description(re.compile("must not be blank"))
    expect(page.get_by_role("alert")).not_to_contain_text(re.compile("[\u4e00-\u9fff]"))
    screens.forgive(422)
