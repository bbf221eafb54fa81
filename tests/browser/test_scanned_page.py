"""What a phone shows that scanned a code: every verdict, readable on the cheapest of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scenes import Scenes, spoiled
from tests.rig.browser_axe import violations
from tests.rig.browser_screens import PHONE, enlarge_text, overflow

pytestmark = pytest.mark.xdist_group("browser")
MINUTE = timedelta(minutes=1)
SMALLEST_TEXT = 15
GOOD, BAD = "rgb(20, 100, 60)", "rgb(143, 29, 29)"

JUDGED = {"issued", "late", "credential", "plate", "forged"}  # one page of each kind: axe takes seconds
# state → the code, what the verdict says, what to do at the door
VALID: dict[str, tuple[Callable[[Scenes], str], str]] = {
    "issued": (lambda scenes: scenes.order_code(), "请他们亮证"),
    "entered": (lambda scenes: scenes.order_code("entered"), "到场登记"),
    "credential": (lambda scenes: scenes.credential_code(), "与本人"),
    "plate": (lambda scenes: scenes.plate_code(), "不是检查的凭据"),
}
NOT_VALID: dict[str, tuple[Callable[[Scenes], str], str, str]] = {
    "early": (lambda scenes: scenes.order_code(starts=2, ends=5), "此码尚未生效", "可以拒绝"),
    "late": (lambda scenes: scenes.order_code(starts=-9, ends=-4), "此码已过期", "可以拒绝"),
    "expired": (lambda scenes: scenes.order_code("expired", -9, -4), "检查单已过期", "可以拒绝"),
    "over": (lambda scenes: scenes.order_code("closed"), "这次检查已经结束", "可以拒绝"),
    "cancelled": (lambda scenes: scenes.order_code("cancelled"), "检查单已被撤销", "可以拒绝"),
    "absorbed": (lambda scenes: scenes.order_code("absorbed"), "已并入另一张检查单", "合并后的检查单"),
    "forged": (lambda scenes: spoiled(scenes.order_code()), "伪造或被改动", "不要凭此码接受检查"),
    "unknown-key": (lambda scenes: scenes.code_of_another_key(), "密钥未公布", "不要凭此码接受检查"),
    "truncated": (lambda scenes: scenes.order_code()[:120], "码不完整", "重新扫描整个二维码"),
    "nonsense": (lambda scenes: "P333333333", "这不是一查的码", "不要凭此码接受检查"),
    "picture": (lambda scenes: scenes.credential_code(5 * MINUTE, MINUTE), "此码已过期", "截图和照片无效"),
}


@pytest.fixture(scope="module")
def scenes(product) -> Scenes:
    return Scenes(product)


@pytest.mark.parametrize("state", VALID)
def test_a_good_code_is_green_says_so_and_what_to_do(scenes, phone, state):
    code, advice = VALID[state]
    phone.goto(f"/Q/{code(scenes)}")
    assert phone.locator("h1").inner_text() == "✓ 真实有效"
    assert phone.locator("header").evaluate("it => getComputedStyle(it).backgroundColor") == GOOD
    assert advice in phone.inner_text("main")
    assert_readable(phone)
    assert state not in JUDGED or violations(phone) == []


@pytest.mark.parametrize("state", NOT_VALID)
def test_a_bad_code_is_red_says_why_and_what_to_do(scenes, phone, state):
    code, why, advice = NOT_VALID[state]
    phone.goto(f"/Q/{code(scenes)}")
    assert phone.locator("h1").inner_text() == "✗ 无效"
    assert phone.locator("header").evaluate("it => getComputedStyle(it).backgroundColor") == BAD
    assert why in phone.inner_text("header")
    assert advice in phone.inner_text(".advice")
    assert phone.get_by_role("link", name="12345").get_attribute("href") == "tel:12345"
    assert_readable(phone)
    assert state not in JUDGED or violations(phone) == []


def test_the_judge_of_pages_would_notice(phone):
    phone.goto("/Q/P333333333")
    phone.evaluate("document.querySelector('.advice').style.color = '#bbb'")
    assert any(each.startswith("color-contrast") for each in violations(phone))


def test_an_order_tells_who_comes_for_what_under_which_law_when_and_how_often(scenes, phone):
    order = scenes.order()
    phone.goto(f"/Q/{scenes.code_of(order)}")
    told = scenes.product.logged_in("coordinator").caller.get(f"/api/inspection/v1/orders/{order}").json
    text = phone.inner_text("main")
    assert [item["name"] in text for item in told["items"]] == [True] * len(told["items"])
    for what in (
        "企业",
        "检查机关",
        "检查期限",
        "检查事由",
        "证号",
        "依据",
        "本企业已接受检查",
        "五个严禁、八个不得",
    ):
        assert what in text
    assert phone.locator("section ol").last.locator("li").count() == 8


def test_twice_as_large_text_still_fits(scenes, phone):
    phone.goto(f"/Q/{scenes.order_code()}")
    enlarge_text(phone, 2)
    assert phone.locator("h1").evaluate("it => parseFloat(getComputedStyle(it).fontSize)") == 64
    assert overflow(phone) <= 0


def test_it_needs_no_script_and_a_single_request(scenes, screens):
    phone = screens.open(PHONE, java_script_enabled=False)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    answer = phone.goto(f"/Q/{scenes.order_code()}")
    assert answer is not None
    assert len(answer.body()) < 12_000
    assert len(asked) == 1
    assert phone.locator("h1").inner_text() == "✓ 真实有效"


def test_the_link_turns_it_to_english_and_back(scenes, screens, phone):
    phone.goto(f"/Q/{scenes.order_code()}")
    assert phone.locator("html").get_attribute("lang") == "zh-CN"
    screens.keep(phone)
    phone.get_by_role("link", name="English").tap()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    assert phone.locator("h1").inner_text() == "✓ Genuine and valid"
    assert "Only these items may be inspected" in phone.inner_text("main")
    assert_readable(phone)
    assert violations(phone) == []
    screens.keep(phone)
    phone.get_by_role("link", name="中文").tap()
    expect(phone.locator("h1")).to_have_text("✓ 真实有效")


@pytest.mark.parametrize(("locale", "language"), [("en-US", "en"), ("zh-CN", "zh-CN"), ("fr-FR", "zh-CN")])
def test_it_opens_in_the_language_of_the_phone(screens, locale, language):
    phone = screens.open(PHONE, locale=locale)
    phone.goto("/Q/P333333333")
    assert phone.locator("html").get_attribute("lang") == language


def assert_readable(phone: Page) -> None:
    """On a screen of 320 pixels as well."""
    assert overflow(phone) <= 0
    phone.set_viewport_size({"width": 320, "height": 640})
    assert overflow(phone) <= 0
    assert smallest_text(phone) >= SMALLEST_TEXT
    phone.set_viewport_size(PHONE["viewport"])


def smallest_text(page: Page) -> float:
    return page.evaluate(
        """() => {
            const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), sizes = []
            while (words.nextNode())
                if (words.currentNode.data.trim())
                    sizes.push(parseFloat(getComputedStyle(words.currentNode.parentElement).fontSize))
            return Math.min(...sizes)
        }"""
    )
