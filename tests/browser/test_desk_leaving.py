"""From one page of the desk to the next: nothing that is left can be pressed by mistake."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.deciding import urgent_visit
from tests.browser.desks import go, log_in
from tests.browser.joining import FIRST, meeting
from tests.rig.browser_axe import violations
from tests.rig.browser_screens import DESK
from tour.orders import API

pytestmark = pytest.mark.xdist_group("browser")
ALERTS = "**/assets/AlertsPage*.js"


def test_a_page_that_is_left_takes_no_more_clicks(product, desk):
    log_in(product, desk, "coordinator")
    go(desk, "检查单")
    held: list[Route] = []
    desk.context.route(ALERTS, lambda route: held.append(route), times=1)  # Playwright marks what it is given
    desk.get_by_role("link", name="预警").click()
    expect(desk.locator("main")).to_have_attribute("aria-busy", "true")
    left = desk.get_by_role("main").get_by_role("link").first
    assert left.evaluate("each => getComputedStyle(each).pointerEvents") == "none"
    (chunk,) = held
    chunk.continue_()
    expect(desk.get_by_role("heading", name="预警", level=1)).to_be_visible()
    expect(desk.locator("main")).to_have_attribute("aria-busy", "false")


def test_a_page_that_does_not_come_is_asked_for_again(product, screens, desk):
    log_in(product, desk, "coordinator")
    desk.context.route(ALERTS, lambda route: route.fulfill(status=503), times=1)
    desk.get_by_role("link", name="预警").click()
    expect(desk.get_by_role("heading", name="预警", level=1)).to_be_visible()
    screens.forgive(503)


def test_a_question_goes_with_the_page_that_asked(product, desk):
    place, order = urgent_visit(product)
    log_in(product, desk, f"head.{FIRST}")
    go(desk, "待批")
    desk.locator(".urgent").get_by_role("link", name=place.enterprise).click()
    desk.get_by_role("button", name="追认突发检查").click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.go_back()
    expect(desk.locator(".urgent")).to_contain_text(place.enterprise)
    expect(desk.get_by_role("dialog")).to_have_count(0)
    read = product.logged_in(f"head.{FIRST}").caller.get(f"/api/inspection/v1/orders/{order['order_id']}")
    assert read.json["ratification"] == "pending"


def test_a_reason_that_is_typed_stays_until_it_is_given_or_dropped(product, screens, desk):
    met = meeting(product)
    orders = [met.one["order_id"], met.other["order_id"]]
    proposed = product.logged_in("coordinator").caller.post(f"{API}/join-proposals", {"orders": orders}).json
    log_in(product, desk, "coordinator")
    go(desk, "联合提议")
    desk.get_by_role("button", name="进行中").click()
    desk.get_by_role("link", name=met.place.enterprise).click()
    desk.get_by_role("button", name="决定各自检查").click()
    reason = desk.get_by_label("决定的理由")
    reason.fill("停产检修，时间不能一致")
    desk.go_back()
    expect(reason).to_have_value("停产检修，时间不能一致")
    assert proposed["proposal_id"] in desk.url
    desk.get_by_role("dialog").get_by_role("button", name="先不").click()
    desk.go_back()
    expect(desk.get_by_role("heading", name="联合提议", level=1)).to_be_visible()
    expect(desk.get_by_role("dialog")).to_have_count(0)


def test_the_menu_of_a_tablet_folds_and_says_where_one_is(product, screens):
    tablet = screens.open(DESK, viewport={"width": 768, "height": 1024})
    log_in(product, tablet, "coordinator")
    menu = tablet.get_by_role("navigation")
    button = menu.get_by_role("button", name="菜单")
    expect(menu.get_by_role("link")).to_have_count(0)
    button.click()
    for each in menu.get_by_role("link").all():
        expect(each).to_be_in_viewport()
    assert not violations(tablet)
    screens.keep(tablet)
    tablet.keyboard.press("Escape")
    expect(menu.get_by_role("link")).to_have_count(0)
    expect(button).to_be_focused()
    go(tablet, "检查单")
    expect(button).to_have_text("☰ 菜单 · 检查单")
    expect(menu.get_by_role("link")).to_have_count(0)
    tablet.set_viewport_size({"width": 1280, "height": 800})
    expect(menu.get_by_role("link", name="检查单")).to_be_visible()
    expect(button).to_be_hidden()
