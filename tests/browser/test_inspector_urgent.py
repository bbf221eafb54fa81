"""突发: what is found on the spot. The inspector searches the enterprise, drafts, enters, records and leaves; the head is
asked meanwhile. And worn plates, where the same search leads to the order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect
from pypinyin import Style, lazy_pinyin

from tests.browser.camera import hold
from tests.browser.inspecting import (
    answer_all,
    assert_sound,
    be_ready_for_silence,
    log_in,
    scan_colleague,
    send_login,
    sign,
)
from tests.browser.visits import IssuedVisit, entries_of, issued_visit
from tests.rig.browser_screens import PHONE
from tour import orders

pytestmark = pytest.mark.xdist_group("browser")
ISSUED = "**/api/inspection/v1/orders?state=issued**"
WAYS = {
    "a part of the name": lambda name, _: name[2:],
    "the initials of the name": lambda name, _: "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)),
    "the first digits of the USCC": lambda _, uscc: uscc[:14],
}


@pytest.fixture
def visit(product) -> IssuedVisit:
    return issued_visit(product)


def test_enters_under_an_urgent_order_of_its_own(product, visit, screens, phone):
    hold(phone, visit.colleague_picture())
    log_in(product, phone, visit.inspector)
    phone.get_by_role("link", name="突发检查").tap()
    assert_sound(phone)
    look_for(phone, visit.order["enterprise"]["name"])
    screens.keep(phone)
    phone.get_by_role("button", name=visit.order["premises"]["address"]).tap()
    phone.get_by_role("group", name="检查事项").get_by_role("checkbox").last.check()
    phone.get_by_role("checkbox", name=colleague_of(visit)).check()
    phone.get_by_label("线索或情形").fill("举报单 2026-118：厂区冒烟")
    phone.get_by_label("为什么必须马上到场").fill("烟雾未散，证据会消失")
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_role("button", name="拟单，去扫码入企").tap()

    scan_colleague(phone, visit)
    phone.get_by_label("企业码或短码").fill(visit.plate)
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.locator(".verdict h1")).to_have_text("✓ 可以入企")
    expect(phone.get_by_text("已通知负责人")).to_be_visible()
    screens.keep(phone)
    (order,) = waiting_for_the_head(visit)

    phone.get_by_role("link", name="填写检查笔录").tap()
    expect(phone.get_by_role("button", name="有问题")).to_be_visible()
    answer_all(phone)
    sign(phone)
    phone.get_by_role("button", name="提交笔录").tap()
    expect(phone.get_by_text("笔录已上报")).to_be_visible()
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("link", name="返回检查单").tap()
    expect(phone.get_by_text("须在", exact=False).filter(has_text="前补审批")).to_be_visible()
    phone.get_by_role("button", name="登记离开").tap()
    expect(phone.get_by_role("button", name="登记离开")).to_be_hidden()
    assert_sound(phone)
    screens.keep(phone)
    assert_the_pending_mark_is_a_mark(phone)

    orders.decided(visit.office.head.caller, order, "ratify")
    assert waiting_for_the_head(visit) == []
    phone.reload()
    expect(phone.get_by_text("负责人已批准这次突发检查")).to_be_visible()
    expect(phone.get_by_label("结果")).to_be_visible()
    assert_sound(phone)
    screens.keep(phone)


def test_finds_who_comes_along_in_a_long_list(product, visit, screens, phone):
    """Another search does not hide who is ticked."""
    phone.context.route("**/api/registry/v1/inspectors?**", with_many_more)
    log_in(product, phone, visit.inspector)
    phone.get_by_role("link", name="突发检查").tap()
    look_for(phone, visit.order["enterprise"]["name"])
    phone.get_by_role("button", name=visit.order["premises"]["address"]).tap()
    people = phone.get_by_role("group", name="同行执法人员")
    expect(people.get_by_role("checkbox")).to_have_count(30)
    expect(people.get_by_role("status")).to_contain_text("没有列出")
    assert_sound(phone)
    screens.keep(phone)
    people.get_by_label("按名称或编号查找").fill("CERT-037")
    expect(people.get_by_role("checkbox")).to_have_count(1)
    people.get_by_role("checkbox", name="同事 37").check()
    people.get_by_label("按名称或编号查找").fill("没有这个人")
    expect(people.get_by_text("没有符合的")).to_be_visible()
    expect(people.get_by_role("checkbox", name="同事 37")).to_be_checked()
    people.get_by_label("按名称或编号查找").fill(colleague_of(visit))
    expect(people.get_by_role("checkbox", name=colleague_of(visit))).not_to_be_checked()
    expect(people.get_by_role("checkbox", name="同事 37")).to_be_checked()
    assert_sound(phone)


def test_says_that_an_urgent_order_needs_signal_and_goes_on_when_there_is_some(product, visit, new_context):
    phone = new_context(**PHONE).new_page()  # without the guard: the browser itself logs that nothing came
    log_in(product, phone, visit.inspector)
    be_ready_for_silence(phone, visit)
    phone.context.set_offline(True)
    phone.get_by_role("link", name="突发检查").tap()
    expect(phone.get_by_role("alert")).to_contain_text("没有信号时拟不了突发检查单")
    assert_sound(phone)
    phone.context.set_offline(False)
    expect(phone.get_by_role("alert")).to_have_count(0)
    look_for(phone, visit.order["enterprise"]["name"])
    phone.get_by_role("button", name=visit.order["premises"]["address"]).tap()
    expect(phone.get_by_role("checkbox", name=colleague_of(visit))).to_be_visible()


@pytest.mark.parametrize("way", WAYS)
def test_finds_the_order_where_the_plate_is_worn(product, visit, screens, phone, way):
    subject = visit.order["enterprise"]
    log_in(product, phone, visit.inspector)
    phone.get_by_role("navigation").get_by_role("link", name="查企业").tap()
    phone.get_by_label("企业名称、拼音或统一社会信用代码").fill(WAYS[way](subject["name"], subject["uscc"]))
    found = phone.locator("section.card", has=phone.get_by_role("heading", name=subject["name"], exact=True))
    expect(found).to_be_visible()
    assert_sound(phone)
    screens.keep(phone)
    found.get_by_role("link", name="打开检查单（已签发）").tap()
    expect(phone.get_by_role("img", name="检查码")).to_be_visible()
    expect(phone.get_by_role("heading", level=1, name=subject["name"])).to_be_visible()
    phone.go_back()
    expect(found).to_be_visible()


def test_says_nothing_of_orders_that_are_still_on_their_way(product, visit, phone):
    subject, held = visit.order["enterprise"], []
    phone.context.route(ISSUED, lambda route: held.append(route))  # Playwright marks what it is given
    send_login(product, phone, visit.inspector)
    phone.get_by_role("navigation").get_by_role("link", name="查企业").tap()
    look_for(phone, subject["name"])
    found = phone.locator("section.card", has=phone.get_by_role("heading", name=subject["name"], exact=True))
    expect(found.get_by_text("正在查…").first).to_be_visible()
    phone.context.unroute(ISSUED)
    for route in held:
        route.continue_()
    expect(found.get_by_role("link", name="打开检查单（已签发）").first).to_be_visible()


def test_enters_where_the_plate_is_worn_and_the_supervisor_is_told_why(product, visit, screens, phone):
    hold(phone, visit.colleague_picture())
    log_in(product, phone, visit.inspector)
    phone.get_by_role("navigation").get_by_role("link", name="查企业").tap()
    look_for(phone, visit.order["enterprise"]["name"])
    phone.get_by_role("link", name="牌子看不清，从这里入企").tap()
    scan_colleague(phone, visit)
    phone.get_by_label("为什么没有扫码").select_option("其他原因")
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_label("为什么没有扫码").select_option("牌子脱落或丢失")
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.locator(".verdict h1")).to_have_text("✓ 可以入企")
    screens.keep(phone)
    (entry,) = entries_of(product, visit.order_id)
    assert entry["searched_reason"] == "牌子脱落或丢失"
    assert "searched" in entry["flags"]


def assert_the_pending_mark_is_a_mark(phone: Page) -> None:
    """No bar over the whole card."""
    phone.get_by_role("link", name="返回").tap()
    mark = phone.get_by_text("待负责人补审批").first
    expect(mark).to_be_visible()
    wide = mark.evaluate("it => it.clientWidth / it.parentElement.clientWidth")
    assert wide < 0.6
    phone.go_back()
    expect(phone.get_by_text("前补审批")).to_be_visible()


def with_many_more(route: Route) -> None:
    """An agency of forty more."""
    answer = route.fetch()
    page = answer.json()
    one = page["items"][0]
    more = [
        one | {"inspector_id": str(UUID(int=n)), "name": f"同事 {n:02}", "certificate_number": f"CERT-{n:03}"}
        for n in range(1, 41)
    ]
    route.fulfill(response=answer, json=page | {"items": [*page["items"], *more]})


def look_for(phone: Page, name: str) -> None:
    phone.get_by_label("企业名称、拼音或统一社会信用代码").fill(name)
    expect(phone.get_by_role("heading", name=name, exact=True)).to_be_visible()


def colleague_of(visit: IssuedVisit) -> str:
    return visit.office.inspectors[1].account["name"]


def waiting_for_the_head(visit: IssuedVisit) -> list[dict[str, Any]]:
    """Urgent orders at the enterprise of the visit."""
    head = visit.office.head.caller
    listed = head.get(f"{orders.API}/orders", params={"ratification": "pending"}).json["items"]
    return [each for each in listed if each["enterprise_id"] == visit.order["enterprise_id"]]
