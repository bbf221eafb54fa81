"""One phone, several people: what was asked before somebody logged out may be answered after another has logged in."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.camera import hold
from tests.browser.inspecting import (
    arrive_without_signal,
    fill_in_entry,
    log_in,
    open_order,
    send_login,
    take_photo,
)
from tests.browser.visits import AGENCY, IssuedVisit, entries_of, evidence_of, issued_visit

pytestmark = pytest.mark.xdist_group("browser")
COLLEAGUE = f"inspector.{AGENCY}.2"
STRANGER = "inspector.market.1"
ENTRIES = "**/api/inspection/v1/entries"
ISSUED = "**/api/inspection/v1/orders?state=issued**"
KEPT = """
store => new Promise((answer, fail) => {
  const opened = indexedDB.open("yicha-inspector");
  opened.onerror = fail;
  opened.onsuccess = () => {
    const asked = opened.result.transaction(store).objectStore(store).getAllKeys();
    asked.onsuccess = () => { opened.result.close(); answer(asked.result); };
  };
})
"""


@pytest.fixture
def visit(product) -> IssuedVisit:
    return issued_visit(product)


def test_an_entry_answered_after_its_person_left_is_not_the_colleagues(product, visit, phone):
    hold(phone, visit.colleague_picture())
    log_in(product, phone, visit.inspector)
    open_order(phone, visit)
    fill_in_entry(phone, visit)
    answers = held_back(phone, ENTRIES)
    phone.get_by_role("button", name="确认入企").tap()
    log_out(phone)
    with phone.expect_response(ENTRIES):
        let_go(phone, ENTRIES, answers)
    log_in(product, phone, COLLEAGUE)
    open_order(phone, visit)
    expect(phone.get_by_role("link", name="检查笔录")).to_be_visible()
    expect(phone.get_by_role("button", name="登记离开")).to_have_count(0)
    assert phone.evaluate(KEPT, "entries") == []

    log_out(phone)
    log_in(product, phone, visit.inspector)
    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    expect(phone.get_by_text("没有等待上报的事项。")).to_be_visible()
    (entry,) = entries_of(product, visit.order_id)
    assert entry["people"] == 2


def test_what_still_waits_goes_out_under_the_name_of_who_did_it(product, visit, phone):
    """The queue is in the middle of its work when the phone changes hands."""
    arrive_without_signal(product, phone, visit)
    phone.get_by_role("link", name="填写检查笔录").tap()
    take_photo(phone, 1)
    senders = list[str]()
    phone.on("request", lambda request: senders.extend(sender_of(request)))
    answers = held_back(phone, ENTRIES)
    with phone.expect_request(ENTRIES):
        phone.context.set_offline(False)
    log_out(phone)
    send_login(product, phone, COLLEAGUE)
    expect(phone.get_by_role("heading", name="今日检查")).to_be_visible()
    let_go(phone, ENTRIES, answers)
    expect(phone.get_by_role("button", name="刷新")).to_be_enabled()
    log_out(phone)
    log_in(product, phone, visit.inspector)
    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    expect(phone.get_by_text("没有等待上报的事项。")).to_be_visible()
    assert len(evidence_of(product, visit.order_id)) == 1
    assert set(senders) == {visit.office.inspectors[0].account["account_id"]}


def test_orders_that_come_after_their_person_left_are_kept_for_nobody(product, visit, phone):
    answers = held_back(phone, ISSUED)
    send_login(product, phone, visit.inspector)
    expect(phone.get_by_role("heading", name="今日检查")).to_be_visible()
    log_out(phone)
    send_login(product, phone, STRANGER)
    expect(phone.get_by_role("heading", name="今日检查")).to_be_visible()
    let_go(phone, ISSUED, answers)
    expect(phone.get_by_role("button", name="刷新")).to_be_enabled()
    phone.get_by_role("button", name="刷新").tap()
    expect(phone.get_by_role("button", name="刷新")).to_be_enabled()
    assert visit.order_id not in phone.evaluate(KEPT, "visits")
    expect(phone.get_by_role("link", name=visit.order["enterprise"]["name"])).to_have_count(0)


def held_back(phone: Page, address: str) -> list[Route]:
    """What is asked there from now on, unanswered."""
    held = list[Route]()
    phone.context.route(address, lambda route: held.append(route))  # Playwright marks what it is given
    return held


def let_go(phone: Page, address: str, held: list[Route]) -> None:
    phone.context.unroute(address)
    for route in held:
        route.continue_()


def log_out(phone: Page) -> None:
    phone.once("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="退出登录").tap()
    expect(phone.get_by_label("账号")).to_be_visible()


def sender_of(request: Request) -> list[str]:
    """The account by whose token evidence is sent."""
    token = request.headers.get("authorization", "")
    if not request.url.endswith("/evidence") or not token:
        return []
    claims = token.split(".")[1]
    return [json.loads(urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"]]
