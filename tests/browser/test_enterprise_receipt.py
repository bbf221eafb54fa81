"""A receipt on the enterprise's own phone: is it genuine, does the page say what was signed, and how to keep it."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.scenes import INSPECTION, Scenes
from tests.rig.browser_axe import violations
from tests.rig.browser_screens import PHONE, overflow

pytestmark = pytest.mark.xdist_group("browser")
MANY = 30
A4_AT_96_DPI = {"width": 794, "height": 1123}


@pytest.fixture(scope="module")
def scenes(product) -> Scenes:
    return Scenes(product)


@pytest.fixture(scope="module")
def receipt(scenes) -> str:
    """Of a refusal with words of its own."""
    return refusal(scenes, "a-receipt-to-look-at")


def refusal(scenes: Scenes, key: str) -> str:
    answer = httpx.post(
        f"{scenes.product.url}{INSPECTION}/codes/{scenes.order_code()}/refusal",
        json={"ground": "no_credential", "words": "只来了一个人，\r\n没有亮证"},
        headers={"Idempotency-Key": key},
    )
    assert answer.status_code == 201, answer.text
    return f"{INSPECTION}/receipts/{answer.json()['receipt_id']}"


@pytest.fixture(scope="module")
def supplemented(product, receipt) -> str:
    """The same, with a photo added since."""
    Scenes(product).supplement(UUID(receipt.rsplit("/", 1)[1]))
    return receipt


def test_what_was_added_since_is_checked_by_its_own_signature(supplemented, screens, phone):
    phone.goto(supplemented)
    expect(found(phone)).to_contain_text("核验通过")
    expect(phone.locator("[data-sheet] p")).to_contain_text("核验通过")
    screens.keep(phone)
    assert overflow(phone) <= 0
    assert violations(phone) == []


def test_an_altered_supplement_is_told_from_a_good_receipt(product, supplemented, phone):
    page = served(product, supplemented, r'(data-said="evidence.sha256">)[0-9a-f]{4}', r"\1beef")
    phone.route(f"**{supplemented}", lambda route: route.fulfill(body=page, content_type="text/html"))
    phone.goto(supplemented)
    expect(phone.locator("[data-sheet].wrong")).to_contain_text("页面所示与签名内容不一致")
    expect(found(phone)).to_contain_text("核验通过")


def test_many_supplements_are_summed_up_and_a_wrong_one_among_them_is_found(product, scenes, screens, phone):
    receipt = refusal(scenes, "a-receipt-with-many-supplements")
    for _ in range(MANY):
        scenes.supplement(UUID(receipt.rsplit("/", 1)[1]))
    phone.goto(receipt)
    expect(phone.get_by_role("status").filter(has_text=f"共 {MANY} 件，全部核验通过")).to_be_visible()
    assert overflow(phone) <= 0
    assert violations(phone) == []
    screens.keep(phone)

    once = r'(data-said="evidence.sha256">)[0-9a-f]{4}'
    page = re.sub(
        once, r"\1beef", httpx.get(product.url + receipt, headers={"Accept": "text/html"}).text, count=1
    )
    phone.route(f"**{receipt}", lambda route: route.fulfill(body=page, content_type="text/html"))
    phone.goto(receipt)
    expect(
        phone.get_by_role("status").filter(has_text=f"共 {MANY} 件，其中 1 件没有通过核验")
    ).to_be_visible()
    expect(phone.locator("[data-sheet].wrong")).to_have_count(1)
    assert violations(phone) == []


def test_large_type_that_was_chosen_holds_for_a_receipt_too(receipt, screens, phone):
    phone.goto("/enterprise/")
    phone.get_by_role("button", name="长辈版").tap()
    phone.goto(receipt)
    expect(phone.locator("html.large")).to_have_count(1)
    assert phone.locator("body").evaluate("it => parseFloat(getComputedStyle(it).fontSize)") > 20
    assert overflow(phone) <= 0
    assert violations(phone) == []
    screens.keep(phone)


def found(phone: Page):
    return phone.locator("#on-this-phone")


def served(product, receipt: str, pattern: str, instead: str) -> str:
    """The page as somebody would have altered it."""
    page = httpx.get(product.url + receipt, headers={"Accept": "text/html"}).text
    altered, times = re.subn(pattern, instead, page)
    assert times == 1
    return altered


def test_the_phone_finds_it_genuine(receipt, screens, phone):
    phone.goto(receipt)
    expect(found(phone)).to_contain_text("核验通过")
    screens.keep(phone)
    assert overflow(phone) <= 0
    assert violations(phone) == []


def test_a_phone_without_that_cryptography_checks_it_with_the_library(receipt, screens):
    phone = screens.open(PHONE)
    phone.add_init_script("crypto.subtle.importKey = () => Promise.reject(new Error('no Ed25519'))")
    phone.goto(receipt)
    expect(found(phone)).to_contain_text("核验通过")


@pytest.mark.parametrize(
    ("pattern", "instead", "said"),
    [
        (r'(<strong data-said="enterprise.name">)[^<]+', r"\1别家企业", "页面所示与签名内容不一致"),
        (r'(<time data-said="refused_at">)\d{4}', r"\g<1>1999", "页面所示与签名内容不一致"),
        (r'(<code id="token">[\w-]+\.[\w-]+\.)[\w-]{3}', r"\1AAA", "签名不符"),
        (r'(<code id="token">)[\w-]+', r"\1eyJhbGciOiJub25lIn0", "签名不符"),
    ],
)
def test_what_was_altered_is_found_out(product, receipt, phone, pattern, instead, said):
    page = served(product, receipt, pattern, instead)
    phone.route("**/receipts/*", lambda route: route.fulfill(body=page, content_type="text/html"))
    phone.goto(receipt)
    expect(found(phone)).to_contain_text(said)
    expect(found(phone)).to_contain_text("12345")
    assert_taken_back(phone)


def assert_taken_back(phone: Page) -> None:
    """Nothing the server said stays beside what the phone found."""
    expect(phone.locator("header")).not_to_have_class("good")
    expect(phone.locator("h1")).to_contain_text("✗")
    expect(phone.locator("header p").first).to_be_hidden()


def test_a_key_that_is_not_published_is_said_with_a_way_out(receipt, screens, phone):
    phone.route("**/code-keys", lambda route: route.fulfill(json={"keys": []}))
    phone.goto(receipt)
    expect(found(phone)).to_contain_text("密钥未公布或已撤回")
    expect(found(phone)).to_contain_text("12345")
    assert_taken_back(phone)
    screens.keep(phone)


def test_without_the_published_keys_it_says_what_to_do(receipt, screens, phone):
    phone.route("**/code-keys", lambda route: route.fulfill(status=503, json={}))
    phone.goto(receipt)
    expect(found(phone)).to_contain_text("联网后刷新")
    screens.forgive(503)


def test_it_is_saved_whole(receipt, phone):
    phone.goto(receipt)
    token = phone.locator("#token").text_content()
    assert token
    with phone.expect_download() as download:
        phone.get_by_role("button", name="保存到手机").tap()
    assert re.fullmatch(r"拒绝检查回执-[0-9a-f-]{36}\.html", download.value.suggested_filename)
    kept = Path(download.value.path()).read_text("utf-8")
    assert token in kept
    assert "没有亮证" in kept


def test_it_is_printed_on_one_sheet(receipt, screens):
    phone = screens.open(PHONE, viewport=A4_AT_96_DPI)
    phone.goto(receipt)
    expect(found(phone)).to_contain_text("核验通过")
    phone.evaluate("window.print = () => { document.title = 'printed' }")
    phone.get_by_role("button", name="打印").tap()
    expect(phone).to_have_title("printed")
    phone.emulate_media(media="print")
    expect(phone.get_by_role("button")).to_have_count(0)
    expect(phone.get_by_role("checkbox")).to_have_count(0)
    expect(phone.locator("#token")).to_be_visible()
    screens.keep(phone)
    assert len(re.findall(rb"/Type\s*/Page\b", phone.pdf(prefer_css_page_size=True))) == 1


def test_the_signed_text_is_unfolded_by_who_wants_it(supplemented, screens, phone):
    phone.goto(supplemented)
    expect(found(phone)).to_contain_text("核验通过")
    walls = phone.locator(".unfold ~ code")
    expect(walls).to_have_count(2)
    for wall in walls.all():
        expect(wall).to_be_hidden()
    for unfold in phone.get_by_label("显示签名文本").all():
        unfold.check()
    for wall in walls.all():
        expect(wall).to_be_visible()
    assert overflow(phone) <= 0
    assert violations(phone) == []
    screens.keep(phone)


def test_it_is_sent_on_by_the_phone_or_its_link_copied(receipt, screens):
    sharing, plain = screens.open(PHONE), screens.open(PHONE)
    sharing.add_init_script("navigator.share = async (given) => { document.title = given.url }")
    sharing.goto(receipt)
    sharing.get_by_role("button", name="转发").tap()
    expect(sharing).to_have_title(sharing.url)
    plain.add_init_script("delete Navigator.prototype.share")
    plain.goto(receipt)
    plain.context.grant_permissions(["clipboard-read", "clipboard-write"])
    plain.get_by_role("button", name="复制链接").tap()
    expect(plain.get_by_role("status").filter(has_text="链接已复制")).to_be_visible()
    assert plain.evaluate("navigator.clipboard.readText()") == plain.url
