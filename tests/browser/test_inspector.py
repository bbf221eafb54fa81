"""The inspector's phone at a gate, with signal: who they are, entry, record, signature, result."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.camera import hold
from tests.browser.inspecting import (
    answer_all,
    assert_sound,
    enter,
    fill_in_entry,
    log_in,
    open_order,
    sign,
    take_photo,
)
from tests.browser.visits import IssuedVisit, entries_of, evidence_of, issued_visit
from tests.rig.browser_screens import PATIENCE_MS, PHONE, pictures_folder
from tour.orders import path_of
from tour.squares import code_in, decode, verify

pytestmark = pytest.mark.xdist_group("browser")
GREEN, RED = "rgb(20, 100, 60)", "rgb(143, 29, 29)"
CREDENTIAL = 2
COUNT_KEPT = """
new Promise(answer => {
  indexedDB.open('yicha-inspector').onsuccess = ({target: {result: kept}}) => {
    const count = kept.transaction('visits').objectStore('visits').count();
    count.onsuccess = () => { kept.close(); answer(count.result) };
  };
})
"""


@pytest.fixture
def visit(product) -> IssuedVisit:
    return issued_visit(product)


def test_shows_who_they_are_scans_in_and_records(product, visit, screens, phone):
    phone.goto("/inspector/")
    expect(phone.get_by_label("账号")).to_be_visible()
    screens.keep(phone)
    arrive(product, phone, visit)
    card = phone.get_by_role("link", name=visit.order["enterprise"]["name"])
    expect(card).to_contain_text("下一步：到门口扫码")
    assert_sound(phone)
    screens.keep(phone)
    shows_a_genuine_credential(product, screens, phone)
    open_order(phone, visit)
    expect(phone.get_by_role("img", name="检查码")).to_be_visible()
    expect(phone.get_by_text(visit.order["items"][0]["legal_basis"]).first).to_be_visible()
    assert_sound(phone)
    screens.keep(phone)

    fill_in_entry(phone, visit)
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.locator(".verdict h1")).to_have_text("✓ 可以入企")
    expect(phone.locator(".verdict")).to_contain_text(visit.order["enterprise"]["name"])
    assert phone.locator(".verdict").evaluate("it => getComputedStyle(it).backgroundColor") == GREEN
    assert_sound(phone)
    screens.keep(phone)
    entry = only_entry(product, visit)
    assert entry["online"] is True
    assert entry["people"] == 2

    record(screens, phone)
    assert visit.office.head.caller.get(path_of(visit.order)).json["state"] == "recorded"
    assert [each["kind"] for each in evidence_of(product, visit.order_id)] == ["photo", "signature"]
    leave_and_tell(screens, phone, visit)


def test_refusing_to_sign_is_recorded_with_a_witness(product, visit, screens, phone):
    phone.on("dialog", lambda dialog: dialog.accept())
    arrive(product, phone, visit)
    open_order(phone, visit)
    enter(phone, visit)
    phone.get_by_role("link", name="填写检查笔录").tap()
    expect(phone.get_by_role("button", name="有问题")).to_be_visible()
    leave_all_open(phone)
    expect(phone.get_by_text("所有题目答完后才能提交")).to_be_visible()
    screens.keep(phone)
    phone.get_by_role("button", name="去答第 1 题").tap()
    expect(phone.get_by_text("第 1 题，共")).to_be_visible()
    answer_all(phone)
    shows_what_is_signed(screens, phone)
    expect(phone.get_by_text("签字人在框内签名后才能提交")).to_be_visible()
    sign(phone)
    phone.get_by_role("button", name="撤回一笔").tap()
    phone.get_by_role("button", name="重签").tap()
    expect(phone.get_by_role("button", name="提交笔录")).to_be_disabled()
    phone.get_by_label("拒绝签字").check()
    phone.get_by_label("拒签原因").fill("对第二项有异议")
    phone.get_by_label("见证人").fill("李见证")
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_role("button", name="提交笔录").tap()
    expect(phone.get_by_text("笔录已上报")).to_be_visible()
    told = visit.office.head.caller.get(f"{path_of(visit.order)}/record").json
    assert (told["refusal_reason"], told["witness"], told["signed_by"]) == ("对第二项有异议", "李见证", None)
    assert evidence_of(product, visit.order_id) == []


def test_a_refusal_fills_the_screen_red_and_stays_until_dismissed(product, visit, new_context):
    phone = new_context(**PHONE).new_page()  # without the guard: the browser itself logs the 409 as an error
    phone.on("dialog", lambda dialog: dialog.accept())
    arrive(product, phone, visit)
    open_order(phone, visit)
    phone.get_by_role("link", name="扫码入企").tap()
    phone.get_by_label("企业码或短码").fill(visit.plate)
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.locator(".verdict h1")).to_have_text("✗ 不能入企")
    assert phone.locator(".verdict").evaluate("it => getComputedStyle(it).backgroundColor") == RED
    expect(phone.locator(".verdict .wayout").first).to_contain_text("怎么办")
    assert_sound(phone)
    phone.screenshot(path=pictures_folder() / "inspector-refused.png", full_page=True)

    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    expect(phone.locator("section .badge")).to_have_text("没有被接受")
    assert_sound(phone)
    phone.screenshot(path=pictures_folder() / "inspector-queue-refused.png", full_page=True)
    phone.get_by_role("link", name="去检查单处理").tap()
    expect(phone.get_by_role("heading", level=1, name=visit.order["enterprise"]["name"])).to_be_visible()
    phone.go_back()
    phone.reload()
    phone.get_by_role("button", name="知道了，移除").tap()
    expect(phone.get_by_text("没有等待上报的事项。")).to_be_visible()

    phone.get_by_role("button", name="退出登录").tap()
    expect(phone.get_by_label("账号")).to_be_visible()
    assert phone.evaluate(COUNT_KEPT) == 0


def test_every_screen_speaks_english(product, visit, screens):
    phone = screens.open(
        PHONE, geolocation={"latitude": 33.96, "longitude": 118.28}, permissions=["geolocation"]
    )
    arrive(product, phone, visit)
    expect(phone.get_by_text("公里").or_(phone.get_by_text("距离不明")).first).to_be_visible()
    screens.keep(phone)
    phone.get_by_role("button", name="English").tap()
    order = f"/orders/{visit.order_id}"
    for path, title in {
        "/": "Today",
        "/search": "Search",
        "/urgent": "Urgent visit",
        "/credential": visit.office.inspectors[0].account["name"],
        "/password": "Change password",
        "/queue": "To send",
        order: visit.order["enterprise"]["name"],
        f"{order}/entry": "Scan and enter",
        f"{order}/record": "Record",
    }.items():
        phone.goto(f"/inspector/#{path}")
        expect(phone.get_by_role("heading", level=1)).to_contain_text(title)
        assert_sound(phone)
        assert phone.locator("html").get_attribute("lang") == "en"
        assert chinese_on_what_is_pressed(phone) == []
        screens.keep(phone)


def chinese_on_what_is_pressed(phone: Page) -> list[str]:
    """Names, addresses and questions stay as they are; our own words do not."""
    words = phone.locator("button, .button, nav.bar a, label, legend").all_inner_texts()
    return [each for each in words if re.search(r"[\u4e00-\u9fff]", each) and each != "中文"]


def arrive(product, phone: Page, visit: IssuedVisit) -> None:
    hold(phone, visit.colleague_picture())
    log_in(product, phone, visit.inspector)
    expect(phone.get_by_text(visit.order["enterprise"]["name"])).to_be_visible()


def shows_a_genuine_credential(product, screens, phone: Page) -> None:
    phone.get_by_role("link", name="亮证").tap()
    expect(phone.get_by_role("img", name="亮证")).to_be_visible()
    read = scanned(phone)
    keys = product.anyone.get("/api/inspection/v1/code-keys").json["keys"]
    assert verify(read, keys).kind == CREDENTIAL
    while not (check := product.anyone.get(f"/api/inspection/v1/codes/{read}").json)["valid"]:
        assert "过期" in check["text"]["zh"]  # it was its last second
        read = scanned(phone)
    assert_sound(phone)
    screens.keep(phone)


def scanned(phone: Page) -> str:
    """Looked at again like with any scanner: a square that is just being replaced may be blank for a moment."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while True:
        try:
            return code_in(decode(phone.screenshot()))
        except ValueError:
            assert time.monotonic() < deadline
            phone.wait_for_timeout(200)


def record(screens, phone: Page) -> None:
    phone.get_by_role("link", name="填写检查笔录").tap()
    expect(phone.get_by_role("button", name="有问题")).to_be_visible()
    phone.get_by_role("button", name="有问题").tap()
    phone.get_by_label("情况说明").fill("灭火器压力不足")
    take_photo(phone, 1)
    expect(phone.get_by_text("✓ 已上报")).to_be_visible()
    assert_sound(phone)
    screens.keep(phone)
    answer_all(phone)
    sign(phone)
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_role("button", name="提交笔录").tap()
    expect(phone.get_by_text("笔录已上报")).to_be_visible()
    assert_sound(phone)
    screens.keep(phone)


def leave_and_tell(screens, phone: Page, visit: IssuedVisit) -> None:
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("link", name="返回检查单").tap()
    held = list[bool]()

    def look(route: Route) -> None:
        held.append(phone.get_by_role("button", name="告知结果").is_disabled())
        route.continue_()

    phone.context.route("**/leave", look)
    phone.get_by_role("button", name="登记离开").tap()
    expect(phone.get_by_role("status").filter(has_text="已登记离开")).to_be_visible()
    expect(phone.get_by_role("button", name="登记离开")).to_be_hidden()
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_label("结果").select_option("no_problem")
    phone.get_by_role("button", name="告知结果").tap()
    assert held == [True]
    expect(phone.get_by_role("heading", name="今日检查")).to_be_visible()
    expect(phone.get_by_role("status").filter(has_text="检查结果已告知企业")).to_be_visible()
    expect(phone.get_by_role("link", name=visit.order["enterprise"]["name"])).to_have_count(0)
    order = visit.office.head.caller.get(path_of(visit.order)).json
    assert order["result"] == "no_problem"


def shows_what_is_signed(screens, phone: Page) -> None:
    """Every problem with its note, beside the glass; the inspector can still change it there."""
    summary = phone.locator("section", has=phone.get_by_role("heading", name="请企业核对检查情况"))
    expect(summary).to_contain_text("没有发现问题")
    phone.get_by_role("button", name="上一题").tap()
    phone.get_by_role("button", name="有问题").tap()
    phone.get_by_label("情况说明").fill("灭火器压力不足")
    phone.get_by_role("button", name="企业陈述与签字").tap()
    expect(summary.get_by_role("listitem")).to_contain_text("灭火器压力不足")
    expect(summary).to_contain_text("有问题 1")
    assert_sound(phone)
    screens.keep(phone)
    summary.get_by_role("button", name="修改第").tap()
    expect(phone.get_by_label("情况说明")).to_have_value("灭火器压力不足")
    phone.get_by_role("button", name="企业陈述与签字").tap()
    expect(summary).to_be_visible()


def leave_all_open(phone: Page) -> None:
    place = phone.get_by_role("progressbar")
    last = int(place.get_attribute("max") or 0)
    for number in range(1, last + 1):
        expect(place).to_have_attribute("value", str(number))
        phone.get_by_role("button", name="企业陈述与签字" if number == last else "下一题").tap()


def only_entry(product, visit: IssuedVisit) -> dict:
    (entry,) = entries_of(product, visit.order_id)
    return entry
