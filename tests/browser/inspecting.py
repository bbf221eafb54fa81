"""What an inspector does on the phone, step by step."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

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
    """The order, its checklist and the pages themselves are on the phone."""
    page.evaluate(_IN_THE_WORKERS_HANDS)
    open_order(page, visit)
    expect(page.get_by_role("img", name="检查码")).to_be_visible()
    page.get_by_role("link", name="今日检查").tap()
    expect(page.get_by_role("button", name="刷新")).to_be_enabled()


def fill_in_entry(page: Page, visit: IssuedVisit) -> None:
    page.get_by_role("link", name="扫码入企").tap()
    page.get_by_role("button", name="打开摄像头扫码").tap()
    expect(page.get_by_text("已扫 1 个")).to_be_visible()
    page.get_by_label("企业码或短码").fill(visit.plate.lower())


def enter(page: Page, visit: IssuedVisit) -> None:
    fill_in_entry(page, visit)
    page.get_by_role("button", name="确认入企").tap()


def answer_all(page: Page) -> None:
    while page.get_by_role("button", name="有问题").count():
        page.get_by_role("button", name="符合", exact=True).tap()
        page.locator("button", has_text="下一题").or_(page.locator("button", has_text="企业陈述与签字")).tap()


def sign(page: Page, name: str = "王小明") -> None:
    page.get_by_label("签字人姓名").fill(name)
    scribble(page.get_by_role("img", name="签名框"))


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
