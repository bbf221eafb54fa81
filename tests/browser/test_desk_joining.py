"""One visit instead of several, by those at the desk: seen, proposed, accepted, planned."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from services.chassis import clock
from tests.browser.desks import go, log_in, sound
from tests.browser.joining import (
    CITY,
    FIRST,
    SECOND,
    Meeting,
    drafted,
    free_places,
    meeting,
    office,
    submitted,
)
from tests.rig.browser_axe import violations
from tests.rig.browser_screens import DESK
from tour.orders import API

pytestmark = pytest.mark.xdist_group("browser")
WIDE, TABLET = {"width": 1280, "height": 800}, {"width": 1024, "height": 768}


def card_of(desk: Page, met: Meeting):
    """The figures of the desk follow the events: asked for again until they have come."""
    card = desk.get_by_role("region", name=met.place.enterprise, exact=True)
    for _ in range(100):
        go(desk, "联合提议")
        go(desk, "重复检查台")
        expect(desk.get_by_role("status")).to_have_count(0)
        if card.count():
            return card
        desk.wait_for_timeout(500)
    raise AssertionError("the duplicates desk does not show the two orders")


def test_a_join_is_proposed_from_the_duplicates_desk_and_accepted_by_the_other(product, screens, desk):
    met = meeting(product)
    log_in(product, desk, f"clerk.{SECOND}")
    card = card_of(desk, met)
    expect(card).to_contain_text("不同机关，期限重叠")
    sound(screens, desk)
    card.get_by_role("button", name="提议联合").click()
    expect(card.get_by_role("status")).to_contain_text("已提议")

    other = screens.open(DESK, viewport=WIDE)
    log_in(product, other, f"clerk.{FIRST}")
    go(other, "联合提议")
    sound(screens, other)
    other.get_by_role("link", name=met.place.enterprise).click()
    expect(other.get_by_text("现行条件")).to_be_visible()
    sound(screens, other)
    other.get_by_role("button", name="另提条件").click()
    sound(screens, other)
    other.get_by_role("button", name="不改").click()
    other.get_by_role("button", name="同意这些条件").click()
    other.get_by_role("link", name="联合检查单").click()
    expect(other.get_by_role("heading", name=met.place.enterprise)).to_be_visible()
    joint = office(product, FIRST).clerk.caller.get(f"{API}/orders/{met.one['order_id']}").json
    absorbed = office(product, SECOND).clerk.caller.get(f"{API}/orders/{met.other['order_id']}").json
    assert "absorbed" in {joint["state"], absorbed["state"]}


def test_what_is_typed_for_a_join_is_not_left_unasked(product, screens, desk):
    first, second = office(product, FIRST), office(product, SECOND)
    place = free_places(product, (first, second), 1)[0]
    one = submitted(first, place)
    later = date.fromisoformat(one["ends_on"]) + timedelta(days=2)
    other = drafted(second, place, starts_on=str(later), ends_on=str(later))
    log_in(product, desk, f"clerk.{SECOND}")
    card = card_of(desk, Meeting(place, one, other))
    card.get_by_role("button", name="提议联合").click()
    expect(card.get_by_role("alert")).to_contain_text("没有共同的日子")
    note = card.get_by_label("说明")
    note.fill("等停产检修")
    sound(screens, desk)
    go(desk, "检查单")
    asked = desk.get_by_role("dialog")
    expect(asked).to_contain_text("填写的内容还没有保存")
    asked.get_by_role("button", name="继续填写").click()
    expect(note).to_have_value("等停产检修")
    card.get_by_label(re.compile("^自")).fill(
        one["starts_on"]
    )  # what is wrong with them stands in their labels
    card.get_by_label(re.compile("^至")).fill(str(later))
    card.get_by_role("button", name="提议联合").click()
    card.get_by_role("link", name="查看提议").click()
    expect(desk.get_by_text("现行条件")).to_be_visible()
    screens.forgive(422)


def test_a_verdict_is_remembered_and_a_proposal_declined_with_its_reason(product, screens):
    met, apart = meeting(product), meeting(product)
    tablet = screens.open(DESK, viewport=TABLET)
    log_in(product, tablet, "coordinator")
    card = card_of(tablet, apart)
    card.get_by_role("button", name="不是重复").click()
    dialog = tablet.get_by_role("dialog")
    sound_dialog(screens, tablet)
    tablet.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    card.get_by_role("button", name="不是重复").press("Enter")
    dialog.get_by_label("为什么不是同一件事").fill("一处查用电，一处查作业")
    dialog.get_by_role("button", name="不是重复").click()
    expect(card).to_contain_text("一处查用电，一处查作业")
    kept = product.logged_in("coordinator").caller.get(f"{API}/orders/{apart.one['order_id']}")
    assert kept.json["state"] == "submitted"

    card = card_of(tablet, met)
    card.get_by_role("button", name="提议联合").click()
    card.get_by_role("link", name="查看提议").click()
    tablet.get_by_role("button", name="决定各自检查").click()
    tablet.get_by_label("决定的理由").fill("时间不能一致")
    tablet.get_by_role("dialog").get_by_role("button", name="决定各自检查").click()
    expect(tablet.get_by_text("不联合", exact=True)).to_be_visible()
    expect(tablet.locator("main")).to_contain_text("时间不能一致")
    sound(screens, tablet)


def sound_dialog(screens, page: Page) -> None:
    assert not violations(page)
    screens.keep(page)


def test_a_plan_is_run_compared_and_accepted(product, screens, desk):
    first, second = office(product, FIRST), office(product, SECOND)
    place = free_places(product, (first, second), 1)[0]
    for each in (first, second):
        submitted(each, place)
    log_in(product, desk, "coordinator")
    go(desk, "联合检查计划")
    desk.get_by_label("至", exact=True).fill(str(clock.today(CITY) + timedelta(days=60)))
    desk.get_by_label("最多计算（秒）").fill("10")
    sound(screens, desk)
    desk.get_by_role("button", name="开始计算").click()
    expect(desk.get_by_text("已证明的下限")).to_be_visible()
    row = desk.get_by_role("row", name=place.enterprise)
    sound(screens, desk)
    row.get_by_role("checkbox").check()
    desk.get_by_role("button", name="采纳所选，发出提议（1）").click()
    desk.get_by_role("dialog").get_by_role("button", name="采纳所选，发出提议").click()
    row.get_by_role("link", name="已提议").click()
    expect(desk.get_by_role("heading", name=place.enterprise)).to_be_visible()
    desk.go_back()
    desk.get_by_role("button", name="未联合的及原因").click()
    sound(screens, desk)
