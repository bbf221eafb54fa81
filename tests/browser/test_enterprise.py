"""The enterprise at its own gate: is the code genuine, how to refuse, how to rate and complain. No app, no account."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.enterprises import assert_pleasant, problem_words
from tests.browser.scenes import Scenes, spoiled
from tests.rig.browser_screens import PHONE

pytestmark = pytest.mark.xdist_group("browser")
BUDGET_BYTES = 100 * 1024
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}


@pytest.fixture(scope="module")
def scenes(product) -> Scenes:
    return Scenes(product)


def test_the_phone_itself_finds_a_code_genuine_or_forged(scenes, phone):
    code = scenes.order_code()
    phone.goto(f"/Q/{code}")
    expect(phone.locator("#on-this-phone")).to_contain_text("签名真实")
    phone.goto(f"/Q/{spoiled(code)}")
    expect(phone.locator("#on-this-phone")).to_contain_text("签名不符")
    phone.goto(f"/Q/{scenes.code_of_another_key()}")
    expect(phone.locator("#on-this-phone")).to_contain_text("未公布")


def test_a_phone_without_that_cryptography_checks_with_the_library(scenes, screens):
    phone = screens.open(PHONE)
    phone.add_init_script("crypto.subtle.importKey = () => Promise.reject(new Error('no Ed25519'))")
    code = scenes.order_code()
    phone.goto(f"/Q/{code}")
    expect(phone.locator("#on-this-phone")).to_contain_text("签名真实")
    phone.goto(f"/Q/{spoiled(code)}")
    expect(phone.locator("#on-this-phone")).to_contain_text("签名不符")


def test_it_refuses_on_a_ground_and_keeps_the_receipt(scenes, screens, phone):
    phone.goto(f"/Q/{scenes.order_code()}")
    begin, waited = phone.get_by_role("button", name="依法拒绝检查"), list[bool]()

    def look(route: Route) -> None:
        waited.append(begin.is_disabled())
        route.continue_()

    phone.route("**/refusal-grounds", look)
    begin.tap()
    phone.get_by_label("来人未出示有效执法证件").check()
    assert waited == [True]
    phone.get_by_label("补充说明").fill("只来了一个人，没有亮证")
    screens.keep(phone)
    assert_pleasant(phone)
    phone.get_by_role("button", name="确认拒绝").tap()
    expect(phone.get_by_role("status").filter(has_text="已登记拒绝")).to_be_visible()
    screens.keep(phone)
    phone.get_by_role("link", name="打开回执").tap()
    expect(phone.locator("body")).to_contain_text("来人未出示有效执法证件")
    expect(phone.locator("body")).to_contain_text("只来了一个人，没有亮证")


def test_it_confirms_that_the_notice_was_read_and_keeps_its_rights(scenes, screens, phone):
    code = scenes.order_code()
    phone.goto(f"/Q/{code}")
    confirm = phone.get_by_role("button", name="确认收到检查通知")
    expect(confirm).to_be_visible()
    screens.keep(phone)
    assert_pleasant(phone)
    confirm.tap()
    expect(phone.get_by_role("status").filter(has_text="已确认收到通知")).to_be_visible()
    expect(phone.get_by_role("button", name="依法拒绝检查")).to_be_visible()
    expect(phone.get_by_role("link", name="拨打 12345 投诉或建议")).to_have_attribute("href", "tel:12345")
    screens.keep(phone)
    phone.goto(f"/Q/{code}")
    expect(phone.locator("main")).to_contain_text("通知送达")
    expect(confirm).to_have_count(0)
    assert_pleasant(phone)


def test_an_order_is_looked_up_by_its_short_code_when_no_square_can_be_scanned(scenes, screens, phone):
    order = scenes.order()
    caller = scenes.product.logged_in("coordinator").caller
    typed = caller.get(f"/api/inspection/v1/orders/{order}/code").json["short_code"]
    slipped = typed[:-1] + ("2" if typed[-1] != "2" else "3")
    phone.goto("/enterprise/")
    phone.get_by_text("扫不了检查码").tap()
    phone.get_by_label("检查单号").fill(slipped)
    phone.get_by_role("button", name="核对", exact=True).tap()
    expect(phone.get_by_role("alert")).to_contain_text("检查单号不对")
    screens.keep(phone)
    assert_pleasant(phone)
    phone.get_by_label("检查单号").fill(f" {typed.lower()} ")
    phone.get_by_role("button", name="核对", exact=True).tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("✓ 真实有效")
    expect(phone.get_by_role("button", name="确认收到检查通知")).to_be_visible()


def test_it_refuses_from_its_own_plate_when_no_code_is_shown(scenes, phone):
    phone.goto(f"/Q/{scenes.plate_code()}")
    phone.get_by_role("button", name="不出示检查码").tap()
    expect(phone.get_by_role("link", name="打开回执")).to_be_visible()


def test_without_signal_nothing_is_said_to_be_registered(scenes, screens, product):
    phone = screens.open(PHONE)
    phone.goto(f"/Q/{scenes.order_code()}")
    phone.get_by_role("button", name="依法拒绝检查").tap()
    phone.get_by_label("少于两人").check()
    refusal = re.compile(r"/refusal$")
    phone.route(refusal, lambda route: route.fulfill(status=503, json={"zh": problem_words("服务暂不可用")}))
    phone.get_by_role("button", name="确认拒绝").tap()
    expect(phone.get_by_role("alert")).to_contain_text("服务暂不可用")
    phone.unroute(refusal)
    phone.get_by_role("button", name="确认拒绝").tap()
    expect(phone.get_by_role("link", name="打开回执")).to_be_visible()
    screens.forgive(503)


def test_large_type_and_english_stay_chosen(scenes, phone):
    code = scenes.order_code()
    phone.goto(f"/Q/{code}")
    phone.get_by_role("link", name="长辈版").tap()
    expect(phone.locator("html")).to_have_class("large")
    assert phone.locator("h1").evaluate("it => parseFloat(getComputedStyle(it).fontSize)") > 40
    assert_pleasant(phone)
    phone.goto(f"/Q/{code}")
    expect(phone.locator("html")).to_have_class("large")
    phone.goto("/enterprise/")
    expect(phone.locator("html")).to_have_class("large")
    phone.get_by_role("button", name="English").tap()
    expect(phone.get_by_role("heading")).to_have_text("Enter your enterprise's page")
    assert_pleasant(phone)


@pytest.mark.parametrize("path", ["/enterprise/", "code"])
def test_the_first_view_fits_a_slow_phone(scenes, screens, path):
    phone = screens.open(PHONE)
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    phone.goto(f"/Q/{scenes.order_code()}" if path == "code" else path, wait_until="networkidle")
    painted = phone.evaluate(
        """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
            .observe({ type: "largest-contentful-paint", buffered: true }))"""
    )
    print(
        f"{path}: {sum(sizes) / 1024:.0f} KB in {len(sizes)} requests, largest paint after {painted:.0f} ms"
    )
    assert 0 < sum(sizes) <= BUDGET_BYTES
