"""A complaint at the coordinator's desk, from the list to the return visit (rule V2)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from playwright.sync_api import Page, expect

from services.chassis import clock
from services.feedback.complaints import tracking
from tests.browser.desks import go, log_in, sound
from tests.rig.browser_product import Product

pytestmark = pytest.mark.xdist_group("browser")
WORDS = "同一周来了三次，查的是同样的事项。"
ANSWER = "经查属实，已责成该局合并检查并书面说明。"


def test_a_complaint_is_assigned_answered_and_followed_up(product, screens, desk):
    complaint_id, enterprise = complained(product)
    log_in(product, desk, "coordinator")
    go(desk, "投诉")
    row = desk.get_by_role("row").filter(has=desk.locator(f"a[href$='{complaint_id}']"))
    expect(row).to_contain_text("已逾期")
    expect(row).to_contain_text("重复检查、多头检查")
    sound(screens, desk)
    row.get_by_role("link", name=enterprise).click()
    expect(desk.get_by_text(WORDS)).to_be_visible()
    sound(screens, desk)
    take(desk, "交办", "办理记录", "请法制科三日内核实")
    expect(desk.get_by_text("“请法制科三日内核实”")).to_be_visible()

    desk.get_by_label("回复企业").check()
    answer = desk.get_by_label("回复内容")
    answer.fill(ANSWER)
    desk.go_back()
    desk.get_by_role("dialog").get_by_role("button", name="继续填写").click()
    expect(answer).to_have_value(ANSWER)
    begun_meanwhile(product, complaint_id)
    desk.get_by_role("button", name="回复企业").click()
    expect(desk.get_by_text("下面已是最新内容")).to_be_visible()
    expect(answer).to_have_value(ANSWER)
    desk.get_by_role("button", name="回复企业").click()
    expect(desk.get_by_role("heading", name="给企业的回复")).to_be_visible()
    take(desk, "回访", "办理记录", "企业表示满意")
    expect(desk.locator(".heading")).to_contain_text("已回访")
    sound(screens, desk)
    desk.get_by_role("link", name="← 投诉").click()
    desk.get_by_role("button", name="已回访").click()
    expect(desk.get_by_role("link", name=enterprise)).to_be_visible()
    assert answer_of(product, complaint_id) == ANSWER
    screens.forgive(412)


def take(desk: Page, step: str, field: str, words: str) -> None:
    desk.get_by_label(field).fill(words)
    desk.get_by_role("button", name=step, exact=True).click()
    expect(desk.get_by_label(field)).not_to_have_value(words)


def complained(product: Product) -> tuple[UUID, str]:
    """Its number and whose it is: filed so long ago that it is overdue."""
    complaint_id, filed = uuid4(), clock.now() - timedelta(days=40)
    with psycopg.connect(product.database_url("feedback")) as connection:
        visit = connection.execute("SELECT enterprise_id, agency_id FROM visit LIMIT 1").fetchone()
        assert visit, "the demo city has no visit"
        connection.execute(
            """
            INSERT INTO complaint (complaint_id, version, tracking_number, enterprise_id, agency_id, category, text, state,
                                   filed_at, due_on)
            VALUES (%s, 1, %s, %s, %s, 'repeated_inspection', %s, 'filed', %s, %s)
            """,
            (complaint_id, tracking.new(), *visit, WORDS, filed, filed.date() + timedelta(days=20)),
        )
        connection.execute(
            "INSERT INTO complaint_step (complaint_id, version, state, at) VALUES (%s, 1, 'filed', %s)",
            (complaint_id, filed),
        )
    with psycopg.connect(product.database_url("registry")) as connection:
        found = connection.execute(
            "SELECT name FROM enterprise WHERE enterprise_id = %s", visit[:1]
        ).fetchone()
    assert found
    return complaint_id, found[0]


def begun_meanwhile(product: Product, complaint_id: UUID) -> None:
    """A colleague begins to handle it while the answer is typed."""
    caller = product.logged_in("coordinator").caller
    path = f"/api/feedback/v1/desk/complaints/{complaint_id}"
    version = caller.get(path).json["version"]
    caller.post(f"{path}/handle", {"note": None}, headers={"If-Match": f'"{version}"'})


def answer_of(product: Product, complaint_id: UUID) -> str:
    return (
        product.logged_in("coordinator")
        .caller.get(f"/api/feedback/v1/desk/complaints/{complaint_id}")
        .json["answer"]
    )
