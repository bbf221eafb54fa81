"""The enterprise at its own gate: is the code genuine, how to refuse, how to rate and complain. No app, no account."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import psycopg
import pytest
from playwright.sync_api import Page, Route, expect

from services.chassis import clock
from tests.browser.scenes import CITY, INSPECTION, Scenes, spoiled
from tests.rig.browser_axe import violations
from tests.rig.browser_screens import PHONE, overflow

pytestmark = pytest.mark.xdist_group("browser")
BUDGET_BYTES = 100 * 1024
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}


@pytest.fixture(scope="module")
def scenes(product) -> Scenes:
    return Scenes(product)


def assert_pleasant(page: Page) -> None:
    assert overflow(page) <= 0
    assert violations(page) == []


def test_the_phone_itself_finds_a_code_genuine_or_forged(scenes, phone):
    code = scenes.order_code()
    phone.goto(f"/Q/{code}")
    expect(phone.locator("#on-this-phone")).to_contain_text("签名真实")
    phone.goto(f"/Q/{spoiled(code)}")
    expect(phone.locator("#on-this-phone")).to_contain_text("签名不符")
    phone.goto(f"/Q/{scenes.code_of_another_key()}")
    expect(phone.locator("#on-this-phone")).to_contain_text("未公布")


def test_a_phone_without_that_cryptography_checks_with_the_library(scenes, screens):
    phone = screens.open(PHONE)
    phone.add_init_script("crypto.subtle.importKey = () => Promise.reject(new Error('no Ed25519'))")
    code = scenes.order_code()
    phone.goto(f"/Q/{code}")
    expect(phone.locator("#on-this-phone")).to_contain_text("签名真实")
    phone.goto(f"/Q/{spoiled(code)}")
    expect(phone.locator("#on-this-phone")).to_contain_text("签名不符")


def test_it_refuses_on_a_ground_and_keeps_the_receipt(scenes, screens, phone):
    phone.goto(f"/Q/{scenes.order_code()}")
    begin, waited = phone.get_by_role("button", name="依法拒绝检查"), list[bool]()

    def look(route: Route) -> None:
        waited.append(begin.is_disabled())
        route.continue_()

    phone.route("**/refusal-grounds", look)
    begin.tap()
    phone.get_by_label("来人未出示有效执法证件").check()
    assert waited == [True]
    phone.get_by_label("补充说明").fill("只来了一个人，没有亮证")
    screens.keep(phone)
    assert_pleasant(phone)
    phone.get_by_role("button", name="确认拒绝").tap()
    expect(phone.get_by_role("status").filter(has_text="已登记拒绝")).to_be_visible()
    screens.keep(phone)
    phone.get_by_role("link", name="打开回执").tap()
    expect(phone.locator("body")).to_contain_text("来人未出示有效执法证件")
    expect(phone.locator("body")).to_contain_text("只来了一个人，没有亮证")


def test_it_confirms_that_the_notice_was_read_and_keeps_its_rights(scenes, screens, phone):
    code = scenes.order_code()
    phone.goto(f"/Q/{code}")
    confirm = phone.get_by_role("button", name="确认收到检查通知")
    expect(confirm).to_be_visible()
    screens.keep(phone)
    assert_pleasant(phone)
    confirm.tap()
    expect(phone.get_by_role("status").filter(has_text="已确认收到通知")).to_be_visible()
    expect(phone.get_by_role("button", name="依法拒绝检查")).to_be_visible()
    expect(phone.get_by_role("link", name="拨打 12345 投诉或建议")).to_have_attribute("href", "tel:12345")
    screens.keep(phone)
    phone.goto(f"/Q/{code}")
    expect(phone.locator("main")).to_contain_text("通知送达")
    expect(confirm).to_have_count(0)
    assert_pleasant(phone)


def test_an_order_is_looked_up_by_its_short_code_when_no_square_can_be_scanned(scenes, screens, phone):
    order = scenes.order()
    caller = scenes.product.logged_in("coordinator").caller
    typed = caller.get(f"/api/inspection/v1/orders/{order}/code").json["short_code"]
    slipped = typed[:-1] + ("2" if typed[-1] != "2" else "3")
    phone.goto("/enterprise/")
    phone.get_by_text("扫不了检查码").tap()
    phone.get_by_label("检查单号").fill(slipped)
    phone.get_by_role("button", name="核对", exact=True).tap()
    expect(phone.get_by_role("alert")).to_contain_text("检查单号不对")
    screens.keep(phone)
    assert_pleasant(phone)
    phone.get_by_label("检查单号").fill(f" {typed.lower()} ")
    phone.get_by_role("button", name="核对", exact=True).tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("✓ 真实有效")
    expect(phone.get_by_role("button", name="确认收到检查通知")).to_be_visible()


def test_it_refuses_from_its_own_plate_when_no_code_is_shown(scenes, phone):
    phone.goto(f"/Q/{scenes.plate_code()}")
    phone.get_by_role("button", name="不出示检查码").tap()
    expect(phone.get_by_role("link", name="打开回执")).to_be_visible()


def test_without_signal_nothing_is_said_to_be_registered(scenes, screens, product):
    phone = screens.open(PHONE)
    phone.goto(f"/Q/{scenes.order_code()}")
    phone.get_by_role("button", name="依法拒绝检查").tap()
    phone.get_by_label("少于两人").check()
    refusal = re.compile(r"/refusal$")
    phone.route(refusal, lambda route: route.fulfill(status=503, json={"zh": _problem("服务暂不可用")}))
    phone.get_by_role("button", name="确认拒绝").tap()
    expect(phone.get_by_role("alert")).to_contain_text("服务暂不可用")
    phone.unroute(refusal)
    phone.get_by_role("button", name="确认拒绝").tap()
    expect(phone.get_by_role("link", name="打开回执")).to_be_visible()
    screens.forgive(503)


def test_large_type_and_english_stay_chosen(scenes, phone):
    code = scenes.order_code()
    phone.goto(f"/Q/{code}")
    phone.get_by_role("link", name="长辈版").tap()
    expect(phone.locator("html")).to_have_class("large")
    assert phone.locator("h1").evaluate("it => parseFloat(getComputedStyle(it).fontSize)") > 40
    assert_pleasant(phone)
    phone.goto(f"/Q/{code}")
    expect(phone.locator("html")).to_have_class("large")
    phone.goto("/enterprise/")
    expect(phone.locator("html")).to_have_class("large")
    phone.get_by_role("button", name="English").tap()
    expect(phone.get_by_role("heading")).to_have_text("Enter your enterprise's page")
    assert_pleasant(phone)


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


def uscc_of(product, order_id: UUID) -> str:
    with psycopg.connect(product.database_url("inspection")) as connection:
        row = connection.execute(
            "SELECT uscc FROM orders JOIN enterprise USING (enterprise_id) WHERE order_id = %s", (order_id,)
        ).fetchone()
    assert row
    return row[0]


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
    over = {"code": "unauthenticated", "zh": _problem("请先登录"), "en": _problem("Please log in first")}
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


@pytest.mark.parametrize("path", ["/enterprise/", "code"])
def test_the_first_view_fits_a_slow_phone(scenes, screens, path):
    phone = screens.open(PHONE)
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    phone.goto(f"/Q/{scenes.order_code()}" if path == "code" else path, wait_until="networkidle")
    painted = phone.evaluate(
        """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
            .observe({ type: "largest-contentful-paint", buffered: true }))"""
    )
    print(
        f"{path}: {sum(sizes) / 1024:.0f} KB in {len(sizes)} requests, largest paint after {painted:.0f} ms"
    )
    assert 0 < sum(sizes) <= BUDGET_BYTES


def test_the_door_says_what_it_is_before_any_script_came(product, phone):
    served = httpx.get(f"{product.url}/enterprise/").text
    phone.goto("/enterprise/")
    expect(phone.get_by_label("统一社会信用代码")).to_be_visible()
    for where in ("header strong", "h1", "main p.quiet"):
        assert f">{phone.locator(where).first.inner_text()}</" in served


def enter(phone: Page, product, uscc: str) -> None:
    phone.goto("/enterprise/")
    phone.get_by_label("统一社会信用代码").fill(uscc)
    phone.get_by_role("button", name="发送验证码").tap()
    expect(phone.get_by_label("六位验证码")).to_be_visible()  # only then has the message gone out
    phone.get_by_label("六位验证码").fill(text_message(product))
    phone.get_by_role("button", name="进入").tap()
    expect(phone.get_by_role("heading", name="本企业的检查")).to_be_visible()
    expect(phone.locator("section.card").first).to_be_visible()


def text_message(product) -> str:
    """The newest: the demo city's text messages arrive in a file."""
    log = product.folder.path / "sms.log"
    found = re.search(r"\d{6}", json.loads(log.read_text("utf-8").splitlines()[-1])["text"])
    assert found
    return found.group()


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


def _problem(title: str) -> dict[str, str]:
    return {"title": title, "detail": "", "remedy": ""}
