"""No signal is normal: what was done waits on the phone, outlives the browser, and goes out once."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import sleep

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, BrowserType, Error, Page, Route, expect

from tests.browser.camera import hold
from tests.browser.inspecting import (
    answer_all,
    arrive_without_signal,
    assert_sound,
    be_ready_for_silence,
    enter,
    log_in,
    open_order,
    sign,
    take_photo,
)
from tests.browser.visits import IssuedVisit, entries_of, evidence_of, issued_visit, told_of
from tests.rig.browser_screens import PATIENCE_MS, PHONE, pictures_folder

pytestmark = pytest.mark.xdist_group("browser")
LARGEST_SIDE = 1600
NOTHING_LEFT = "没有等待上报的事项。"


@pytest.fixture
def visit(product) -> IssuedVisit:
    return issued_visit(product)


class Phone:
    """A phone with a memory of its own: its browser can be killed and started again."""

    def __init__(self, start: Callable[..., BrowserContext], memory: Path) -> None:
        self._start, self._memory = start, memory

    def start(self, *, offline: bool = False) -> Page:
        self.context = self._start(self._memory, offline=offline, **PHONE)
        self.context.set_default_timeout(PATIENCE_MS)
        return self.context.pages[0]

    def kill_once_the_login_is_on_disk(self) -> None:
        """As a full memory does: nobody is told, nothing is written any more. Chromium itself keeps new cookies back
        for half a minute."""
        until(lambda: any(b"yicha_session" in each.read_bytes() for each in self._memory.rglob("Cookies")))
        for pid in self._browser():
            os.kill(pid, signal.SIGKILL)
        with suppress(Error):  # whether its death was noticed yet
            self.context.close()

    def _browser(self) -> list[int]:
        """Itself, and the script that started it where there is one."""
        found = [
            int(each.name)
            for each in Path("/proc").iterdir()
            if each.name.isdigit() and self._is_browser(each)
        ]
        assert found
        return found

    def _is_browser(self, process: Path) -> bool:
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return f"--user-data-dir={self._memory}".encode() in words and not any(
            w.startswith(b"--type=") for w in words
        )


@pytest.fixture
def old_phone(browser_type: BrowserType, browser_type_launch_args, base_url, tmp_path) -> Phone:
    def start(memory: Path, **more) -> BrowserContext:
        return browser_type.launch_persistent_context(
            memory, **browser_type_launch_args, base_url=base_url, **more
        )

    return Phone(start, tmp_path / "memory")


def test_killed_without_signal_in_the_middle_of_a_visit_everything_arrives_once(product, visit, old_phone):
    page = old_phone.start()
    hold(page, visit.colleague_picture())
    log_in(product, page, visit.inspector)
    be_ready_for_silence(page, visit)

    old_phone.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("当前没有网络信号")).to_be_visible()
    picture(page, "offline-today")
    open_order(page, visit)
    expect(page.get_by_role("img", name="检查码")).to_be_visible()
    enter(page, visit)
    expect(page.locator(".verdict h1")).to_have_text("已保存在本机，尚未上报")
    assert_sound(page)
    picture(page, "offline-entry")
    record_with_three_photos(page)
    old_phone.kill_once_the_login_is_on_disk()

    page = old_phone.start(offline=True)
    page.goto("/inspector/#/queue")
    expect(page.locator("section.card")).to_have_count(6)
    expect(page.locator("section.card img")).to_have_count(4)
    assert_sound(page)
    picture(page, "offline-queue")
    assert entries_of(product, visit.order_id) == []
    assert evidence_of(product, visit.order_id) == []

    old_phone.context.set_offline(False)
    expect(page.get_by_text(NOTHING_LEFT)).to_be_visible()
    arrived_once(product, visit)
    page.reload()
    expect(page.get_by_text(NOTHING_LEFT)).to_be_visible()
    arrived_once(product, visit)
    old_phone.context.close()


def test_two_tabs_of_one_phone_do_not_send_twice(product, visit, screens, phone):
    arrive_without_signal(product, phone, visit)
    phone.get_by_role("link", name="填写检查笔录").tap()
    take_photo(phone, 1)
    take_photo(phone, 2)
    other = phone.context.new_page()
    other.goto("/inspector/#/queue")
    expect(other.locator("section.card")).to_have_count(3)

    sent = Counter[str]()
    phone.context.on(
        "request",
        lambda request: sent.update([request.url.rpartition("/")[2]] if request.method == "POST" else []),
    )
    phone.context.set_offline(False)
    expect(other.get_by_text(NOTHING_LEFT)).to_be_visible()
    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    expect(phone.get_by_text(NOTHING_LEFT)).to_be_visible()
    assert (sent["entries"], sent["evidence"]) == (1, 2)
    assert [each["told"] for each in evidence_of(product, visit.order_id)] == [1, 1]


def test_what_the_server_took_and_could_not_say_is_not_done_twice(product, visit, new_context):
    phone = new_context(**PHONE).new_page()  # without the guard: it is the network that fails
    lost = lose_first_answers(phone)
    hold(phone, visit.colleague_picture())
    log_in(product, phone, visit.inspector)
    open_order(phone, visit)
    enter(phone, visit)
    expect(phone.locator(".verdict h1")).to_have_text("已保存在本机，尚未上报")
    send_now(phone)
    open_order(phone, visit)
    phone.get_by_role("link", name="检查笔录").tap()
    take_photo(phone, 1)
    send_now(phone)
    assert lost == {"entries", "evidence"}
    (entry,) = entries_of(product, visit.order_id)
    assert entry["online"] is True
    assert [each["told"] for each in evidence_of(product, visit.order_id)] == [1]


def lose_first_answers(phone: Page) -> set[str]:
    lost = set[str]()

    def lose(route: Route) -> None:
        kind = route.request.url.rpartition("/")[2]
        if route.request.method != "POST" or kind in lost:
            return route.fallback()
        lost.add(kind)
        route.fetch()
        return route.abort("connectionreset")

    for kind in ("entries", "evidence"):
        phone.context.route(f"**/{kind}", lose)
    return lost


def send_now(phone: Page) -> None:
    """The phone, which tries again every half minute by itself, may be faster."""
    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    nothing = phone.get_by_text(NOTHING_LEFT)
    expect(phone.get_by_text("没有收到服务器答复").or_(nothing)).to_be_visible()
    phone.get_by_role("button", name="现在上报").or_(nothing).tap()
    expect(nothing).to_be_visible()


def test_a_photo_can_be_taken_back_before_it_is_sent(product, visit, screens, phone):
    phone.on("dialog", lambda dialog: dialog.accept())
    arrive_without_signal(product, phone, visit)
    phone.get_by_role("link", name="填写检查笔录").tap()
    take_photo(phone, 1)
    take_photo(phone, 2)
    phone.get_by_role("button", name="删除第 1 张照片").tap()
    expect(phone.get_by_role("img", name="第 2 张照片")).to_have_count(0)
    assert_sound(phone)
    screens.keep(phone)
    phone.context.set_offline(False)
    expect(phone.get_by_text("✓ 已上报")).to_be_visible()
    assert len(evidence_of(product, visit.order_id)) == 1


def until(it_is_so: Callable[[], bool]) -> None:
    while not it_is_so():
        sleep(0.2)


def record_with_three_photos(page: Page) -> None:
    page.get_by_role("link", name="填写检查笔录").tap()
    for number in (1, 2, 3):
        take_photo(page, number)
    picture(page, "offline-photos")
    answer_all(page)
    sign(page)
    page.get_by_role("button", name="提交笔录").tap()
    expect(page.locator(".verdict h1")).to_have_text("笔录已保存在本机，尚未上报")
    picture(page, "offline-record")


def arrived_once(product, visit: IssuedVisit) -> None:
    (entry,) = entries_of(product, visit.order_id)
    assert (entry["online"], entry["offline_reason"]) == (False, "现场没有网络信号")
    kept = evidence_of(product, visit.order_id)
    assert [each["kind"] for each in kept] == ["photo", "photo", "photo", "signature"]
    assert [each["told"] for each in kept] == [1, 1, 1, 1]
    for each in kept:
        without_the_cameras_notes(each)
    told = told_of(product, visit.order_id)
    assert Counter(told)["cn.yicha.inspection.entry.made.v1"] == 1
    assert Counter(told)["cn.yicha.inspection.record.made.v1"] == 1
    record = visit.office.head.caller.get(f"/api/inspection/v1/orders/{visit.order_id}/record").json
    assert sorted(record["evidence"]) == sorted(each["sha256"] for each in kept)


def without_the_cameras_notes(kept: dict) -> None:
    """Already as the phone sent it: there was nothing for the server to take out."""
    assert sha256(kept["content"]).hexdigest() == kept["sha256"] == kept["stored_sha256"]
    with Image.open(BytesIO(kept["content"])) as image:
        assert max(image.size) <= LARGEST_SIDE
        assert not image.getexif()


def picture(page: Page, name: str) -> None:
    page.screenshot(path=pictures_folder() / f"inspector-{name}.png", full_page=True)
