"""What became of a visit, read at the desk."""

from __future__ import annotations

import json
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.browser.deciding import urgent_visit
from tests.browser.desks import log_in, sound
from tests.browser.joining import FIRST

pytestmark = pytest.mark.xdist_group("browser")


def test_the_page_of_an_order_tells_what_became_of_the_visit(product, screens, desk):
    _, order = urgent_visit(product)
    log_in(product, desk, f"head.{FIRST}")
    desk.goto(f"/desk/#/orders/{order['order_id']}")
    expect(desk.get_by_role("region", name="检查结果")).to_contain_text("最迟告知")
    expect(desk.get_by_role("region", name="检查笔录")).to_contain_text("还没有笔录")
    sound(screens, desk)


def test_a_head_keeps_the_case_file(product, desk):
    _, order = urgent_visit(product)
    log_in(product, desk, f"head.{FIRST}")
    desk.goto(f"/desk/#/orders/{order['order_id']}")
    with desk.expect_download() as kept:
        desk.get_by_role("button", name="导出案卷").click()
    assert kept.value.suggested_filename.startswith("案卷-")
    with ZipFile(kept.value.path()) as archive:
        assert json.loads(archive.read("case.json"))["order"]["order_id"] == order["order_id"]
        assert archive.read("案卷.pdf").startswith(b"%PDF-")
