"""The yearly plan at the desk: written by a clerk, published by the head, read and compared by everybody."""

from __future__ import annotations

import re
from math import floor

import pytest
from playwright.sync_api import Page, expect

from services.chassis import clock
from tests.browser.desks import go, log_in, sound
from tests.browser.joining import CITY, FIRST, office
from tests.rig.browser_screens import DESK
from tour.orders import API

pytestmark = pytest.mark.xdist_group("browser")
DRAFT = f"{API}/plan-drafts"


def at_plans(product, screens, username: str) -> Page:
    page = screens.open(DESK)
    log_in(product, page, username)
    go(page, "年度检查计划")
    expect(page.get_by_role("region", name="已公布的计划")).to_be_visible()
    return page


def of_year(page: Page, year: int):
    return page.get_by_role("region", name=f"{year} 年度检查计划", exact=True)


def colleague_plans_one_more_visit(caller, year: int) -> None:
    """Of the last item; the one at the screen changes the first."""
    read = caller.get(f"{DRAFT}/{year}")
    items = [{"item_id": item["item_id"], "visits": item["visits"]} for item in read.json["items"]]
    items[-1]["visits"] += 1
    body = {"note": read.json["note"], "items": items}
    caller.put(f"{DRAFT}/{year}", body, headers={"If-Match": read.etag})


def test_next_years_plan_is_written_published_and_revised(product, screens):
    first, year = office(product, FIRST), clock.today(CITY).year + 1
    page = at_plans(product, screens, f"clerk.{FIRST}")
    sound(screens, page)
    of_year(page, year).get_by_role("link", name=re.compile("写计划|修订|继续写草稿")).click()
    expect(page.get_by_role("heading", name=f"{year} 年度检查计划草稿")).to_be_visible()
    visits = page.get_by_label(re.compile("：检查次数$"))
    expect(visits.first).not_to_have_value("")
    page.get_by_role("textbox", name=re.compile("计划说明|为什么修订")).fill("以有限空间和粉尘涉爆为重点")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    sound(screens, page)

    colleague_plans_one_more_visit(first.clerk.caller, year)
    visits.first.fill("7")
    go(page, "检查单")
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("填写的内容还没有保存")
    asked.get_by_role("button", name="继续填写").click()
    page.get_by_role("button", name="保存草稿").click()
    newer = page.get_by_role("region", name="您填写期间，他人已保存")
    expect(newer.get_by_role("row")).to_have_count(2)
    sound(screens, page)
    newer.get_by_role("button", name="保留我填的").click()
    expect(visits.first).to_have_value("7")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="公布")).to_have_count(0)
    screens.forgive(412)

    head_publishes(product, screens, year)
    published = first.clerk.caller.get(f"{API}/plans", params={"agency_id": first.agency_id, "year": year})
    plan = first.clerk.caller.get(f"{API}/plans/{published.json['items'][0]['plan_id']}").json
    assert 7 in [item["visits"] for item in plan["items"]]
    revise(first, plan)
    coordinator_compares(product, screens, year, plan["revision"] + 1, plan["agency"])


def head_publishes(product, screens, year: int) -> None:
    page = at_plans(product, screens, f"head.{FIRST}")
    of_year(page, year).get_by_role("link", name="看草稿、公布").click()
    expect(page.get_by_text("以有限空间和粉尘涉爆为重点")).to_be_visible()
    sound(screens, page)
    page.get_by_role("button", name="公布", exact=True).click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("公布后人人可见，不能收回")
    asked.get_by_role("button", name="公布", exact=True).click()
    expect(page.get_by_text("执行中", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name=f"{year} 年度检查计划")).to_be_visible()
    sound(screens, page)


def revise(first, plan) -> None:
    """Without its first item, where there is another."""
    items = [{"item_id": item["item_id"], "visits": item["visits"] + 5} for item in plan["items"]]
    path = f"{DRAFT}/{plan['year']}"
    draft = first.clerk.caller.put(path, {"note": "年中调整", "items": items[1:] or items})
    first.head.caller.post(f"{path}/publish", {}, headers={"If-Match": draft.etag})


def coordinator_compares(product, screens, year: int, revision: int, name: str) -> None:
    page = at_plans(product, screens, "coordinator")
    expect(page.get_by_role("heading", name=f"{year} 年度检查计划", exact=True)).to_have_count(0)
    page.get_by_role("combobox", name="年度", exact=True).select_option(str(year))
    expect(page).to_have_url(re.compile(f"year={year}"))
    page.get_by_role("combobox", name="机关").select_option(label=name)
    rows = page.get_by_role("region", name="已公布的计划").get_by_role("row")
    expect(rows).to_have_count(1 + revision)
    newest = rows.filter(has_text=f"第 {revision} 版")
    expect(newest).to_contain_text("执行中")
    expect(rows.filter(has_text=f"第 {revision - 1} 版")).to_contain_text("已被修订")
    sound(screens, page)
    newest.get_by_role("link").click()
    items = page.get_by_role("region", name="计划的检查事项")
    expect(items).to_contain_text("原为")
    sound(screens, page)
    page.get_by_role("link", name=f"第 {revision - 1} 版").click()
    expect(page.get_by_text("已被修订", exact=True)).to_be_visible()
    sound(screens, page)


def test_everybody_sees_how_far_this_years_plan_is_carried_out(product, screens):
    first, year = office(product, FIRST), clock.today(CITY).year
    caller = first.clerk.caller
    plan = caller.get(f"{API}/plans", params={"agency_id": first.agency_id, "year": year}).json["items"][0]
    items = caller.get(f"{API}/plans/{plan['plan_id']}/progress").json["items"]
    made, ahead = (sum(item[part] for item in items) for part in ("visited", "ahead"))
    assert made, "the demo city has visits of this year"
    page = at_plans(product, screens, f"inspector.{FIRST}.1")
    page.get_by_role("combobox", name="机关").select_option(label=plan["agency"])
    page.get_by_role("combobox", name="年度", exact=True).select_option(str(year))
    row = page.get_by_role("region", name="已公布的计划").get_by_role("row").filter(has_text="执行中")
    row.get_by_role("link").click()
    total = page.get_by_role("region", name="计划的检查事项").get_by_role("row", name="合计")
    share = f"{floor(100 * made / plan['visits'] + 0.5)}%"
    expect(total.get_by_role("cell")).to_have_text([f"{plan['visits']:,}", f"{made:,}", f"{ahead:,}", share])
    sound(screens, page)
