"""The desk: who logs in stays so, the net is live, and the gate answers while an order is drafted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from services.chassis import clock
from tests.browser.desks import go, log_in
from tests.rig.browser_axe import violations

pytestmark = pytest.mark.xdist_group("browser")
CITY = "Asia/Shanghai"
FIGURES = "/api/oversight/v1/figures"
STREAM = "**/api/oversight/v1/stream"


def test_the_net_is_live_and_survives_a_reload(product, screens, desk):
    product.settle()
    desk.route(STREAM, lambda route: route.fulfill(status=503), times=1)
    log_in(product, desk, "coordinator")
    inspections = desk.get_by_test_id("inspections").locator("b")
    expect(inspections).to_have_text(
        str(product.logged_in("coordinator").caller.get(FIGURES).json["inspections"])
    )
    expect(desk.get_by_role("status")).to_contain_text("实时")
    screens.forgive(503)
    assert not violations(desk)
    screens.keep(desk)
    desk.reload()
    expect(inspections).to_be_visible()
    kept = desk.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "ey" not in kept, f"a token in storage: {kept}"
    desk.get_by_role("button", name="退出").click()
    expect(desk.get_by_label("密码")).to_be_visible()
    desk.reload()
    expect(desk.get_by_label("密码")).to_be_visible()


def test_the_gate_answers_while_an_order_is_drafted(product, screens, desk):
    log_in(product, desk, "clerk.emergency")
    go(desk, "拟单")
    search = desk.get_by_label("企业名称或统一社会信用代码")
    search.fill("科技")
    search.press("Enter")
    desk.locator("form ul button").first.click()
    desk.get_by_role("group", name="检查事项").get_by_role("checkbox").first.check()
    people = desk.get_by_role("group", name="执法人员").get_by_role("checkbox")
    people.first.check()
    day = clock.today(CITY) + timedelta(days=1)
    desk.get_by_label("自", exact=True).fill(str(day))
    desk.get_by_label("至", exact=True).fill(str(day + timedelta(days=3)))
    desk.get_by_label("检查事由").select_option("assigned")
    desk.get_by_label("线索、文号或申请编号").fill("宿应急交〔2026〕5号")
    desk.get_by_label("为什么必须到现场").fill("须查看现场作业")
    findings = desk.locator(".findings")
    expect(findings).to_contain_text("阻断 · A3")
    people.nth(1).check()
    expect(findings).not_to_contain_text("A3")
    expect(findings).to_contain_text("需说明 · A9")
    assert not violations(desk)
    screens.keep(desk)
    desk.get_by_role("button", name="保存草稿").click()
    expect(desk.get_by_text("草拟", exact=True)).to_be_visible()
    assert not violations(desk)
    screens.keep(desk)
    desk.get_by_role("button", name="English").click()
    expect(desk.get_by_text("Drafted", exact=True)).to_be_visible()
