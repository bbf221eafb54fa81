"""What was ordered is put right, rechecked and closed, at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from services.chassis import clock
from tests.browser.deciding import urgent_visit
from tests.browser.desks import log_in, sound
from tests.browser.following import conclude, enterprise, record_a_problem, try_to_enter
from tests.browser.joining import CITY, FIRST, office
from tests.browser.visits import issued_visit
from tests.rig.browser_screens import DESK
from tour.acts.record import asked
from tour.orders import API

pytestmark = pytest.mark.xdist_group("browser")
WIDE, TABLET = {"width": 1280, "height": 800}, {"width": 768, "height": 1024}


def test_what_was_ordered_is_rechecked_remotely_until_it_is_right(product, screens):
    visit = issued_visit(product)
    phone, uscc = visit.office.inspectors[0].caller, visit.order["enterprise"]["uscc"]
    try_to_enter(visit)
    record_a_problem(phone, visit.order, "三号罐区没有警示标志")
    conclude(phone, visit.order, "order_rectification")
    proof = {"words": "警示标志已经补齐", "photos": ["整改照片 1.jpg"]}
    enterprise(product, uscc).post(f"{API}/orders/{visit.order_id}/rectification-proofs", proof)

    desk = screens.open(DESK, viewport=WIDE)
    log_in(product, desk, visit.inspector)
    desk.goto(f"/desk/#/orders/{visit.order_id}")
    record, result = (desk.get_by_role("region", name=name) for name in ("检查笔录", "检查结果"))
    expect(record).to_contain_text("“三号罐区没有警示标志”")
    shown = record.get_by_role("img", name="照片")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    question = asked(phone, visit.order)[0]["text"]
    expect(record.get_by_role("figure")).to_contain_text(question)
    expect(result).to_contain_text("责令改正")
    expect(result).to_contain_text("警示标志已经补齐")
    expect(result).to_contain_text("整改照片 1.jpg")
    desk.get_by_role("radio", name="未改正").check()
    later = str(clock.today(CITY) + timedelta(days=14))
    desk.get_by_label("新的整改期限").fill(later)
    desk.get_by_label("看了什么、怎样核实").fill("视频里看，二号罐区仍缺")
    screens.keep(desk)
    desk.get_by_role("button", name="记录复查").click()
    expect(result).to_contain_text("视频里看，二号罐区仍缺")
    expect(desk.get_by_text("整改中", exact=True)).to_be_visible()
    expect(result.locator("dt", has_text="整改期限").locator("+ dd")).to_have_text(later)

    seen = desk.get_by_label("看了什么、怎样核实")
    expect(seen).to_have_value("")
    desk.get_by_role("radio", name="已改正").check()
    seen.fill("照片与视频核实，标志齐全")
    desk.get_by_role("button", name="记录复查").click()
    expect(desk.get_by_text("已办结", exact=True)).to_be_visible()
    expect(seen).to_be_hidden()
    expect(result).to_contain_text("照片与视频核实，标志齐全")
    sound(screens, desk)
    told = visit.office.head.caller.get(f"{API}/orders/{visit.order_id}").json
    assert (told["state"], told["rectification_due_on"]) == ("closed", later)


def test_an_urgent_visit_that_is_concluded_closes_with_the_heads_word(product, screens):
    _, order = urgent_visit(product)
    phone = office(product, FIRST).inspectors[0].caller
    record_a_problem(phone, order, "灭火器压力不足")
    conclude(phone, order, "reminder")
    tablet = screens.open(DESK, viewport=TABLET)
    log_in(product, tablet, f"head.{FIRST}")
    tablet.goto(f"/desk/#/orders/{order['order_id']}")
    expect(tablet.get_by_role("region", name="检查笔录").get_by_role("img", name="照片")).to_be_visible()
    expect(tablet.get_by_role("button", name="办结")).to_have_count(0)
    tablet.get_by_role("button", name="追认突发检查").click()
    tablet.get_by_role("dialog").get_by_role("button", name="追认突发检查").click()
    expect(tablet.get_by_text("已办结", exact=True)).to_be_visible()
