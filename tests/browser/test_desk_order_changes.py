"""What changes an order before anyone enters, at the desk: another inspector, another agency's order taken in, and out again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from services.chassis import clock
from tests.browser.desks import log_in, sound
from tests.browser.joining import CITY, FIRST, SECOND, Meeting, drafted, free_places, office
from tests.browser.visits import issued_visit
from tests.rig.browser_product import Product
from tests.rig.browser_screens import DESK
from tour.acts.draft import REGISTRY
from tour.orders import API

pytestmark = pytest.mark.xdist_group("browser")
TABLET = {"width": 768, "height": 1024}


def another(product: Product, agency_id: str, name: str, **changes: Any) -> dict[str, Any]:
    """One more inspector of an agency, like those it has."""
    registrar = product.logged_in("registrar").caller
    asked = {"agency_id": agency_id, "limit": 1}
    (like,) = registrar.get(f"{REGISTRY}/inspectors", params=asked).json["items"]
    draft = {field: like[field] for field in ("agency_id", "kind", "scope", "valid_from", "valid_until")}
    number = f"99{clock.now():%m%d%H%M%S%f}"
    draft |= {"name": name, "certificate_number": number, **changes}
    made = registrar.post(f"{REGISTRY}/inspectors", draft).json
    product.settle()
    return made


def test_the_head_sends_another_inspector_and_hears_the_gate(product, screens, desk):
    visit = issued_visit(product)
    agency = visit.office.agency_id
    fit = another(product, agency, "欧阳替补")
    unfit = another(product, agency, "司马外行", scope=["culture"])
    lapsed = another(product, agency, "诸葛过期", valid_until=str(clock.today(CITY) - timedelta(days=1)))
    leaving, staying = visit.order["inspectors"]
    log_in(product, desk, f"head.{FIRST}")
    desk.goto(f"/desk/#/orders/{visit.order_id}")
    desk.get_by_role("button", name="换人").click()
    form = desk.get_by_role("form", name="换人")
    form.get_by_label("不能到场的").select_option(leaving["inspector_id"])
    offered = form.get_by_label("改派")
    expect(offered).to_contain_text(fit["name"])
    expect(offered).not_to_contain_text(lapsed["name"])
    expect(offered).not_to_contain_text(staying["name"])
    offered.select_option(unfit["inspector_id"])
    form.get_by_label("换人的理由").fill("家中急事")
    form.get_by_role("button", name="确认换人").click()
    expect(desk.locator(".findings")).to_contain_text(f"{unfit['name']} 的执法范围不含本次领域")
    expect(form.get_by_label("换人的理由")).to_have_value("家中急事")
    sound(screens, desk)
    offered.select_option(fit["inspector_id"])
    form.get_by_role("button", name="确认换人").click()
    expect(form).to_be_hidden()
    people = desk.locator("dt", has_text="执法人员").locator("+ dd")
    expect(people).to_contain_text(fit["name"])
    expect(people).not_to_contain_text(leaving["name"])
    expect(desk.locator("main")).to_contain_text("“家中急事”")
    screens.forgive(409)


def two_of_a_place(product: Product) -> Meeting:
    """Drafts of two agencies, on other days."""
    first, second = office(product, FIRST), office(product, SECOND)
    place = free_places(product, (first, second), 1)[0]
    one = drafted(first, place)
    until = str(date.fromisoformat(one["ends_on"]) + timedelta(days=2))
    return Meeting(place, one, drafted(second, place, ends_on=until))


def test_a_coordinator_merges_two_orders_and_an_agency_leaves_again(product, screens, desk):
    met = two_of_a_place(product)
    host, guest = (office(product, each).clerk.caller for each in (FIRST, SECOND))
    log_in(product, desk, "coordinator")
    desk.goto(f"/desk/#/orders/{met.one['order_id']}")
    joint = desk.get_by_role("region", name="综合查一次")
    joint.get_by_role("button", name="找同一场所的检查单合并").click()
    joint.get_by_role("radio", name=met.other["agencies"][0]["name"]).check()
    becomes = joint.get_by_role("region", name="合并以后")
    expect(becomes).to_contain_text(f"{met.one['starts_on']} – {met.one['ends_on']}")
    expect(becomes).to_contain_text(f"被并入的原为 {met.other['starts_on']} – {met.other['ends_on']}")
    expect(becomes).to_contain_text("4：")
    sound(screens, desk)
    joint.get_by_role("button", name="合并", exact=True).click()
    desk.get_by_role("dialog").get_by_role("button", name="合并", exact=True).click()
    expect(joint.get_by_role("link", name="并入的检查单")).to_be_visible()
    for each in (met.one, met.other):
        for item in each["items"]:
            expect(desk.locator("ol").first).to_contain_text(item["name"])
    screens.keep(desk)
    assert guest.get(f"{API}/orders/{met.other['order_id']}").json["absorbed_into"] == met.one["order_id"]

    clerk = screens.open(DESK, viewport=TABLET)
    log_in(product, clerk, f"clerk.{SECOND}")
    clerk.goto(f"/desk/#/orders/{met.other['order_id']}")
    joint = clerk.get_by_role("region", name="综合查一次")
    expect(joint).to_contain_text(met.one["agencies"][0]["name"])
    sound(screens, clerk)
    joint.get_by_role("button", name="拆分").press("Enter")
    asked = clerk.get_by_role("dialog")
    asked.get_by_label("拆分的理由").fill("须停产后才能查")
    asked.get_by_role("button", name="拆分").click()
    expect(clerk.get_by_text("草拟", exact=True)).to_be_visible()
    expect(clerk.locator("main")).to_contain_text("“须停产后才能查”")
    alone = host.get(f"{API}/orders/{met.one['order_id']}").json
    assert (len(alone["agencies"]), alone["guests"]) == (1, [])


def test_a_clerk_merges_its_own_orders_alone_and_hears_why_not(product, screens, desk):
    """An approved order takes in no draft."""
    visit = issued_visit(product)
    order = visit.order
    again = {
        name: order[name]
        for name in ("enterprise_id", "premises_id", "trigger", "clue", "on_site_reason", "considered")
    }
    again |= {"starts_on": order["starts_on"], "ends_on": order["ends_on"]}
    again |= {
        "items": [item["item_id"] for item in order["items"]],
        "inspectors": [person["inspector_id"] for person in order["inspectors"]],
    }
    second = visit.office.clerk.caller.post(f"{API}/orders", again).json
    log_in(product, desk, f"clerk.{FIRST}")
    desk.goto(f"/desk/#/orders/{order['order_id']}")
    joint = desk.get_by_role("region", name="综合查一次")
    joint.get_by_role("button", name="找同一场所的检查单合并").click()
    joint.get_by_role("radio").first.check()
    expect(joint).to_contain_text("两边都有、只查一次的")
    expect(joint).to_contain_text("未批准的检查单并入会被拒绝")
    joint.get_by_role("button", name="合并", exact=True).click()
    desk.get_by_role("dialog").get_by_role("button", name="合并", exact=True).click()
    expect(desk.get_by_role("alert")).to_contain_text("并入的检查单尚未就本期限获批")
    joint.get_by_role("link", name="查看").click()
    expect(desk.get_by_text("草拟", exact=True)).to_be_visible()
    joint.get_by_role("button", name="找同一场所的检查单合并").click()
    joint.get_by_role("radio").first.check()
    joint.get_by_role("button", name="合并", exact=True).click()
    desk.get_by_role("dialog").get_by_role("button", name="合并", exact=True).click()
    expect(joint.get_by_role("link", name="并入的检查单")).to_be_visible()
    assert visit.office.clerk.caller.get(f"{API}/orders/{second['order_id']}").json["guests"]
    screens.forgive(409)
