"""A survey on both of its screens: a coordinator asks, enterprises answer on their phones, and sums come back when
enough have."""

from __future__ import annotations

import json
import re
from time import monotonic, sleep

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.desks import go, log_in, sound
from tests.browser.enterprises import assert_pleasant, enter
from tests.browser.offices import AN_OFFICE, downloaded
from tests.rig.browser_screens import PHONE

pytestmark = pytest.mark.xdist_group("browser")
API = "/api/feedback/v1"
CITY = "3213"
TITLE = "涉企行政检查企业问卷（双月）"


def test_a_coordinator_asks_enterprises_answer_and_sums_come_back_when_enough_have(product, screens):
    desk, phone = screens.open(AN_OFFICE), screens.open(PHONE)
    log_in(product, desk, "coordinator")
    go(desk, "问卷")
    expect(desk.get_by_text("还没有问卷")).to_be_visible()
    sound(screens, desk)
    publish(screens, desk)
    survey_id = desk.url.rpartition("/")[2].partition("?")[0]
    first, *others = enterprises(product, 6)

    enter(phone, product, first)
    phone.get_by_role("button", name="问卷", exact=True).tap()
    expect(phone.get_by_role("heading", name=TITLE)).to_be_visible()
    screens.keep(phone)
    assert_pleasant(phone)
    phone.get_by_role("button", name="作答").tap()
    in_large_type_and_english(screens, phone)
    fill_in(screens, phone)
    expect(phone.get_by_role("status")).to_contain_text("已提交")
    expect(phone.locator("main")).to_contain_text("已答")
    screens.keep(phone)
    assert_pleasant(phone)

    desk.reload()
    expect(desk.locator(".figure").filter(has_text="已收回")).to_contain_text("1")
    expect(desk.get_by_role("status")).to_contain_text("结果在结束后一次汇总")
    sound(screens, desk)

    for uscc in others[:4]:
        answer_over_the_api(product, uscc, survey_id)
    close(desk)
    expect(desk.get_by_role("heading", name="8. 总体上")).to_be_visible()
    expect(desk.get_by_text(re.compile(r"5 家回答 · 平均 4\.2 分"))).to_be_visible()
    expect(desk.get_by_text("不足 5 家，不显示")).to_be_visible()
    sound(screens, desk)
    table = downloaded(desk, lambda: desk.get_by_role("button", name="下载全部结果 CSV").click()).decode(
        "utf-8-sig"
    )
    assert '"8. 总体上，您对近两个月的涉企检查满意吗？","满意","4","80.0%"' in table
    assert "不想被认出来" not in table, "one text of five sheets would be known by its place"


def test_of_too_few_answers_nothing_is_shown_and_it_can_be_asked_again(product, screens):
    desk = screens.open(AN_OFFICE)
    log_in(product, desk, "coordinator")
    desk.goto("/desk/#/surveys/new")
    publish(screens, desk)
    survey_id = desk.url.rpartition("/")[2].partition("?")[0]
    answer_over_the_api(product, enterprises(product, 1)[0], survey_id)
    let_its_days_pass(product, survey_id)
    desk.reload()
    expect(desk.get_by_text("已截止")).to_be_visible()
    expect(desk.get_by_role("status")).to_contain_text("不再收答卷")
    sound(screens, desk)
    close(desk, "现在汇总")
    expect(desk.get_by_role("status")).to_contain_text("不足 5 份，不显示结果")
    sound(screens, desk)
    desk.get_by_role("button", name="再发一期").click()
    expect(desk.get_by_label("标题", exact=True)).to_have_value(TITLE)
    go(desk, "问卷")
    desk.get_by_label("状态").select_option("drafted")
    expect(desk).to_have_url(re.compile("state=drafted"))
    expect(desk.get_by_role("row")).to_have_count(2)
    sound(screens, desk)


def publish(screens, desk: Page) -> None:
    """From the template, to the whole city."""
    if desk.get_by_role("link", name="新问卷").count():
        desk.get_by_role("link", name="新问卷").click()
    desk.get_by_role("button", name="双月问卷").click()
    expect(desk.get_by_label("标题", exact=True)).to_have_value(TITLE)
    desk.get_by_label("区划").fill(CITY)
    expect(desk.get_by_role("region", name="预览")).to_contain_text("检查人员进门时是否扫码入企")
    sound(screens, desk)
    desk.get_by_role("button", name="保存草稿").click()
    expect(desk.get_by_role("status").filter(has_text="已保存")).to_be_visible()
    desk.get_by_role("button", name="发布", exact=True).click()
    expect(desk.get_by_role("dialog")).to_contain_text(re.compile(r"将请 \d{2,} 家企业作答"))
    desk.get_by_role("dialog").get_by_role("button", name="发布").click()
    expect(desk.get_by_text("已发布")).to_be_visible()


def let_its_days_pass(product, survey_id: str) -> None:
    """It was open for two weeks until yesterday."""
    with psycopg.connect(product.database_url("feedback")) as connection:
        connection.execute(
            "UPDATE survey SET opens_on = opens_on - 14, closes_on = opens_on - 1 WHERE survey_id = %s",
            (survey_id,),
        )


def close(desk: Page, button: str = "提前结束") -> None:
    desk.get_by_role("button", name=button).click()
    desk.get_by_role("dialog").get_by_role("button", name=button).click()
    expect(desk.get_by_text("已结束")).to_be_visible()


def in_large_type_and_english(screens, phone: Page) -> None:
    for name in ("长辈版", "English"):
        phone.get_by_role("button", name=name).tap()
        screens.keep(phone)
        assert_pleasant(phone)
    phone.get_by_role("button", name="中文").tap()
    phone.get_by_role("button", name="标准版").tap()


def fill_in(screens, phone: Page) -> None:
    """What is missing is said where it is; what was said outlives a look at another page."""
    phone.get_by_label("1 次", exact=True).check()
    phone.get_by_role("button", name="提交答卷").tap()
    expect(phone.get_by_role("alert")).to_contain_text("还有 7 题没有回答")
    expect(phone.locator("#question-q2")).to_be_focused()
    expect(phone.locator("#question-q2")).to_contain_text("请回答这一题")
    screens.keep(phone)
    assert_pleasant(phone)
    phone.get_by_role("button", name="以后再答").tap()
    phone.get_by_role("button", name="作答").tap()
    expect(phone.get_by_label("1 次", exact=True)).to_be_checked()
    for question, choice in (("q2", "没有"), ("q3", "每次都扫"), ("q4", "每次都出示"), ("q5", "每次都告知")):
        phone.locator(f"#question-{question}").get_by_label(choice, exact=True).check()
    phone.get_by_label("说有检查或罚款指标").check()
    phone.get_by_label("指定中介机构").check()
    phone.get_by_label("是，一次查完").check()
    phone.locator("#question-q8").get_by_label("非常满意", exact=True).check()
    phone.get_by_label("请在这里填写").fill("不想被认出来")
    screens.keep(phone)
    phone.get_by_role("button", name="提交答卷").tap()


def enterprises(product, most: int) -> list[str]:
    """USCCs of enterprises with a visit that may be rated, and so with a page of their own."""
    with psycopg.connect(product.database_url("feedback")) as connection:
        rows = connection.execute(
            """
            SELECT DISTINCT visit.enterprise_id FROM visit JOIN enterprise USING (enterprise_id)
            WHERE concluded_at > now() - interval '20 days' AND active AND starts_with(area_code, %s) LIMIT %s
            """,
            (CITY, most),
        ).fetchall()
    with psycopg.connect(product.database_url("registry")) as connection:
        found = connection.execute(
            "SELECT uscc FROM enterprise WHERE enterprise_id = ANY(%s) ORDER BY uscc",
            ([row[0] for row in rows],),
        ).fetchall()
    assert len(found) == most, "the demo city has too few recent visits"
    return [row[0] for row in found]


def answer_over_the_api(product, uscc: str, survey_id: str) -> None:
    """As its phone does, but for the screen: satisfied, and never visited."""
    access = "/api/registry/v1/enterprise-access"
    before = len(messages(product))
    asked = posted(product, access, {"uscc": uscc})
    code = re.search(r"\d{6}", arrived(product, before))
    assert code
    right = posted(product, f"{access}/{asked['request_id']}/confirm", {"code": code.group()})
    login = {"Authorization": f"Bearer {right['access_token']}"}
    ticket = posted(product, f"{API}/survey-tickets", {"survey_id": survey_id}, login)["ticket"]
    choices = {
        "q1": "none",
        "q2": "no",
        "q3": "always",
        "q4": "always",
        "q5": "always",
        "q6": "nothing",
        "q7": "yes",
    }
    answers = {question: {"choices": [choice]} for question, choice in choices.items()} | {"q8": {"grade": 4}}
    posted(product, f"{API}/survey-answers", {"ticket": ticket, "answers": answers})


def posted(product, path: str, body: dict, headers: dict | None = None) -> dict:
    answer = product.client.post(product.url + path, json=body, headers=headers)
    assert answer.status_code < 300, answer.text
    return answer.json()


def messages(product) -> list[str]:
    log = product.folder.path / "sms.log"
    return log.read_text("utf-8").splitlines() if log.exists() else []


def arrived(product, before: int) -> str:
    until = monotonic() + 30
    while len(messages(product)) == before and monotonic() < until:
        sleep(0.1)
    return json.loads(messages(product)[-1])["text"]
