"""The main job through three browsers at once, and from a number to what is behind it; a head's queue."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from services.chassis import clock
from tests.browser import inspecting
from tests.browser.camera import hold
from tests.browser.desks import go, log_in, sound
from tests.browser.joining import CITY, FIRST, free_places, office, submitted
from tests.browser.visits import IssuedVisit, issued_visit
from tests.rig.browser_screens import DESK, PHONE
from tour.orders import API

pytestmark = pytest.mark.xdist_group("browser")
FIGURES = "/api/oversight/v1/figures"
TABLET = {"width": 1024, "height": 768}


def test_an_entry_is_seen_by_three_at_once(product, screens, desk, phone):
    visit = issued_visit(product)
    enterprise = visit.order["enterprise"]["name"]
    log_in(product, desk, "coordinator")
    inspections = desk.get_by_test_id("inspections").locator("b")
    product.settle()
    before = product.logged_in("coordinator").caller.get(FIGURES).json["inspections"]
    expect(inspections).to_have_text(str(before))

    shopkeeper = screens.open(PHONE)
    code = visit.office.clerk.caller.get(f"{API}/orders/{visit.order_id}/code").json
    shopkeeper.goto(code["url"])
    expect(shopkeeper.locator("body")).to_contain_text(enterprise)

    enter(product, phone, visit)
    expect(inspections).to_have_text(str(before + 1))
    expect(desk.get_by_role("list", name="今日入企")).to_contain_text(enterprise)
    sound(screens, desk)
    shopkeeper.reload()
    expect(shopkeeper.locator("body")).to_contain_text(enterprise)

    desk.get_by_test_id("inspections").click()
    expect(desk.get_by_role("table")).to_contain_text(enterprise)
    sound(screens, desk)
    desk.get_by_label("指标").select_option("unscanned")
    expect(desk).to_have_url(re.compile("measure=unscanned"))
    desk.get_by_label("自", exact=True).fill(str(clock.today(CITY) - timedelta(days=365)))  # in January too
    expect(desk).to_have_url(re.compile("from="))
    expect(desk.get_by_role("table")).to_contain_text("未扫码")


def enter(product, phone: Page, visit: IssuedVisit) -> None:
    hold(phone, visit.colleague_picture())
    inspecting.log_in(product, phone, visit.inspector)
    inspecting.open_order(phone, visit)
    inspecting.enter(phone, visit)
    expect(phone.locator(".verdict h1")).to_have_text("✓ 可以入企")


def test_a_head_approves_many_that_need_no_reason_and_returns_one(product, screens, desk):
    first = office(product, FIRST)
    places = free_places(product, (first,), 3)
    given = {place.enterprise: submitted(first, place) for place in places}
    log_in(product, desk, f"head.{FIRST}")
    go(desk, "待批")
    for enterprise in list(given)[:2]:
        desk.get_by_role("checkbox", name=f"选 {enterprise}").check()
    sound(screens, desk)
    desk.get_by_role("button", name="批准所选（2）").press("Enter")
    desk.get_by_role("dialog").get_by_role("button", name="批准所选").click()
    for enterprise in list(given)[:2]:
        expect(queued(desk, enterprise)).to_contain_text("已批准")
    back = list(given)[2]
    queued(desk, back).get_by_role("button", name="退回").click()
    desk.get_by_label("退回的理由").fill("理由不足")
    desk.get_by_role("dialog").get_by_role("button", name="退回").click()
    expect(queued(desk, back)).to_contain_text("已退回")
    states = [
        first.head.caller.get(f"{API}/orders/{order['order_id']}").json["state"] for order in given.values()
    ]
    assert states == ["approved", "approved", "drafted"]


def queued(desk: Page, enterprise: str):
    return desk.get_by_role("region", name=enterprise, exact=True)


def test_an_agency_sees_its_month_and_what_is_to_be_put_right(product, screens):
    first = office(product, FIRST)
    (place,) = free_places(product, (first,), 1)
    order = submitted(first, place)
    tablet = screens.open(DESK, viewport=TABLET)
    log_in(product, tablet, f"clerk.{FIRST}")
    go(tablet, "检查日历")
    tablet.get_by_label("起始日").fill(order["starts_on"])
    week = tablet.get_by_role("region", name="本机关检查日历")
    expect(week.get_by_role("link", name=place.enterprise).first).to_be_visible()
    sound(screens, tablet)
    tablet.get_by_role("button", name="周").click()
    before_monday = 7 - date.fromisoformat(order["starts_on"]).weekday()
    expect(week.get_by_role("link", name=place.enterprise)).to_have_count(min(4, before_monday))
    sound(screens, tablet)
    go(tablet, "整改")
    expect(tablet.get_by_role("heading", name="整改", exact=True)).to_be_visible()
    sound(screens, tablet)
