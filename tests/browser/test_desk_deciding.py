"""Who has to say yes or no at the desk: heads on urgent visits, coordinators on filings and alerts, agencies on a join."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.deciding import urgent_visit
from tests.browser.desks import go, log_in, sound
from tests.browser.joining import FIRST, SECOND, free_places, meeting, office, submitted
from tests.rig.browser_axe import violations
from tests.rig.browser_screens import DESK
from tour.orders import API, ASSIGNED

pytestmark = pytest.mark.xdist_group("browser")
WIDE = {"width": 1280, "height": 800}


@pytest.fixture
def wide(screens):
    return lambda: screens.open(DESK, viewport=WIDE)


def say(page: Page, label: str, reason: str, yes: str) -> None:
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert not violations(page)
    dialog.get_by_label(label).fill(reason)
    dialog.get_by_role("button", name=yes).click()


def line_of(page: Page, enterprise: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=enterprise)


def test_an_alert_is_set_aside_and_taken_back_and_leads_to_its_order(product, screens, wide):
    place, _ = urgent_visit(product)
    product.settle()  # alerts follow the events
    page = wide()
    log_in(product, page, "coordinator")
    go(page, "预警")
    sound(screens, page)
    page.goto("/desk/#/alerts?kind=ratification_pending")
    expect(page.get_by_label("类别")).to_have_value("ratification_pending")
    line = line_of(page, place.enterprise)
    expect(line).to_contain_text("期限")
    sound(screens, page)
    line.get_by_role("button", name="搁置").click()
    say(page, "搁置的理由", "已电话督促，负责人正在赶回", "搁置")
    expect(line.get_by_role("status")).to_have_text("已搁置")

    page.get_by_role("button", name="已搁置").click()
    expect(page).to_have_url(re.compile("view=aside"))
    aside = line_of(page, place.enterprise)
    expect(aside).to_contain_text("已电话督促，负责人正在赶回")
    expect(page.get_by_label("类别")).to_contain_text("突发检查待确认（1）")
    sound(screens, page)
    aside.get_by_role("button", name="取消搁置").click()
    expect(aside.get_by_role("status")).to_have_text("已恢复")
    page.get_by_role("button", name="待处理").click()
    expect(line_of(page, place.enterprise).get_by_role("button", name="搁置")).to_be_visible()

    line.get_by_role("link", name="这家企业的检查单").click()
    expect(page.get_by_text("只看这家企业的检查单")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("link", name=place.enterprise).first).to_be_visible()
    sound(screens, page)
    page.go_back()
    line_of(page, place.enterprise).get_by_role("link", name=place.enterprise).click()
    expect(page.get_by_role("heading", name=place.enterprise)).to_be_visible()


def test_a_head_ratifies_one_urgent_visit_and_does_not_approve_another(product, screens, wide):
    (good, _), (bad, _) = urgent_visit(product), urgent_visit(product)
    page = wide()
    log_in(product, page, f"head.{FIRST}")
    go(page, "待批")
    urgent = page.locator(".urgent")
    expect(urgent).to_contain_text("须在此前追认")
    sound(screens, page)
    urgent.get_by_role("link", name=good.enterprise).click()
    expect(page.get_by_text("等待负责人追认")).to_be_visible()
    page.get_by_role("button", name="追认突发检查").click()
    assert not violations(page)
    page.get_by_role("dialog").get_by_role("button", name="追认突发检查").click()
    expect(page.get_by_text("已追认", exact=True)).to_be_visible()
    expect(page.get_by_text("突发追认")).to_be_visible()
    expect(page.get_by_role("button", name="追认突发检查")).to_have_count(0)
    sound(screens, page)

    go(page, "待批")
    urgent.get_by_role("link", name=bad.enterprise).click()
    page.get_by_role("button", name="不予批准").click()
    say(page, "不予批准的理由", "现场没有紧急情形", "不予批准")
    expect(page.get_by_text("突发不予批准")).to_contain_text("现场没有紧急情形")
    sound(screens, page)


def test_a_coordinator_reviews_filings_from_their_list(product, screens, wide):
    first = office(product, FIRST)
    places = free_places(product, (first,), 3)
    waiting = [submitted(first, place, **ASSIGNED) for place in places]
    page = wide()
    log_in(product, page, "coordinator")
    go(page, "备案审查")
    rows = [page.get_by_role("row").filter(has_text=place.enterprise) for place in places]
    expect(rows[0]).to_contain_text("须经备案审查")
    sound(screens, page)
    page.get_by_label("事由").select_option("campaign")
    expect(page).to_have_url(re.compile("trigger=campaign"))
    expect(rows[0]).to_have_count(0)
    page.get_by_label("事由").select_option("")
    page.get_by_label("机关").select_option(first.agency_id)
    expect(page).to_have_url(re.compile(f"agency_id={first.agency_id}"))

    rows[0].get_by_role("button", name="备案审查通过").click()
    say(page, "审查意见", "属实", "备案审查通过")
    expect(rows[0].get_by_role("status")).to_have_text("已通过")
    rows[1].get_by_role("button", name="审查不通过").click()
    say(page, "不通过的理由", "与计划重复", "审查不通过")
    expect(rows[1].get_by_role("status")).to_have_text("未通过，已退回")
    sound(screens, page)
    rows[2].get_by_role("link", name=places[2].enterprise).click()
    expect(page.get_by_role("heading", name=places[2].enterprise)).to_be_visible()
    page.get_by_role("button", name="备案审查通过").click()
    say(page, "审查意见", "属实", "备案审查通过")
    expect(page.get_by_text("备案审查 ·")).to_be_visible()
    sound(screens, page)
    states = [first.clerk.caller.get(f"{API}/orders/{order['order_id']}").json["state"] for order in waiting]
    assert states == ["submitted", "drafted", "submitted"]


def test_agencies_bargain_over_a_join_and_one_declines_with_its_reason(product, screens, wide):
    met = meeting(product)
    first, second = office(product, FIRST).clerk.caller, office(product, SECOND).clerk.caller
    orders = {"orders": [met.one["order_id"], met.other["order_id"]]}
    proposal = second.post(f"{API}/join-proposals", orders).json
    path = f"{API}/join-proposals/{proposal['proposal_id']}"
    one = wide()
    log_in(product, one, f"clerk.{FIRST}")
    go(one, "联合提议")
    one.get_by_role("link", name=met.place.enterprise).click()
    one.get_by_role("button", name="另提条件").click()
    one.get_by_label("至", exact=True).fill(met.one["starts_on"])
    one.get_by_label("为什么要改").fill("只有这一天停产")

    go(one, "检查单")
    asked = one.get_by_role("dialog")
    expect(asked).to_contain_text("填写的内容还没有保存")
    assert not violations(one)
    screens.keep(one)
    asked.get_by_role("button", name="继续填写").click()
    expect(one.get_by_label("为什么要改")).to_have_value("只有这一天停产")

    terms = {"round": 1, "headcount": 4, "reason": "四人足够"}
    second.post(f"{path}/counter", terms, headers={"If-Match": f'"{proposal["version"]}"'})
    one.get_by_role("button", name="提出", exact=True).click()
    expect(one.get_by_role("alert")).to_contain_text("数据已被他人修改")
    expect(one.get_by_role("heading", name="现行条件")).to_contain_text("第 2 轮")
    expect(one.get_by_label("为什么要改")).to_have_value("只有这一天停产")
    sound(screens, one)
    one.get_by_role("button", name="提出", exact=True).click()
    expect(one.get_by_role("heading", name="现行条件")).to_contain_text("第 3 轮")
    expect(one.locator("main")).to_contain_text(f"{met.one['starts_on']} – {met.one['starts_on']}")
    sound(screens, one)

    other = wide()
    log_in(product, other, f"clerk.{SECOND}")
    go(other, "联合提议")
    other.get_by_role("link", name=met.place.enterprise).click()
    other.get_by_role("button", name="不同意").click()
    say(other, "不同意的理由", "一天查不完两项", "不同意")
    expect(other.get_by_text("不联合", exact=True)).to_be_visible()
    expect(other.locator("main")).to_contain_text("一天查不完两项")
    sound(screens, other)
    assert first.get(path).json["state"] == "declined"
    screens.forgive(412)
