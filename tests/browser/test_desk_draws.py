"""双随机 at the desk: lists are fixed, the head reveals, anybody draws again, and what was drawn becomes orders."""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from playwright.sync_api import Page, expect

from services.chassis import clock
from services.chassis.ids import new_id
from services.inspection.draws.file import differences, read
from tests.browser.desks import go, sound
from tests.browser.joining import CITY
from tests.browser.offices import at_work, downloaded
from tests.rig.browser_product import Product

pytestmark = pytest.mark.xdist_group("browser")
AGENCY = "environment"
API = "/api/inspection/v1"


@pytest.fixture
def clerk(product, screens):
    return at_work(product, screens, f"clerk.{AGENCY}")


@pytest.fixture
def head(product, screens):
    return at_work(product, screens, f"head.{AGENCY}")


def fill(page: Page, purpose: str, industries: str) -> None:
    """Of each grade as many as its share, once the pool is counted."""
    go(page, "双随机")
    page.get_by_role("link", name="新的抽取").click()
    page.get_by_label("检查内容").fill(purpose)
    page.get_by_label("行业代码").fill(industries)
    page.get_by_label("行业代码").press("Tab")
    expect(page.get_by_test_id("pool-objects")).to_be_visible()
    expect(page.get_by_role("button", name="固定名单")).to_be_disabled()
    for share in page.get_by_role("spinbutton", name="的抽取比例").all():
        share.fill("1" if share.get_attribute("max") == "1" else "5")
        share.press("Tab")
    expect(page.get_by_role("button", name="固定名单")).to_be_enabled()


def commit(page: Page, purpose: str) -> str:
    """The address of its page."""
    page.get_by_role("button", name="固定名单").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("固定之后名单公开")
    asked.get_by_role("button", name="固定名单").click()
    expect(page.get_by_role("heading", name=purpose)).to_be_visible()
    return page.url


def agreed(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()
    page.get_by_role("dialog").get_by_role("button", name=button).click()


@contextmanager
def closed(product: Product, premises_id: str) -> Generator[None]:
    """Since it was drawn, that place is no more."""
    statement = "UPDATE premises SET active = %s WHERE premises_id = %s"
    with psycopg.connect(product.database_url("inspection"), autocommit=True) as connection:
        connection.execute(statement, (False, premises_id))
        try:
            yield
        finally:
            connection.execute(statement, (True, premises_id))


def test_a_draw_is_fixed_revealed_drawn_again_and_becomes_orders(product, screens, clerk, head):
    purpose = f"印染企业双随机 {new_id().hex[-6:]}"
    fill(clerk, purpose, "C17、C2")
    clerk.get_by_label("行业代码").fill("X9")
    clerk.get_by_label("行业代码").press("Tab")
    expect(clerk.get_by_role("alert")).to_contain_text("如 C 或 C26")
    expect(clerk.get_by_test_id("pool-objects")).to_have_count(0)
    clerk.get_by_label("行业代码").fill("C17、C2")
    clerk.get_by_label("行业代码").press("Tab")
    expect(clerk.get_by_role("button", name="固定名单")).to_be_enabled()
    sample = int(clerk.get_by_test_id("pool-sample").inner_text())
    address = commit(clerk, purpose)
    commitment = clerk.get_by_test_id("commitment").inner_text()
    expect(clerk.get_by_text("种子现在保密")).to_be_visible()
    expect(clerk.get_by_role("button", name="揭示并抽取")).to_have_count(0)

    head.goto(address)
    agreed(head, "揭示并抽取")
    expect(head.get_by_text(f"已有检查单 0 / {sample}")).to_be_visible()
    head.get_by_role("button", name="重抽一遍").click()
    expect(head.get_by_text("核对一致：承诺值相符")).to_be_visible()
    expect(head.get_by_test_id("commitment")).to_have_text(commitment)
    content = downloaded(head, head.get_by_role("link", name="下载核对文件").click)
    assert differences(read(content)) == []

    clerk.reload()
    form = clerk.locator("form", has_text="为抽中的对象拟单")
    form.get_by_role("group", name="检查事项").get_by_role("checkbox").first.check()
    form.get_by_label("为什么必须到现场").fill("须现场取样")
    gone = json.loads(content)["results"][-1]["premises_id"]
    with closed(product, gone):
        agreed(clerk, f"拟 {sample} 张检查单")
        expect(clerk.get_by_text("1 个对象不能拟单")).to_be_visible()
        first = clerk.get_by_role("region", name="抽取结果").get_by_role("row").nth(1)
        expect(first).to_contain_text("已停业")
        sound(screens, clerk)
        clerk.get_by_role("button", name="取消勾选这些对象").click()
        agreed(clerk, f"拟 {sample - 1} 张检查单")
        expect(clerk.get_by_text(f"已拟 {sample - 1} 张检查单")).to_be_focused()
    expect(clerk.get_by_text(f"已有检查单 {sample - 1} / {sample}")).to_be_visible()
    clerk.get_by_role("link", name="草拟").first.click()
    clerk.get_by_role("link", name=purpose).click()
    clerk.get_by_role("link", name="看全部这些检查单").click()
    expect(clerk.get_by_text("只看这次双随机抽取的检查单")).to_be_visible()
    expect(clerk.get_by_role("row")).to_have_count(sample)
    screens.forgive(422)


def test_a_public_value_is_waited_for_and_a_changed_list_is_found_out(product, screens, clerk, head):
    purpose = f"餐饮油烟双随机 {new_id().hex[-6:]}"
    fill(clerk, purpose, "H62")
    tomorrow = clock.today(CITY) + timedelta(days=1)
    clerk.get_by_label("公开值来源").fill("双色球下一期开奖号码")
    clerk.get_by_label("公布日期").fill(str(tomorrow))
    address = commit(clerk, purpose)
    head.goto(address)
    expect(head.get_by_text(f"将于 {tomorrow} 产生")).to_be_visible()
    expect(head.get_by_role("button", name="揭示并抽取")).to_have_count(0)
    sound(screens, head)

    with psycopg.connect(product.database_url("inspection")) as connection:
        connection.execute(
            "UPDATE draw SET public_on = %s WHERE draw_id = %s",
            (clock.today(CITY), address.rpartition("/")[2]),
        )
    head.reload()
    head.get_by_label("公开值：双色球下一期开奖号码").fill("三 十一")
    agreed(head, "揭示并抽取")
    expect(head.locator(".wrong-field")).to_contain_text("公布的数字")
    head.get_by_label("公开值：双色球下一期开奖号码").fill("03 11 17 22")
    agreed(head, "揭示并抽取")
    expect(head.get_by_text("3 11 17 22", exact=True)).to_be_visible()
    head.get_by_role("button", name="重抽一遍").click()
    expect(head.get_by_text("承诺值与名单、种子不符")).to_be_visible()
    screens.forgive(422)


def test_a_draw_of_named_premises_with_a_recusal_is_abandoned_for_all_to_see(product, screens, clerk, head):
    purpose = f"重点排污双随机 {new_id().hex[-6:]}"
    go(clerk, "双随机")
    clerk.get_by_role("link", name="新的抽取").click()
    clerk.get_by_label("检查内容").fill(purpose)
    clerk.get_by_label("逐个指定场所").check()
    name = enterprise_of(product)
    chosen(clerk.locator("section", has_text="从哪些对象中抽"), name)
    share = clerk.get_by_role("spinbutton", name="的抽取比例")
    share.fill("1" if share.get_attribute("max") == "1" else "100")
    share.press("Tab")
    clerk.get_by_text("增加回避").press("Enter")
    clerk.get_by_label("谁回避").select_option(index=1)
    chosen(clerk.locator("section", has_text="派哪些人"), name)
    clerk.get_by_label(f"回避 {name}，理由").fill("亲属在该企业任职")
    sound(screens, clerk)
    go(clerk, "检查单")
    clerk.get_by_role("dialog").get_by_role("button", name="继续填写").click()
    address = commit(clerk, purpose)
    expect(clerk.get_by_text("1 对", exact=True)).to_be_visible()

    head.goto(address)
    head.get_by_role("button", name="放弃抽取").click()
    asked = head.get_by_role("dialog")
    asked.get_by_label("放弃的理由").fill("名单有误")
    asked.get_by_role("button", name="放弃抽取").click()
    expect(head.get_by_text("理由：名单有误")).to_be_visible()
    head.get_by_role("button", name="重抽一遍").click()
    expect(head.get_by_text("没有公布结果")).to_be_visible()
    head.get_by_role("link", name="← 双随机").click()
    head.get_by_label("状态").select_option("abandoned")
    expect(head).to_have_url(re.compile("state=abandoned"))
    expect(head.get_by_role("link", name=purpose)).to_be_visible()
    head.get_by_role("button", name="各机关").click()
    expect(head.get_by_role("combobox", name="机关")).to_be_visible()
    sound(screens, head)


def chosen(within, name: str) -> None:
    within.get_by_label("企业名称或统一社会信用代码").fill(name)
    within.get_by_label("企业名称或统一社会信用代码").press("Enter")
    within.get_by_role("button", name=name).first.click()


def enterprise_of(product: Product) -> str:
    """Without the best grade, of which few may be drawn, and under a name of its own."""
    with psycopg.connect(product.database_url("inspection")) as connection:
        row = connection.execute(
            """
            SELECT e.name FROM enterprise e JOIN premises p USING (enterprise_id)
            WHERE e.active AND p.active AND e.grade = 'C' AND starts_with(p.area_code, '3213')
            GROUP BY e.name HAVING count(*) = 1 ORDER BY e.name LIMIT 1
            """
        ).fetchone()
    assert row
    return row[0]
