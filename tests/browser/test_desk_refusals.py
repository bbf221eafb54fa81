"""What was refused at the door, and what enterprises say of visits, as supervisors and agencies read it at the desk."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from services.chassis import clock
from services.chassis.database import UnitOfWork, open_pool
from services.feedback.policy import rules_at
from services.feedback.ratings.commands import release_ratings
from services.feedback.ratings.model import Opinion, Tag
from services.feedback.ratings.store import cast_ballot
from tests.browser.desks import go, log_in, sound
from tests.browser.following import try_to_enter
from tests.browser.joining import CITY, FIRST, SECOND, office
from tests.browser.offices import downloaded
from tests.browser.visits import issued_visit
from tests.rig.browser_product import Product
from tests.rig.browser_screens import DESK
from tour.orders import API

pytestmark = pytest.mark.xdist_group("browser")
WIDE, TABLET = {"width": 1280, "height": 800}, {"width": 768, "height": 1024}


def test_refusals_of_both_kinds_are_found_with_their_names_and_lead_to_the_order(product, screens):
    visit = issued_visit(product)
    name, code = (
        visit.order["enterprise"]["name"],
        visit.office.clerk.caller.get(f"{API}/orders/{visit.order_id}/code"),
    )
    for _ in range(2):
        try_to_enter(visit, colleagues=0, expect=409)
    said = {"ground": "too_few_inspectors", "words": "只来了一个人"}
    product.anyone.post(f"{API}/codes/{code.json['token']}/refusal", said)

    desk = screens.open(DESK, viewport=WIDE)
    log_in(product, desk, "coordinator")
    go(desk, "拒绝入企")
    row = desk.get_by_role("row").filter(has_text=name)
    expect(row).to_contain_text("到场执法人员不足")
    expect(row).to_contain_text("共 2 次")
    expect(row).to_contain_text(re.compile(r"\d{4}\*{4}\d{3}"))
    sound(screens, desk)
    desk.get_by_label("原因").select_option("code_forged")
    expect(desk.get_by_text("没有符合条件的拒绝记录")).to_be_visible()
    desk.get_by_role("button", name="清除筛选").click()
    desk.get_by_label("机关").select_option(visit.office.agency_id)
    row.get_by_role("button", name="只看这家").click()
    expect(desk).to_have_url(re.compile("enterprise_id="))
    desk.get_by_role("button", name="企业拒绝").click()
    expect(row).to_contain_text("“只来了一个人”")
    expect(row).to_contain_text("有记录印证")
    desk.reload()
    expect(row).to_have_count(1)
    sound(screens, desk)
    row.get_by_role("link", name=code.json["short_code"]).click()
    expect(desk.get_by_role("heading", name=name)).to_be_visible()

    tablet = screens.open(DESK, viewport=TABLET)
    log_in(product, tablet, f"clerk.{FIRST}")
    go(tablet, "拒绝入企")
    expect(tablet.get_by_role("row").filter(has_text=name)).to_have_count(1)
    expect(tablet.get_by_label("机关")).to_have_count(0)
    sound(screens, tablet)


def ratings_are_released(product: Product, agency_id: Any) -> None:
    """Of five enterprises, as the nightly job does."""
    pool = open_pool(product.database_url("feedback"), 1, "test")
    comments = ["依据讲得很清楚", None, None, None, "上个月刚查过同样的事"]
    with UnitOfWork(pool, "/feedback") as uow:
        for grade, comment in zip((5, 5, 4, 3, 2), comments, strict=True):
            tags = (Tag.CLEAR, Tag.QUICK) if grade > 2 else (Tag.REPEATED,)
            opinion = Opinion(grade=grade, tags=tags, comment=comment)
            cast_ballot(uow.connection, agency_id, opinion, clock.today(CITY))
        release_ratings(rules_at(clock.now()), uow)
        uow.commit()
    pool.close()


def test_an_agency_reads_its_ratings_once_enough_have_come(product, screens):
    first, second = office(product, FIRST), office(product, SECOND)
    tablet = screens.open(DESK, viewport=TABLET)
    log_in(product, tablet, f"clerk.{SECOND}")
    go(tablet, "好差评")
    expect(tablet.get_by_text("还没有可以公布的评价")).to_be_visible()
    expect(tablet.get_by_text("少于 5 条的一直不公布")).to_be_visible()
    sound(screens, tablet)

    ratings_are_released(product, first.agency_id)
    desk = screens.open(DESK, viewport=WIDE)
    log_in(product, desk, "coordinator")
    go(desk, "好差评")
    desk.get_by_label("机关").select_option(first.agency_id)
    expect(desk.get_by_text("5 条，1 批 · 满意率 80.0%")).to_be_visible()
    grades = desk.locator("section.card", has=desk.get_by_role("heading", name="五档评价"))
    table = downloaded(desk, grades.get_by_role("button", name="下载 CSV").click).decode("utf-8-sig")
    assert '"非常满意","2","40.0%"' in table
    grades.get_by_text("看表格").click()
    expect(grades.get_by_role("row", name="不满意 1 20.0%", exact=True)).to_be_visible()
    desk.get_by_text("企业留言").click()
    expect(desk.locator("main")).to_contain_text("“上个月刚查过同样的事”")
    sound(screens, desk)
    desk.get_by_label("机关").select_option(second.agency_id)
    expect(desk.get_by_text("没有符合条件的评价")).to_be_visible()
