"""Whose word still holds when two orders become one."""

from dataclasses import replace
from datetime import UTC, date, datetime

from services.chassis.ids import new_id
from services.inspection.joint.model import standing_approvals, united
from services.inspection.orders.model import Approval, Content, Order, OrderInspector, OrderItem

A, B = new_id(), new_id()
NOW = datetime(2026, 6, 1, tzinfo=UTC)
WEEK = (date(2026, 6, 8), date(2026, 6, 12))
MONTH = (date(2026, 6, 1), date(2026, 6, 30))


def a_side(agency, window, approved, *more_agencies):
    order = Order(
        order_id=new_id(),
        agency_id=agency,
        enterprise_id=new_id(),
        premises_id=new_id(),
        trigger="routine",
        clue=None,
        on_site_reason="现场",
        starts_on=window[0],
        ends_on=window[1],
        drafted_by=new_id(),
        drafted_at=NOW,
    )
    word = Approval(agency, new_id(), "负责人", NOW, *window)
    item, inspector = OrderItem(new_id(), agency, "emergency"), OrderInspector(new_id(), agency)
    content = Content((item,), (inspector,), (agency, *more_agencies), (word,) if approved else ())
    return order, content


def holding(host, guest):
    return [(approval.agency_id, source) for approval, source in standing_approvals(host, guest)]


def test_a_word_given_for_a_wider_window_holds():
    host, guest = a_side(A, WEEK, True), a_side(B, MONTH, True)
    assert holding(host, guest) == [(A, host[0].order_id), (B, guest[0].order_id)]


def test_a_word_given_for_a_narrower_window_does_not():
    assert holding(a_side(A, MONTH, True), a_side(B, WEEK, True))[1:] == []


def test_of_one_agency_both_orders_must_have_been_approved():
    assert holding(a_side(A, WEEK, True), a_side(A, WEEK, False)) == []
    assert len(holding(a_side(A, WEEK, True), a_side(A, WEEK, True))) == 1


def test_a_word_for_the_guest_says_nothing_for_the_host():
    host, guest = a_side(A, WEEK, False), a_side(B, WEEK, True)
    assert [agency for agency, _ in holding(host, guest)] == [B]


def test_an_item_on_both_is_checked_once_as_the_hosts():
    _, host = a_side(A, WEEK, False)
    _, guest = a_side(B, WEEK, False)
    shared = OrderItem(host.items[0].item_id, B, "emergency")
    joint = united(host, replace(guest, items=(*guest.items, shared)))
    assert [item.agency_id for item in joint.items] == [A, B]
    assert joint.agencies == (A, B)
