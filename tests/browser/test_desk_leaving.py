"""From one page of the desk to the next: nothing that is left can be pressed by mistake."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.deciding import urgent_visit
from tests.browser.desks import go, log_in
from tests.browser.joining import FIRST

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
