"""The phone's camera at a gate: a real square before it, and what to do where there is none to use."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from services.chassis.codes import square
from tests.browser.camera import NO_PERMISSION, hold
from tests.browser.inspecting import assert_sound, log_in, open_order
from tests.browser.scenes import Scenes, spoiled
from tests.browser.visits import IssuedVisit, issued_visit
from tests.rig.browser_screens import PATIENCE_MS, PHONE, pictures_folder
from tour import orders

pytestmark = pytest.mark.xdist_group("browser")
FRAMES = 10
TORCH = """
MediaStreamTrack.prototype.getCapabilities = () => ({torch: true});
MediaStreamTrack.prototype.applyConstraints = async wish => { window.wished = wish };
"""


@pytest.fixture(scope="module")
def visit(product) -> IssuedVisit:
    return issued_visit(product)


@pytest.fixture
def filming(browser_type, browser_type_launch_args, product, visit, tmp_path) -> Generator[Browser]:
    """A browser whose camera looks at the plate of the visit's premises."""
    film = tmp_path / "plate.mjpeg"
    film.write_bytes(filmed(plate_of(product, visit)))
    flags = [
        *browser_type_launch_args["args"],
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": flags})
    yield browser
    browser.close()


def test_reads_the_plate_at_the_gate(product, visit, filming):
    phone = filming.new_context(**PHONE, base_url=product.url).new_page()
    phone.set_default_timeout(PATIENCE_MS)
    log_in(product, phone, visit.inspector)
    open_order(phone, visit)
    phone.get_by_role("link", name="扫码入企").tap()
    phone.get_by_role("button", name="打开摄像头扫码").tap()
    expect(phone.get_by_label("企业码或短码")).to_have_value(visit.plate)
    expect(phone.get_by_text("已扫到企业码")).to_be_visible()


def test_without_a_camera_the_short_code_is_typed_and_checked_on_the_phone(product, visit, screens, phone):
    phone.context.add_init_script(NO_PERMISSION)
    log_in(product, phone, visit.inspector)
    open_order(phone, visit)
    phone.get_by_role("link", name="扫码入企").tap()
    phone.get_by_role("button", name="打开摄像头扫码").tap()
    expect(phone.get_by_role("alert")).to_contain_text("输入牌子上的短码")
    expect(phone.get_by_label("企业码或短码")).to_be_focused()
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_label("企业码或短码").fill(mistyped(visit.plate))
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.get_by_text("短码不对")).to_be_visible()
    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    expect(phone.get_by_text("没有等待上报的事项。")).to_be_visible()


def test_lights_a_dark_gate_where_the_camera_has_a_torch(product, visit, screens, phone):
    phone.context.add_init_script(TORCH)
    hold(phone, blank())
    log_in(product, phone, visit.inspector)
    open_order(phone, visit)
    phone.get_by_role("link", name="扫码入企").tap()
    phone.get_by_role("button", name="打开摄像头扫码").tap()
    phone.get_by_role("button", name="手电筒").tap()
    expect(phone.get_by_role("button", name="手电筒", pressed=True)).to_be_visible()
    assert phone.evaluate("window.wished") == {"advanced": [{"torch": True}]}
    assert_sound(phone)
    screens.keep(phone)


@pytest.mark.parametrize(("kind", "said"), [("forged", "亮证码"), ("expired", "亮证码")])
def test_a_bad_credential_code_is_refused_with_the_way_out(product, visit, new_context, kind, said):
    phone = new_context(**PHONE).new_page()  # without the guard: the browser itself logs the 409 as an error
    hold(phone, square.png(f"{product.url}/Q/{bad_code(product, kind)}".upper()))
    log_in(product, phone, visit.inspector)
    open_order(phone, visit)
    phone.get_by_role("link", name="扫码入企").tap()
    phone.get_by_role("button", name="打开摄像头扫码").tap()
    expect(phone.get_by_text("已扫 1 个")).to_be_visible()
    phone.get_by_label("企业码或短码").fill(visit.plate)
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.locator(".verdict h1")).to_have_text("✗ 不能入企")
    expect(phone.locator(".verdict")).to_contain_text(said)
    expect(phone.locator(".verdict")).to_contain_text("怎么办")
    phone.screenshot(path=pictures_folder() / f"inspector-{kind}.png", full_page=True)


def test_what_is_no_code_of_ours_is_not_taken_for_a_colleague(product, visit, screens, phone):
    hold(phone, square.png("HTTPS://EXAMPLE.COM/MENU"))
    log_in(product, phone, visit.inspector)
    open_order(phone, visit)
    phone.get_by_role("link", name="扫码入企").tap()
    phone.get_by_role("button", name="打开摄像头扫码").tap()
    expect(phone.get_by_text("这不是企业码，也不是亮证码")).to_be_visible()
    expect(phone.get_by_text("已扫 0 个")).to_be_visible()


def plate_of(product, visit: IssuedVisit) -> bytes:
    """The square as it stands on the gate."""
    path = f"{orders.API}/premises/{visit.order['premises_id']}/code.png"
    return product.logged_in("registrar").caller.get(path).content


def blank() -> bytes:
    out = BytesIO()
    Image.new("L", (8, 8), 20).save(out, "PNG")
    return out.getvalue()


def filmed(picture: bytes) -> bytes:
    """Motion JPEG is one picture after the other."""
    scene = Image.new("RGB", (640, 480), "white")
    with Image.open(BytesIO(picture)) as plate:
        scene.paste(plate.convert("RGB").resize((400, 400), Image.Resampling.NEAREST), (120, 40))
    frame = BytesIO()
    scene.save(frame, "JPEG", quality=95)
    return frame.getvalue() * FRAMES


def bad_code(product, kind: str) -> str:
    scenes = Scenes(product)
    if kind == "forged":
        return spoiled(scenes.credential_code())
    return scenes.credential_code(began=timedelta(hours=2))


def mistyped(plate: str) -> str:
    """Its first character, wrong."""
    return ("3" if plate[0] == "2" else "2") + plate[1:]
