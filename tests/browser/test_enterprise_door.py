"""What an enterprise does behind its one-time code: it rates, complains, finds its receipts and names its peak days."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import psycopg
import pytest
from playwright.sync_api import Page, expect

from services.chassis import clock
from tests.browser.enterprises import assert_pleasant, enter, problem_words
from tests.browser.scenes import CITY, INSPECTION, Scenes
from tests.rig.browser_screens import PHONE

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def scenes(product) -> Scenes:
    return Scenes(product)


def test_with_a_one_time_code_it_rates_once_complains_and_names_its_peak_days(product, screens, phone):
    enter(phone, product, an_enterprise_with_a_visit(product))
    waiting = phone.get_by_role("button", name="评价", exact=True)
    expect(waiting.first).to_be_visible()
    screens.keep(phone)
    assert_pleasant(phone)
    header_and_tabs_fit(screens, phone)
    before = waiting.count()
    waiting.first.tap()
    phone.get_by_text("非常满意").tap()
    screens.keep(phone)
    assert_pleasant(phone)
    phone.get_by_role("button", name="提交评价").tap()
    expect(phone.locator(".good")).to_contain_text("不会再请您评价")
    expect(waiting).to_have_count(before - 1)

    phone.get_by_role("button", name="投诉建议").tap()
    phone.get_by_role("button", name="我要投诉或建议").tap()
    phone.get_by_label("事由").select_option("repeated_inspection")
    phone.get_by_label("请写明").fill("一个月内来了三次，查的是同样的事项。")
    phone.get_by_role("button", name="回执").tap()
    expect(phone.get_by_role("heading", name="检查与拒绝的回执")).to_be_visible()
    phone.get_by_role("button", name="投诉建议").tap()
    expect(phone.get_by_label("请写明")).to_have_value("一个月内来了三次，查的是同样的事项。")
    screens.keep(phone)
    assert_pleasant(phone)
    phone.get_by_role("button", name="提交").tap()
    number = phone.locator(".number").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]+)+", number)
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.get_by_role("button", name="复制查询号").tap()
    expect(phone.get_by_role("status").get_by_text("已复制")).to_be_visible()
    assert phone.evaluate("navigator.clipboard.readText()") == number
    expect(phone.locator("main")).to_contain_text("已受理 · 期限")
    screens.keep(phone)
    is_not_content_with_the_answer(product, screens, phone, number)

    phone.get_by_role("button", name="生产高峰日").tap()
    day = clock.today(CITY) + timedelta(days=30)
    phone.get_by_label("从", exact=True).fill(day.isoformat())
    phone.get_by_label("到", exact=True).fill((day + timedelta(days=200)).isoformat())
    phone.get_by_role("button", name="申报").tap()
    expect(phone.get_by_role("alert")).to_contain_text("到：一次最多")
    expect(phone.get_by_role("alert")).not_to_contain_text("ends_on")
    expect(phone.locator("label", has_text="✗ 一次最多").locator("input")).to_have_attribute(
        "aria-invalid", "true"
    )
    screens.keep(phone)
    screens.forgive(422)
    phone.get_by_label("到").fill((day + timedelta(days=2)).isoformat())
    phone.get_by_role("button", name="申报").tap()
    expect(phone.get_by_role("heading", name=day.isoformat())).to_be_visible()
    assert_pleasant(phone)
    screens.keep(phone)
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="撤回").tap()
    expect(phone.locator("main")).to_contain_text("还没有申报")

    phone.get_by_role("button", name="回执").tap()
    expect(phone.get_by_role("heading", name="检查与拒绝的回执")).to_be_visible()
    assert_pleasant(phone)
    is_told_why_its_time_is_over(screens, phone)


def test_an_order_has_one_number_on_its_page_the_receipt_and_the_enterprises_lists(
    product, scenes, screens, phone
):
    order = scenes.order("issued")
    coded = product.logged_in("coordinator").caller.get(f"{INSPECTION}/orders/{order}/code").json
    number = coded["short_code"]
    phone.goto(urlsplit(coded["url"]).path)
    expect(phone.locator("main")).to_contain_text(number)
    screens.keep(phone)
    phone.get_by_role("button", name="依法拒绝检查").tap()
    phone.get_by_label("来人未出示有效执法证件").check()
    phone.get_by_role("button", name="确认拒绝").tap()
    phone.get_by_role("link", name="打开回执").tap()
    expect(phone.locator("#on-this-phone")).to_contain_text("核验通过")
    expect(phone.locator("[data-said='order.number']")).to_have_text(number)
    screens.keep(phone)

    enter(phone, product, uscc_of(product, order))
    phone.get_by_role("button", name="回执").tap()
    expect(phone.locator("section.card", has_text="拒绝").filter(has_text=number)).to_have_count(1)
    screens.keep(phone)
    phone.get_by_role("button", name="检查与评价").tap()
    expect(phone.get_by_text("检查单号").first).to_be_visible()
    expect(phone.locator("main")).not_to_contain_text(re.compile("[0-9a-f]{8}-[0-9a-f]{4}-"))
    phone.get_by_role("button", name="投诉建议").tap()
    phone.get_by_role("button", name="我要投诉或建议").tap()
    expect(phone.get_by_label("关于哪次检查").locator("option", has_text=number)).to_have_count(1)


def header_and_tabs_fit(screens, phone: Page) -> None:
    """In one line each, in both languages, the header on the smallest phone too; in large type nothing is cut."""
    for other, larger, normal in (("English", "长辈版", "标准版"), ("中文", "Large type", "Normal type")):
        assert len(rows_of(phone, "nav button")) == 1
        assert len(rows_of(phone, "header > *")) == 1
        phone.set_viewport_size({"width": 320, "height": 640})
        assert len(rows_of(phone, "header > *")) == 1
        assert_pleasant(phone)
        phone.get_by_role("button", name=larger).tap()
        expect(phone.get_by_role("button", name=normal)).to_be_visible()
        assert not cut(phone, "header button, nav button")
        assert_pleasant(phone)
        screens.keep(phone)
        phone.get_by_role("button", name=normal).tap()
        phone.set_viewport_size(PHONE["viewport"])
        phone.get_by_role("button", name=other).tap()


def rows_of(phone: Page, those: str) -> set[float]:
    """The heights on the screen at which they have their middle."""
    return set(
        phone.locator(those).evaluate_all(
            "all => all.map(it => it.getBoundingClientRect()).map(it => Math.round((it.top + it.bottom) / 2))"
        )
    )


def cut(phone: Page, those: str) -> list[str]:
    """Those whose words are wider than themselves."""
    return phone.locator(those).evaluate_all(
        "all => all.filter(it => it.scrollWidth > it.clientWidth).map(it => it.innerText)"
    )


def is_not_content_with_the_answer(product, screens, phone: Page, number: str) -> None:
    with psycopg.connect(product.database_url("feedback")) as connection:
        answered = "UPDATE complaint SET state = 'answered', answer = '已要求该局合并检查。' WHERE tracking_number = %s"
        assert connection.execute(answered, (number.replace("-", ""),)).rowcount == 1
    phone.get_by_role("button", name="回执").tap()
    phone.get_by_role("button", name="投诉建议").tap()
    phone.get_by_role("button", name="查看").tap()
    expect(phone.locator("main")).to_contain_text("已要求该局合并检查")
    phone.get_by_text("不满意？可以要求重办").tap()
    phone.get_by_label("为什么不满意").fill("上周又来了一次。")
    screens.keep(phone)
    assert_pleasant(phone)
    phone.get_by_role("button", name="提交，要求重办").tap()
    expect(phone.locator("main")).to_contain_text("重新办理 · 期限")


def is_told_why_its_time_is_over(screens, phone: Page) -> None:
    phone.get_by_role("button", name="投诉建议").tap()
    phone.get_by_role("button", name="我要投诉或建议").tap()
    phone.get_by_label("事由").select_option("repeated_inspection")
    phone.get_by_label("请写明").fill("希望提前一天通知。")
    over = {
        "code": "unauthenticated",
        "zh": problem_words("请先登录"),
        "en": problem_words("Please log in first"),
    }
    phone.route("**/api/feedback/v1/complaints", lambda route: route.fulfill(status=401, json=over))
    phone.get_by_role("button", name="提交").tap()
    expect(phone.get_by_role("alert")).to_contain_text("请重新获取验证码")
    expect(phone.get_by_label("统一社会信用代码")).to_be_visible()
    screens.keep(phone)
    screens.forgive(401)


def test_a_second_phone_is_told_plainly_that_the_visit_was_rated(product, screens):
    uscc = an_enterprise_with_a_visit(product, after=1)
    first, second = screens.open(PHONE), screens.open(PHONE)
    for phone in (first, second):
        enter(phone, product, uscc)
        phone.get_by_role("button", name="评价", exact=True).first.tap()
        phone.get_by_text("满意", exact=True).tap()
    first.get_by_role("button", name="提交评价").tap()
    expect(first.get_by_role("status").filter(has_text="不会再请您评价")).to_be_visible()
    second.get_by_role("button", name="提交评价").tap()
    expect(second.get_by_role("status").filter(has_text="已经评价过了")).to_be_visible()
    expect(second.get_by_role("alert")).to_have_count(0)
    assert_pleasant(second)
    screens.forgive(409)


def test_a_wrong_code_opens_nothing(product, screens):
    phone = screens.open(PHONE)
    phone.goto("/enterprise/")
    phone.get_by_label("统一社会信用代码").fill(an_enterprise_with_a_visit(product))
    phone.get_by_role("button", name="发送验证码").tap()
    phone.get_by_label("六位验证码").fill("000000")
    phone.get_by_role("button", name="进入").tap()
    expect(phone.get_by_role("alert")).to_contain_text("验证码不正确")
    for left in (4, 3, 2, 1):
        expect(phone.get_by_role("alert")).to_contain_text(f"还可以再试 {left} 次")
        phone.get_by_role("button", name="进入").tap()
    expect(phone.get_by_role("alert")).to_contain_text("重新发送")
    assert phone.get_by_role("alert").inner_text().count("验证码不正确") == 1
    screens.keep(phone)
    screens.forgive(401)


def test_the_door_says_what_it_is_before_any_script_came(product, phone):
    served = httpx.get(f"{product.url}/enterprise/").text
    phone.goto("/enterprise/")
    expect(phone.get_by_label("统一社会信用代码")).to_be_visible()
    for where in ("header strong", "h1", "main p.quiet"):
        assert f">{phone.locator(where).first.inner_text()}</" in served


def uscc_of(product, order_id: UUID) -> str:
    with psycopg.connect(product.database_url("inspection")) as connection:
        row = connection.execute(
            "SELECT uscc FROM orders JOIN enterprise USING (enterprise_id) WHERE order_id = %s", (order_id,)
        ).fetchone()
    assert row
    return row[0]


def an_enterprise_with_a_visit(product, after: int = 0) -> str:
    """The USCC of one that may rate, of the demo city's year, `after` so many others: codes for each are few. What other
    tests concluded, today, moves nobody along."""
    with psycopg.connect(product.database_url("feedback")) as connection:
        row = connection.execute(
            """
            SELECT enterprise_id FROM visit WHERE concluded_at BETWEEN now() - interval '20 days' AND now() - interval '1 day'
            GROUP BY enterprise_id ORDER BY max(concluded_at) DESC, enterprise_id OFFSET %s LIMIT 1
            """,
            (after,),
        ).fetchone()
    assert row, "the demo city has no recent visit"
    with psycopg.connect(product.database_url("registry")) as connection:
        found = connection.execute("SELECT uscc FROM enterprise WHERE enterprise_id = %s", row).fetchone()
    assert found
    return found[0]
