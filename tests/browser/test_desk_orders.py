"""Orders at the desk: found again, drafted and submitted in one go, changed by two at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pypinyin import Style, lazy_pinyin

from tests.browser.desks import go, log_in, sound
from tests.browser.joining import FIRST, Place, drafted, free_places, office, submitted
from tests.rig.browser_axe import violations
from tests.rig.browser_screens import DESK
from tour.orders import API

pytestmark = pytest.mark.xdist_group("browser")
WIDE = {"width": 1280, "height": 800}


@pytest.fixture
def page(screens):
    return screens.open(DESK, viewport=WIDE)


def test_a_coordinator_finds_orders_by_all_filters_and_the_address_keeps_them(product, screens, page):
    first = office(product, FIRST)
    (place,) = free_places(product, (first,), 1)
    order = submitted(first, place)
    log_in(product, page, "coordinator")
    go(page, "检查单")
    row = page.get_by_role("row").filter(has_text=place.enterprise)
    initials = "".join(lazy_pinyin(place.enterprise, style=Style.FIRST_LETTER))
    page.get_by_label("企业名称").fill(initials)
    page.keyboard.press("Enter")
    expect(row.first).to_be_visible()
    page.get_by_label("机关").select_option(first.agency_id)
    page.get_by_label("事由").select_option("routine")
    page.get_by_label("状态").select_option("submitted")
    page.get_by_label("期限自").fill(order["starts_on"])
    page.get_by_label("期限至").fill(order["ends_on"])
    for part in (f"q={initials}", "agency_id=", "trigger=routine", "state=submitted", "from=", "to="):
        expect(page).to_have_url(re.compile(part))
    expect(row).to_have_count(1)
    sound(screens, page)
    page.reload()
    expect(row).to_have_count(1)
    page.get_by_label("事由").select_option("campaign")
    expect(page.get_by_text("没有符合条件的检查单")).to_be_visible()
    page.get_by_role("button", name="清除筛选").click()
    expect(page).not_to_have_url(re.compile("agency_id"))
    expect(page.get_by_role("row").nth(1)).to_be_visible()


def test_caps_used_stand_beside_every_order_that_waits(product, screens, page):
    first = office(product, FIRST)
    (place,) = free_places(product, (first,), 1)
    order = submitted(first, place)
    (cap,) = first.head.caller.get(f"{API}/orders/{order['order_id']}").json["caps"]
    log_in(product, page, f"head.{FIRST}")
    go(page, "待批")
    said = f"本次为第 {cap['visited'] + cap['planned'] + 1} 次，"
    said += "未设上限" if cap["cap"] is None else f"上限 {cap['cap']} 次"
    expect(page.get_by_role("region", name=place.enterprise, exact=True)).to_contain_text(said)
    sound(screens, page)


def fill_in(page: Page, place: Place, order: dict) -> None:
    page.get_by_label("企业名称或统一社会信用代码").fill(place.enterprise)
    page.get_by_role("button", name="选择企业").click()
    page.get_by_role("button", name=place.enterprise).first.click()
    page.get_by_label("经营场所").select_option(place.premises_id)
    for group, names in (("检查事项", order["items"]), ("执法人员", order["inspectors"])):
        for each in names:
            page.get_by_role("group", name=group).get_by_role("checkbox", name=each["name"]).first.check()
    page.get_by_label("自", exact=True).fill(order["starts_on"])
    page.get_by_label("至", exact=True).fill(order["ends_on"])
    page.get_by_role("group", name="已考虑").get_by_role("checkbox").first.check()
    page.get_by_label("为什么必须到现场").fill("须查看现场作业")


def test_a_draft_is_saved_and_submitted_returned_and_changed_by_two(product, screens, page):
    first = office(product, FIRST)
    like, place = free_places(product, (first,), 2)
    order = drafted(first, like)
    log_in(product, page, f"clerk.{FIRST}")
    go(page, "拟单")
    fill_in(page, place, order)
    expect(page.get_by_role("status")).to_have_count(0)
    for reason in page.get_by_label("说明理由").all():
        reason.fill("两项检查内容不同")
    sound(screens, page)
    page.get_by_role("button", name="保存并报批").click()
    expect(page.get_by_role("heading", name=place.enterprise)).to_be_visible()
    expect(page.get_by_text("待审批", exact=True)).to_be_visible()
    sound(screens, page)

    path = f"{API}/orders/{page.url.rpartition('/')[2]}"
    read = first.head.caller.get(path)
    first.head.caller.post(f"{path}/return", {"reason": "请写明设备"}, headers={"If-Match": read.etag})
    page.reload()
    expect(page.get_by_text("请写明设备")).to_be_visible()
    page.get_by_role("link", name="修改").click()
    why = page.get_by_label("为什么必须到现场")
    expect(why).to_have_value("须查看现场作业")
    why.fill("须查看三号车间的行车")
    go(page, "检查单")
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("填写的内容还没有保存")
    asked.get_by_role("button", name="继续填写").click()

    colleague_adds_a_clue(first.clerk.caller, path)
    page.get_by_role("button", name="保存草稿").click()
    newer = page.get_by_role("region", name="您填写期间，他人已保存")
    expect(newer.get_by_role("row").filter(has_text="线索")).to_contain_text("信访件 77 号")
    sound(screens, page)
    newer.get_by_role("button", name="保留我填的").click()
    expect(page.get_by_label("线索、文号")).to_have_value("信访件 77 号")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("须查看三号车间的行车")).to_be_visible()
    now = first.clerk.caller.get(path).json
    assert (now["clue"], now["on_site_reason"]) == ("信访件 77 号", "须查看三号车间的行车")
    screens.forgive(412)


def colleague_adds_a_clue(caller, path: str) -> None:
    read = caller.get(path)
    content = {
        name: read.json[name]
        for name in (
            "enterprise_id",
            "premises_id",
            "starts_on",
            "ends_on",
            "trigger",
            "on_site_reason",
            "considered",
        )
    }
    content["items"] = [item["item_id"] for item in read.json["items"]]
    content["inspectors"] = [person["inspector_id"] for person in read.json["inspectors"]]
    caller.put(path, content | {"clue": "信访件 77 号"}, headers={"If-Match": read.etag})


def test_a_head_who_read_an_older_order_is_told_what_was_done_meanwhile(product, screens, page):
    first = office(product, FIRST)
    (place,) = free_places(product, (first,), 1)
    order = submitted(first, place)
    path = f"{API}/orders/{order['order_id']}"
    log_in(product, page, f"head.{FIRST}")
    page.goto(f"/desk/#/orders/{order['order_id']}")
    expect(page.get_by_role("button", name="批准")).to_be_visible()
    coordinator = product.logged_in("coordinator").caller
    review = {"passed": True, "reason": "属实"}
    coordinator.post(f"{path}/review", review, headers={"If-Match": first.head.caller.get(path).etag})
    page.get_by_role("button", name="批准").click()
    expect(page.get_by_role("region", name="期间的办理")).to_contain_text("备案审查")
    sound(screens, page)
    page.get_by_role("button", name="批准").click()
    expect(page.get_by_text("已批准", exact=True)).to_be_visible()
    screens.forgive(412)


def test_the_map_is_walked_by_keys(product, screens, page):
    log_in(product, page, "coordinator")
    squares = page.get_by_role("group", name="各网格按数值着色").get_by_role("link")
    expect(squares.first).to_be_visible()
    squares.first.focus()
    page.keyboard.press("ArrowRight")
    expect(squares.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    assert not violations(page)
    screens.keep(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("cell="))
    expect(page.get_by_role("heading", name="数字背后的检查单")).to_be_visible()
