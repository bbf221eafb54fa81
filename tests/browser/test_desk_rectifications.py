"""整改 at the desk: those that are overdue, of one enterprise, of one agency; a link shows what was seen."""

from __future__ import annotations

import re
from datetime import timedelta

import psycopg
import pytest
from playwright.sync_api import Page, expect

from services.chassis import clock
from tests.browser.desks import go, log_in, sound
from tests.browser.joining import CITY, FIRST, SECOND, office
from tests.rig.browser_screens import DESK

pytestmark = pytest.mark.xdist_group("browser")
TABLET = {"width": 768, "height": 1024}


def let_be_put_right(product, agency_id: str, days: int) -> str:
    """At an enterprise that has nothing else to put right: a visit that is over has its deadline so many days from now.
    Returns the name of the enterprise."""
    with psycopg.connect(product.database_url("inspection")) as connection:
        row = connection.execute(
            """
            UPDATE orders o SET state = 'rectifying', rectification_due_on = %s, result = 'order_rectification',
                                closed_at = NULL
            FROM enterprise e
            WHERE e.enterprise_id = o.enterprise_id AND o.order_id = (
                SELECT min(p.order_id::text)::uuid FROM orders p
                WHERE p.agency_id = %s AND p.state = 'closed' AND p.rectification_due_on IS NULL
                  AND p.enterprise_id NOT IN (
                      SELECT enterprise_id FROM orders WHERE rectification_due_on IS NOT NULL))
            RETURNING e.name
            """,
            (clock.today(CITY) + timedelta(days=days), agency_id),
        ).fetchone()
    assert row
    return row[0]


def rows(page: Page):
    return page.get_by_role("region", name="整改", exact=True).get_by_role("row")


def test_rectifications_are_found_by_deadline_enterprise_and_agency(product, screens):
    first, second = office(product, FIRST), office(product, SECOND)
    over = let_be_put_right(product, first.agency_id, -2)
    in_time = let_be_put_right(product, first.agency_id, 9)
    of_fire = let_be_put_right(product, second.agency_id, -1)
    page = screens.open(DESK, viewport=TABLET)
    log_in(product, page, "coordinator")
    go(page, "整改")
    page.get_by_role("combobox", name="期限").select_option("已逾期")
    expect(page).to_have_url(re.compile("overdue=true"))
    expect(rows(page).filter(has_text=over)).to_contain_text("逾期 2 天")
    expect(rows(page).filter(has_text=of_fire)).to_contain_text("逾期 1 天")
    expect(rows(page).filter(has_text=in_time)).to_have_count(0)
    sound(screens, page)

    search = page.get_by_role("searchbox")
    search.fill(of_fire)
    search.press("Enter")
    expect(rows(page)).to_have_count(2)
    expect(rows(page).last).to_contain_text(of_fire)
    page.reload()
    expect(rows(page).last).to_contain_text(of_fire)
    page.get_by_role("combobox", name="机关").select_option(first.clerk.account["agency_name"])
    expect(page.get_by_text("没有符合条件的整改。")).to_be_visible()
    page.get_by_role("button", name="清除筛选").click()
    expect(rows(page).filter(has_text=in_time)).to_contain_text("还有 9 天")
    page.get_by_role("button", name="已办结").click()
    expect(page).to_have_url(re.compile("stage=closed"))
    expect(rows(page).filter(has_text=in_time)).to_have_count(0)
