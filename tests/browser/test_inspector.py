"""The inspector's phone at a gate: with signal, without it, and what is said to have been sent."""

from __future__ import annotations

from base64 import b64encode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import IssuedVisit, entries_of, issued_visit
from tests.rig.browser_axe import violations
from tests.rig.browser_screens import PHONE, overflow, pictures_folder
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
# A camera before which a picture is held: the page reads its pixels as it would a real one's.
CAMERA = """
navigator.mediaDevices.getUserMedia = async () => {
  const image = new Image(); image.src = `data:image/png;base64,${window.held}`; await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), {width: 640, height: 640});
  const draw = () => { const it = canvas.getContext('2d'); it.fillStyle = '#fff'; it.fillRect(0, 0, 640, 640);
    it.imageSmoothingEnabled = false; it.drawImage(image, 70, 70, 500, 500) };
  draw(); setInterval(draw, 100);
  return canvas.captureStream(10);
};
"""


@pytest.fixture
def visit(product) -> IssuedVisit:
    return issued_visit(product)


def test_shows_who_they_are_scans_in_and_records(product, visit, screens, phone):
    log_in(product, phone, visit)
    assert_sound(phone)
    screens.keep(phone)
    shows_a_genuine_credential(product, screens, phone)
    open_order(phone, visit)
    expect(phone.get_by_role("img", name="检查码")).to_be_visible()
    assert_sound(phone)
    screens.keep(phone)

    fill_in_entry(phone, visit)
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.locator(".verdict h1")).to_have_text("✓ 可以入企")
    assert phone.locator(".verdict").evaluate("it => getComputedStyle(it).backgroundColor") == GREEN
    assert_sound(phone)
    screens.keep(phone)
    entry = only_entry(product, visit)
    assert entry["online"] is True
    assert entry["people"] == 2

    record(screens, phone)
    assert visit.office.head.caller.get(path_of(visit.order)).json["state"] == "recorded"


def test_without_signal_it_waits_survives_a_reload_and_goes_out_once(product, visit, screens, phone):
    log_in(product, phone, visit)
    phone.evaluate("navigator.serviceWorker.ready.then(() => true)")
    open_order(phone, visit)
    expect(phone.get_by_role("img", name="检查码")).to_be_visible()
    phone.get_by_role("link", name="今日检查").tap()
    expect(phone.get_by_role("button", name="刷新")).to_be_enabled()

    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text("当前没有网络信号")).to_be_visible()
    screens.keep(phone)
    open_order(phone, visit)
    fill_in_entry(phone, visit)
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.locator(".verdict h1")).to_have_text("已保存在本机，尚未上报")
    assert_sound(phone)
    screens.keep(phone)
    phone.reload()
    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    expect(phone.locator("section .badge")).to_have_text("等待上报")
    assert_sound(phone)
    screens.keep(phone)
    assert entries_of(product, visit.order_id) == []

    phone.context.set_offline(False)
    expect(phone.get_by_text("没有等待上报的事项。")).to_be_visible()
    entry = only_entry(product, visit)
    assert entry["online"] is False
    assert entry["offline_reason"] == "现场没有网络信号"
    phone.reload()
    expect(phone.get_by_text("没有等待上报的事项。")).to_be_visible()
    only_entry(product, visit)


def test_a_refusal_fills_the_screen_red_and_stays_until_dismissed(product, visit, new_context):
    phone = new_context(**PHONE).new_page()  # without the guard: the browser itself logs the 409 as an error
    phone.on("dialog", lambda dialog: dialog.accept())
    log_in(product, phone, visit)
    open_order(phone, visit)
    phone.get_by_role("link", name="扫码入企").tap()
    phone.get_by_label("企业码或短码").fill(visit.plate)
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.locator(".verdict h1")).to_have_text("✗ 不能入企")
    assert phone.locator(".verdict").evaluate("it => getComputedStyle(it).backgroundColor") == RED
    assert_sound(phone)
    phone.screenshot(path=pictures_folder() / "inspector-refused.png", full_page=True)

    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    expect(phone.locator("section .badge")).to_have_text("没有被接受")
    assert_sound(phone)
    phone.screenshot(path=pictures_folder() / "inspector-queue-refused.png", full_page=True)
    phone.reload()
    phone.get_by_role("button", name="知道了，移除").tap()
    expect(phone.get_by_text("没有等待上报的事项。")).to_be_visible()

    phone.get_by_role("button", name="退出登录").tap()
    expect(phone.get_by_label("账号")).to_be_visible()
    assert phone.evaluate(COUNT_KEPT) == 0


def log_in(product, phone: Page, visit: IssuedVisit) -> None:
    phone.context.add_init_script(
        f"window.held = '{b64encode(visit.colleague_picture()).decode()}'; {CAMERA}"
    )
    phone.goto("/inspector/")
    phone.get_by_label("账号").fill(visit.inspector)
    phone.get_by_label("密码").fill(product.passwords[visit.inspector])
    assert_sound(phone)
    phone.get_by_role("button", name="登录").tap()
    expect(phone.get_by_text(visit.order["enterprise"]["name"])).to_be_visible()
    expect(phone.get_by_role("button", name="刷新")).to_be_enabled()


def shows_a_genuine_credential(product, screens, phone: Page) -> None:
    phone.get_by_role("link", name="亮证").tap()
    expect(phone.get_by_role("img", name="亮证")).to_be_visible()
    read = decode(phone.screenshot())
    keys = product.anyone.get("/api/inspection/v1/code-keys").json["keys"]
    assert verify(code_in(read), keys).kind == CREDENTIAL
    assert product.anyone.get(f"/api/inspection/v1/codes/{code_in(read)}").json["valid"]
    assert_sound(phone)
    screens.keep(phone)


def open_order(phone: Page, visit: IssuedVisit) -> None:
    phone.get_by_role("link", name="今日检查").tap()
    phone.get_by_role("link", name=visit.order["enterprise"]["name"]).tap()


def fill_in_entry(phone: Page, visit: IssuedVisit) -> None:
    phone.get_by_role("link", name="扫码入企").tap()
    phone.get_by_role("button", name="打开摄像头扫码").tap()
    expect(phone.get_by_text("已扫描的同行人员亮证码：1")).to_be_visible()
    phone.get_by_label("企业码或短码").fill(visit.plate.lower())


def record(screens, phone: Page) -> None:
    phone.get_by_role("link", name="填写检查笔录").tap()
    expect(phone.get_by_role("button", name="有问题")).to_be_visible()
    assert_sound(phone)
    screens.keep(phone)
    while phone.get_by_role("button", name="有问题").count():
        phone.get_by_role("button", name="符合").tap()
        phone.locator("button", has_text="下一题").or_(
            phone.locator("button", has_text="企业陈述与签字")
        ).tap()
    phone.get_by_label("签字人姓名").fill("王小明")
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_role("button", name="提交笔录").tap()
    expect(phone.get_by_text("笔录已上报")).to_be_visible()
    assert_sound(phone)


def only_entry(product, visit: IssuedVisit) -> dict:
    (entry,) = entries_of(product, visit.order_id)
    return entry


def assert_sound(phone: Page) -> None:
    assert overflow(phone) <= 0
    assert violations(phone) == []
