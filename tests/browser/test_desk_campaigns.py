"""专项检查 at the desk: filed by the clerk, published, revised and ended by the head, used up by orders."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from services.chassis import clock
from services.chassis.ids import new_id
from tests.browser.desks import go, log_in, sound
from tests.browser.joining import CITY, FIRST, free_places, office, submitted
from tests.browser.offices import at_work
from tests.rig.browser_screens import DESK
from tour.acts.draft import REGISTRY

pytestmark = pytest.mark.xdist_group("browser")
QUOTA = "名额（户次）"


@pytest.fixture
def clerk(product, screens):
    return at_work(product, screens, f"clerk.{FIRST}")


@pytest.fixture
def head(product, screens):
    return at_work(product, screens, f"head.{FIRST}")


def file(page: Page, name: str, quota: int) -> str:
    """Approved long ago; returns the address of its page."""
    today = clock.today(CITY)
    go(page, "专项检查")
    page.get_by_role("link", name="备案专项").click()
    page.get_by_label("名称").fill(name)
    page.get_by_label("备案号").fill(f"宿政检备〔{today.year}〕{new_id().hex[-6:]}号")
    page.get_by_label("批准机关").fill("宿迁市人民政府")
    page.get_by_label("批准日期").fill(str(today - timedelta(days=90)))
    page.get_by_label("结束日期").fill(str(today + timedelta(days=120)))
    page.get_by_label(QUOTA).fill(str(quota))
    page.get_by_label("对象范围").fill("200")
    page.get_by_role("button", name="备案专项").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    return page.url


def published(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="公布").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("公布后任何人都能查看")
    asked.get_by_role("button", name="公布").click()
    expect(page.locator(".heading .badge")).to_have_text("进行中")


def test_a_campaign_is_filed_published_used_up_revised_and_ended(product, screens, clerk, head):
    name = f"烟花爆竹经营安全专项 {new_id().hex[-6:]}"
    address = file(clerk, name, quota=1)
    expect(clerk.locator(".heading .badge")).to_have_text("待公布")
    expect(clerk.get_by_role("button", name="公布")).to_have_count(0)

    published(head, address)
    expect(head.get_by_role("list", name="提示")).to_contain_text("已逾期（A7）")
    sender = office(product, FIRST)
    (place,) = free_places(product, (sender,), 1)
    campaign_id = address.rpartition("/")[2]
    submitted(sender, place, trigger="campaign", campaign_id=campaign_id)
    head.reload()
    expect(head.get_by_text("1 / 1")).to_be_visible()
    expect(head.get_by_role("progressbar", name="名额 1 户次，已用 1")).to_be_visible()
    sound(screens, head)

    head.get_by_role("link", name="修订").click()
    expect(head.get_by_text("已有 1 张检查单占用名额")).to_be_visible()
    head.get_by_label(QUOTA).fill("2")
    head.get_by_label("修订理由").fill("市政府追加名额")
    sound(screens, head)
    head.get_by_role("button", name="修订").click()
    versions = head.get_by_role("listitem").filter(has_text="市政府追加名额")
    expect(versions).to_contain_text("名额（户次） 1 → 2")

    head.get_by_role("link", name="看全部这些检查单").click()
    expect(head.get_by_text("只看这个专项的检查单")).to_be_visible()
    expect(head.get_by_role("row")).to_have_count(2)
    head.get_by_role("link", name=place.enterprise).click()
    head.get_by_role("link", name=name).click()

    clerk.reload()
    clerk.get_by_role("link", name="按本专项拟单").click()
    expect(clerk.get_by_label("专项检查")).to_have_value(campaign_id)

    head.get_by_role("button", name="结束").click()
    asked = head.get_by_role("dialog")
    asked.get_by_label("结束的理由").fill("任务完成")
    asked.get_by_role("button", name="结束").click()
    expect(head.locator(".heading .badge")).to_have_text("已结束")
    expect(head.get_by_role("listitem").filter(has_text="任务完成")).to_be_visible()
    expect(head.get_by_role("button", name="结束")).to_have_count(0)


def test_two_clerks_at_one_filing_lose_nothing(product, screens, clerk):
    other = at_work(product, screens, f"clerk.{FIRST}")
    address = file(clerk, f"粉尘涉爆专项 {new_id().hex[-6:]}", quota=30)
    for page in (clerk, other):
        page.goto(address + "/change")
        expect(page.get_by_label(QUOTA)).to_have_value("30")
    other.get_by_label(QUOTA).fill("20")
    other.get_by_role("button", name="保存").click()
    expect(other.get_by_text("20", exact=False).first).to_be_visible()
    clerk.get_by_label("对象范围").fill("150")
    clerk.get_by_role("button", name="保存").click()
    stale = clerk.get_by_role("region", name="您填写期间，他人已保存")
    expect(stale.get_by_role("row").filter(has_text=QUOTA)).to_contain_text("20")
    sound(screens, clerk)
    clerk.get_by_role("button", name="保留我填的").click()
    expect(clerk.get_by_label(QUOTA)).to_have_value("20")
    clerk.get_by_role("button", name="保存").click()
    expect(clerk.get_by_text("150 个场所")).to_be_visible()
    expect(clerk.get_by_text("0 / 20")).to_be_visible()
    screens.forgive(412)


def test_campaigns_are_listed_for_each_who_may_look(product, screens, clerk):
    name = f"燃气安全专项 {new_id().hex[-6:]}"
    address = file(clerk, name, quota=5)
    go(clerk, "专项检查")
    expect(clerk.get_by_role("link", name=name)).to_be_visible()
    clerk.get_by_label("是否结束").select_option("已结束")
    expect(clerk).to_have_url(re.compile("active=false"))
    expect(clerk.get_by_role("link", name=name)).to_have_count(0)
    clerk.get_by_label("是否结束").select_option("全部")
    clerk.get_by_role("button", name="各机关已公布").click()
    expect(clerk.get_by_role("columnheader", name="机关", exact=True)).to_be_visible()
    expect(clerk.get_by_role("link", name=name)).to_have_count(0)

    coordinator = screens.open(DESK, viewport={"width": 768, "height": 1024})
    log_in(product, coordinator, "coordinator")
    expect(
        coordinator.get_by_role("heading", level=1)
    ).to_be_visible()  # else the first page folds the menu again
    go(coordinator, "专项检查")
    expect(coordinator.get_by_role("link", name=name)).to_be_visible()
    coordinator.get_by_label("机关").select_option(label=agency_of(product))
    expect(coordinator).to_have_url(re.compile("agency_id="))
    expect(coordinator.get_by_role("link", name=name)).to_be_visible()
    sound(screens, coordinator)
    coordinator.goto(address)
    expect(coordinator.get_by_role("heading", name=name)).to_be_visible()
    expect(coordinator.get_by_role("button", name="公布")).to_have_count(0)


def agency_of(product) -> str:
    caller = office(product, FIRST).clerk
    return caller.caller.get(f"{REGISTRY}/agencies/{caller.account['agency_id']}").json["name"]
