"""What the phone itself adds to the page of a scanned code: its own judgement, who came, and what was chosen before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from services.chassis.codes import square
from services.chassis.codes.link import link
from tests.browser.camera import NO_PERMISSION, hold
from tests.browser.scenes import Scenes, spoiled
from tests.rig.browser_axe import violations
from tests.rig.browser_product import Product
from tests.rig.browser_screens import PHONE, overflow

pytestmark = pytest.mark.xdist_group("browser")
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def scenes(product) -> Scenes:
    return Scenes(product)


def test_a_server_that_errs_is_found_out_by_the_phone(scenes, product, phone):
    """The page of a good order is sent for a forged code, and the server's own check cannot be reached."""
    good = scenes.order_code()
    page = httpx.get(f"{product.url}/Q/{good}", headers={"Accept": "text/html"}).text
    phone.route("**/Q/*", lambda route: route.fulfill(body=page, content_type="text/html"))
    phone.route("**/api/inspection/v1/codes/*", lambda route: route.abort("aborted"))
    phone.goto(f"/Q/{spoiled(good)}")
    assert phone.locator("h1").inner_text() == "✓ 真实有效"
    expect(phone.locator("#on-this-phone")).to_contain_text("签名不符，这个码不可信")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (lambda scenes: scenes.order_code(starts=-9, ends=-4), "按本机时钟已过期"),
        (lambda scenes: scenes.order_code(starts=2, ends=5), "按本机时钟尚未生效"),
        (lambda scenes: scenes.credential_code(5 * MINUTE, MINUTE), "按本机时钟已过期"),
    ],
)
def test_the_phone_knows_the_dates_of_a_code(scenes, phone, code, said):
    phone.goto(f"/Q/{code(scenes)}")
    expect(phone.locator("#on-this-phone")).to_contain_text(said)


def test_a_phone_that_cannot_check_says_so(scenes, screens):
    phone = screens.open(PHONE)
    phone.add_init_script("delete window.crypto.constructor.prototype.subtle")
    phone.goto(f"/Q/{scenes.order_code()}")
    expect(phone.locator("#on-this-phone")).to_contain_text("不能自行核验签名")


def test_without_the_published_keys_it_says_so(scenes, screens):
    phone = screens.open(PHONE)
    phone.route("**/code-keys", lambda route: route.fulfill(status=503, json={}))
    phone.goto(f"/Q/{scenes.order_code()}")
    expect(phone.locator("#on-this-phone")).to_contain_text("本机未能核验")
    screens.forgive(503)


def test_who_came_is_looked_up_by_the_credential(scenes, product, screens):
    phone = screens.open(PHONE)
    order = scenes.order()
    named = scenes.inspector_of(order)
    put_photo(product, named)
    show(phone, product, scenes.credential_code(inspector_id=named))
    phone.goto(f"/Q/{scenes.code_of(order)}")
    phone.get_by_role("button", name="扫描来人的亮证码").tap()
    shown = phone.locator(".shown > li")
    expect(shown).to_contain_text("是本检查单所列人员")
    expect(shown).to_contain_text("签名真实")
    expect(shown.get_by_role("img")).to_be_visible()
    assert_sound(phone)


def test_somebody_whom_the_order_does_not_name_is_told_from_those_it_names(scenes, product, screens):
    phone = screens.open(PHONE)
    show(phone, product, scenes.credential_code())
    phone.goto(f"/Q/{scenes.order_code()}")
    phone.get_by_role("button", name="扫描来人的亮证码").tap()
    expect(phone.locator(".shown > li.wrong")).to_contain_text("此人不在本检查单上，可以拒绝")
    assert_sound(phone)


def test_an_order_is_no_credential(scenes, product, screens):
    phone = screens.open(PHONE)
    code = scenes.order_code()
    show(phone, product, code)
    phone.goto(f"/Q/{code}")
    phone.get_by_role("button", name="扫描来人的亮证码").tap()
    expect(phone.get_by_role("alert")).to_contain_text("这不是亮证码")


def test_digits_are_typed_where_no_camera_helps(scenes, screens):
    phone = screens.open(PHONE)
    order = scenes.order()
    named = scenes.inspector_of(order)
    phone.goto(f"/Q/{scenes.code_of(order)}")
    phone.get_by_role("button", name="相机不能用？输入数字核对").tap()
    phone.locator(f"input[value='{certificate_of(phone, named)}']").check()
    phone.get_by_label("8 位数字").fill("00000000")
    phone.get_by_role("button", name="核对", exact=True).tap()
    expect(phone.locator(".shown > li.wrong")).to_contain_text("亮证码无效")
    phone.get_by_role("button", name="相机不能用？输入数字核对").tap()
    assert_sound(phone)
    phone.locator(f"input[value='{certificate_of(phone, named)}']").check()
    phone.get_by_label("8 位数字").fill(scenes.digits_of(named))
    phone.get_by_role("button", name="核对", exact=True).tap()
    expect(phone.locator(".shown > li.good")).to_contain_text("是本检查单所列人员")
    assert_sound(phone)


def certificate_of(phone, inspector_id):
    return phone.locator(f"[data-inspector='{inspector_id}']").get_attribute("data-certificate")


def test_without_a_camera_it_says_what_to_do(scenes, screens):
    phone = screens.open(PHONE)
    phone.add_init_script(NO_PERMISSION)
    phone.goto(f"/Q/{scenes.order_code()}")
    phone.get_by_role("button", name="扫描来人的亮证码").tap()
    expect(phone.get_by_role("alert")).to_contain_text("手机自带的“扫一扫”")
    assert_sound(phone)


def test_the_faces_of_those_the_order_names_are_shown(scenes, product, phone):
    order = scenes.order()
    named = scenes.inspector_of(order)
    put_photo(product, named)
    phone.goto(f"/Q/{scenes.code_of(order)}")
    face = phone.locator(f"[data-inspector='{named}']")
    face.scroll_into_view_if_needed()
    expect(face.get_by_role("img")).to_be_visible()
    assert_sound(phone)


URGENT: dict[str, tuple[Callable[[Scenes], str], str, str]] = {
    "pending": (lambda scenes: scenes.urgent_code("pending"), "✓", "负责人批准待补"),
    "disapproved": (lambda scenes: scenes.urgent_code("disapproved"), "✗", "检查应当终止"),
}


@pytest.mark.parametrize("state", URGENT)
def test_an_urgent_inspection_tells_the_word_of_its_head(scenes, phone, state):
    code, mark, said = URGENT[state]
    phone.goto(f"/Q/{code(scenes)}")
    assert phone.locator("h1").inner_text().startswith(mark)
    assert said in phone.inner_text("header")
    assert_sound(phone)


def test_a_joint_order_names_every_agency_and_who_leads(scenes, phone):
    phone.goto(f"/Q/{scenes.joint_code()}")
    agencies = phone.locator("dd", has_text="（牵头）")
    assert len(agencies.inner_text().split("、")) == 2
    assert_sound(phone)


def test_language_and_large_type_are_remembered_also_without_script(scenes, screens):
    phone = screens.open(PHONE, java_script_enabled=False)
    code = scenes.order_code()
    phone.goto(f"/Q/{code}")
    phone.get_by_role("link", name="长辈版").tap()
    expect(phone.locator("html")).to_have_class("large")
    phone.get_by_role("link", name="English").tap()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    phone.goto(f"/Q/{scenes.plate_code()}")
    assert phone.locator("html").get_attribute("lang") == "en"
    assert phone.locator("html").get_attribute("class") == "large"


def test_english_in_large_type_is_sound(scenes, phone):
    phone.goto(f"/Q/{scenes.order_code()}?lang=en&large=1")
    expect(phone.locator("#on-this-phone")).to_contain_text("the signature is genuine")
    assert_sound(phone)
    phone.goto("/enterprise/")
    expect(phone.get_by_role("heading")).to_have_text("Enter your enterprise's page")
    expect(phone.locator("html")).to_have_class("large")


def test_nothing_but_the_page_itself_is_waited_for(scenes, phone):
    phone.goto(f"/Q/{scenes.order_code()}", wait_until="networkidle")
    blocking = phone.evaluate(
        "performance.getEntriesByType('resource').filter(it => it.renderBlockingStatus === 'blocking').map(it => it.name)"
    )
    assert blocking == []


def show(phone: Page, product: Product, code: str) -> None:
    """Before its camera."""
    hold(phone, square.png(link(product.url, code)))


def put_photo(product: Product, inspector_id: object) -> None:
    picture = BytesIO()
    Image.new("RGB", (480, 640), "#8899aa").save(picture, "JPEG")
    files = {"file": ("photo.jpg", picture.getvalue(), "image/jpeg")}
    path = f"/api/registry/v1/inspectors/{inspector_id}/photo"
    product.logged_in("registrar").caller.send("PUT", path, (200,), files=files)


def assert_sound(page: Page) -> None:
    assert overflow(page) <= 0
    assert violations(page) == []
