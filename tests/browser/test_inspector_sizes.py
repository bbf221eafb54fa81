"""The longest names, the smallest phone, the largest type, and a phone that lies on its side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.inspecting import assert_sound, log_in, open_order
from tests.browser.visits import IssuedVisit, issued_visit
from tests.rig.browser_screens import PATIENCE_MS, PHONE, enlarge_text, overflow, pictures_folder
from tour.orders import path_of

pytestmark = pytest.mark.xdist_group("browser")
SMALL = {"width": 320, "height": 568}
ON_ITS_SIDE = {"width": 740, "height": 360}
ENTERPRISE = (
    "中国（江苏）自由贸易试验区宿迁联动创新发展区"
    + "新型建筑材料智能装备制造与供应链管理服务"
    + "（集团）股份有限公司第三分公司"
)
PREMISES = "一号厂区东侧危险化学品仓库与综合办公楼" * 3
ITEM = "对生产经营单位落实全员安全生产责任制和风险分级管控、隐患排查治理双重预防机制情况的检查" * 4
NAMED = (
    ("UPDATE enterprise SET name = %s WHERE enterprise_id = %s", ENTERPRISE[:60]),
    ("UPDATE premises SET name = %s WHERE enterprise_id = %s", PREMISES[:60]),
    (
        "UPDATE item SET name = %s WHERE item_id IN (SELECT item_id FROM order_item WHERE enterprise_id = %s)",
        ITEM[:200],
    ),
)


@pytest.fixture
def visit(product) -> Iterator[IssuedVisit]:
    """Of an enterprise with the longest names that the registry takes; they are as before afterwards."""
    made = issued_visit(product)
    order = made.order
    with psycopg.connect(product.database_url("inspection"), autocommit=True) as connection:
        for statement, name in NAMED:
            connection.execute(statement, (name, order["enterprise_id"]))
        yield replace(made, order=made.office.clerk.caller.get(path_of(order)).json)
        connection.execute(NAMED[0][0], (order["enterprise"]["name"], order["enterprise_id"]))
        connection.execute(NAMED[1][0], (order["premises"]["name"], order["enterprise_id"]))
        for item in order["items"]:
            connection.execute(
                "UPDATE item SET name = %s WHERE item_id = %s", (item["name"], item["item_id"])
            )


def test_every_page_holds_the_longest_names_at_every_size(product, visit, new_context):
    phone = new_context(**PHONE).new_page()  # without the guard: the browser itself logs the 409 as an error
    phone.set_default_timeout(PATIENCE_MS)
    log_in(product, phone, visit.inspector)
    expect(phone.get_by_role("link", name=ENTERPRISE[:60])).to_be_visible()
    fits(phone, "today")
    open_order(phone, visit)
    expect(phone.get_by_role("img", name="检查码")).to_be_visible()
    fits(phone, "order")
    phone.get_by_role("link", name="扫码入企").tap()
    phone.get_by_label("企业码或短码").fill(visit.plate)
    fits(phone, "entry")
    phone.get_by_role("button", name="确认入企").tap()
    expect(phone.locator(".verdict h1")).to_have_text("✗ 不能入企")
    fits(phone, "refused")
    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    expect(phone.locator("section .badge")).to_have_text("没有被接受")
    fits(phone, "queue")
    phone.goto(f"/inspector/#/orders/{visit.order_id}/record")
    expect(phone.get_by_role("button", name="有问题")).to_be_visible()
    fits(phone, "record")


def test_an_order_whose_window_has_not_begun_says_so(product, screens, phone):
    visit = issued_visit(product)
    with psycopg.connect(product.database_url("inspection")) as connection:
        connection.execute(
            "UPDATE orders SET starts_on = starts_on + 1 WHERE order_id = %s RETURNING starts_on",
            (visit.order_id,),
        )
    log_in(product, phone, visit.inspector)
    card = phone.get_by_role("link", name=visit.order["enterprise"]["name"])
    expect(card).to_be_visible()
    expect(card).not_to_contain_text("下一步")
    card.tap()
    expect(phone.get_by_text("之前不能入企")).to_be_visible()
    assert_sound(phone)
    screens.keep(phone)


def fits(phone: Page, name: str) -> None:
    """Nothing is wider than the screen, and on its side no bar of buttons takes what little height there is."""
    assert_sound(phone)
    keep(phone, name)
    enlarge_text(phone, 1.3)
    assert_sound(phone)
    keep(phone, f"{name}-large")
    enlarge_text(phone, 2)
    assert overflow(phone) <= 0
    enlarge_text(phone, 1)
    phone.set_viewport_size(SMALL)
    assert overflow(phone) <= 0
    keep(phone, f"{name}-small")
    phone.set_viewport_size(ON_ITS_SIDE)
    assert overflow(phone) <= 0
    for deeds in phone.locator(".deeds").all():
        assert deeds.evaluate("it => getComputedStyle(it).position") == "static"
    keep(phone, f"{name}-on-its-side")
    phone.set_viewport_size(PHONE["viewport"])


def keep(phone: Page, name: str) -> None:
    phone.screenshot(path=pictures_folder() / f"inspector-sizes-{name}.png")
