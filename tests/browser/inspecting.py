"""What an inspector does on the phone, step by step."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.camera import hold, hold_instead
from tests.browser.visits import IssuedVisit
from tests.rig.browser_axe import violations
from tests.rig.browser_product import Product
from tests.rig.browser_screens import overflow

_IN_THE_WORKERS_HANDS = """
new Promise(answer => {
  const worker = navigator.serviceWorker;
  if (worker.controller) answer(true); else worker.oncontrollerchange = () => answer(true);
})
"""
_GPS, _LATITUDE, _MAKER = 0x8825, 2, 0x010F


def assert_sound(page: Page) -> None:
    assert overflow(page) <= 0
    found = violations(page)
    assert not found, "\n".join(found)


def send_login(product: Product, page: Page, username: str) -> None:
    page.goto("/inspector/")
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(product.passwords[username])
    page.get_by_role("button", name="登录").tap()


def log_in(product: Product, page: Page, username: str) -> None:
    """Its orders are on the phone when this returns."""
    send_login(product, page, username)
    expect(page.get_by_role("heading", name="今日检查")).to_be_visible()
    expect(page.get_by_role("button", name="刷新")).to_be_enabled()


def open_order(page: Page, visit: IssuedVisit) -> None:
    page.get_by_role("link", name="今日检查").tap()
    page.get_by_role("link", name=visit.order["enterprise"]["name"]).tap()


def be_ready_for_silence(page: Page, visit: IssuedVisit) -> None:
    """After `log_in`: the order and its checklist are on the phone, and so are the pages themselves."""
    expect(page.get_by_role("link", name=visit.order["enterprise"]["name"])).to_be_visible()
    page.evaluate(_IN_THE_WORKERS_HANDS)


def scan_colleague(page: Page, visit: IssuedVisit) -> None:
    """As their screen shows their code at this moment. Something is held before the camera already."""
    button = page.get_by_role("button", name="打开摄像头扫码")
    expect(button).to_be_enabled()
    hold_instead(page, visit.colleague_picture())
    button.tap()
    expect(page.get_by_text("已扫 1 个")).to_be_visible()


def fill_in_entry(page: Page, visit: IssuedVisit) -> None:
    page.get_by_role("link", name="扫码入企").tap()
    scan_colleague(page, visit)
    page.get_by_label("企业码或短码").fill(visit.plate.lower())


def enter(page: Page, visit: IssuedVisit) -> None:
    fill_in_entry(page, visit)
    page.get_by_role("button", name="确认入企").tap()


def arrive_without_signal(product: Product, page: Page, visit: IssuedVisit) -> None:
    """The entry waits on the phone."""
    hold(page, visit.colleague_picture())
    log_in(product, page, visit.inspector)
    be_ready_for_silence(page, visit)
    page.context.set_offline(True)
    open_order(page, visit)
    enter(page, visit)
    expect(page.locator(".verdict h1")).to_have_text("已保存在本机，尚未上报")


def answer_all(page: Page) -> None:
    """From the question that is shown."""
    place = page.get_by_role("progressbar")
    at, last = (int(place.get_attribute(name) or 0) for name in ("value", "max"))
    for number in range(at, last + 1):
        expect(place).to_have_attribute("value", str(number))
        page.get_by_role("button", name="符合", exact=True).tap()
        expect(page.get_by_role("button", name="✓ 符合")).to_be_visible()
        page.get_by_role("button", name="企业陈述与签字" if number == last else "下一题").tap()
    expect(page.get_by_role("button", name="提交笔录")).to_be_visible()


def sign(page: Page, name: str = "王小明") -> None:
    page.get_by_label("签字人姓名").fill(name)
    scribble(page.get_by_role("img", name="签名框"))
    expect(page.get_by_role("img", name="签名框，已签名")).to_be_visible()


def scribble(glass: Locator) -> None:
    glass.scroll_into_view_if_needed()
    box, mouse = glass.bounding_box(), glass.page.mouse
    assert box
    for row in (0.3, 0.6):
        mouse.move(box["x"] + 40, box["y"] + box["height"] * row)
        mouse.down()
        mouse.move(box["x"] + 140, box["y"] + box["height"] * (row + 0.2), steps=5)
        mouse.move(box["x"] + 220, box["y"] + box["height"] * row, steps=5)
        mouse.up()


def photo(number: int) -> FilePayload:
    """As a phone's camera takes it: large, with its maker and the place in it. No two alike."""
    image = Image.effect_noise((2400, 1800), 40 + number).convert("RGB")
    notes = Image.Exif()
    notes[_MAKER] = "a phone"
    notes.get_ifd(_GPS)[_LATITUDE] = (31.0, 12.0, 0.0)
    out = BytesIO()
    image.save(out, "JPEG", quality=70, exif=notes)
    return {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def take_photo(page: Page, number: int) -> None:
    """`number`: how many there will be on this card."""
    page.get_by_label("拍照取证").set_input_files(photo(number))
    expect(page.get_by_role("img", name=f"第 {number} 张照片")).to_be_visible()
