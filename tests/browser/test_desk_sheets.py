"""A month of visits from a spreadsheet at the desk: dropped, looked at, mended, drafted."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.chassis import clock
from tests.browser.desks import go
from tests.browser.joining import CITY, FIRST, free_places, items_of, office
from tests.browser.offices import at_work, downloaded, judged
from tests.builders.registry import a_csv
from tour.acts.draft import REGISTRY

pytestmark = pytest.mark.xdist_group("browser")
DROP = """([bytes, name]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array(bytes)], name, { type: "text/csv" }));
  document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true }));
}"""


@pytest.fixture
def page(product, screens):
    return at_work(product, screens, f"clerk.{FIRST}")


def example(page: Page) -> list[str]:
    """The header of the example that the page gives away."""
    text = downloaded(page, page.get_by_role("button", name="下载示例表格").click).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text))
    assert len(header) == len(row)
    return header


def drop(page: Page, rows: list[dict[str, str]], header: list[str]) -> None:
    content = a_csv([[row.get(title, "") for title in header] for row in rows], header, encoding="gb18030")
    expect(page.locator(".drop").get_by_role("button")).to_be_enabled()
    page.evaluate(DROP, [list(content), "十二月检查.csv"])


def a_visit(product: Any, place: Any, first: date) -> dict[str, str]:
    sender = office(product, FIRST)
    caller = sender.clerk.caller
    enterprise = caller.get(f"{REGISTRY}/enterprises/{place.enterprise_id}").json
    premises = next(one for one in enterprise["premises"] if one["premises_id"] == place.premises_id)
    (item,) = (caller.get(f"{REGISTRY}/items/{item}").json for item in items_of(sender))
    people = [
        caller.get(f"{REGISTRY}/inspectors/{one.account['inspector_id']}").json for one in sender.inspectors
    ]
    return {
        "统一社会信用代码": enterprise["uscc"],
        "经营场所": premises["address"],
        "检查事项": item["code"],
        "执法人员": "；".join(one["certificate_number"] for one in people),
        "开始日期": str(first),
        "结束日期": str(first + timedelta(days=3)),
        "现场检查理由": "须查看现场作业",
    }


def test_a_sheet_is_dropped_looked_at_mended_and_drafted(product, screens, page):
    sender = office(product, FIRST)
    places = free_places(product, (sender,), 2)
    first = clock.today(CITY) + timedelta(days=40)
    rows = [a_visit(product, place, first) for place in places]
    wrong = rows[0] | {"检查事项": "没有这项", "开始日期": "下周"}

    go(page, "批量拟单")
    header = example(page)
    renamed = ["去看什么" if title == "检查事项" else title for title in header]
    judged(page, screens)
    drop(page, [row | {"去看什么": row["检查事项"]} for row in (*rows, wrong)], renamed)
    expect(page.get_by_text("还缺少必需的列：检查事项")).to_be_visible()
    judged(page, screens)
    page.get_by_label("“去看什么”对应的字段").select_option("items")
    expect(page.get_by_test_id("sheet-rows")).to_contain_text("3")
    expect(page.get_by_test_id("sheet-good")).to_contain_text("2")
    judged(page, screens)

    table = page.get_by_role("region", name="表格各行")
    faulty = table.get_by_role("row").filter(has_text="没有这个检查事项")
    expect(faulty).to_contain_text("日期无法识别")
    page.get_by_label("只看有问题或有意见的行").check()
    expect(faulty).to_be_visible()
    faults = downloaded(page, page.get_by_role("button", name="下载问题清单").click).decode("utf-8-sig")
    found = [(row["行"], row["列"], row["值"]) for row in csv.DictReader(io.StringIO(faults))]
    assert found == [("4", "开始日期", "下周"), ("4", "去看什么", "没有这项")]
    page.get_by_label("只看有问题或有意见的行").uncheck()

    go(page, "检查单")
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("表格还没有拟单")
    asked.get_by_role("button", name="留在这里").click()
    page.get_by_role("button", name="拟 2 份检查单").press("Enter")
    asked.get_by_role("button", name="拟 2 份检查单").click()
    expect(page.get_by_role("heading", name="已拟 2 份检查单")).to_be_focused()
    judged(page, screens)
    table.get_by_role("link", name=places[0].enterprise).first.click()
    expect(page.get_by_role("heading", name=places[0].enterprise)).to_be_visible()

    go(page, "批量拟单")
    drop(page, rows, header)
    expect(page.get_by_test_id("sheet-faulty")).to_contain_text("2")
    page.get_by_text("认出 11 列").press("Enter")
    expect(page.get_by_label("“检查事项”对应的字段")).to_have_value("items")
    expect(page.get_by_role("button", name="拟 0 份检查单")).to_be_disabled()
    expect(page.get_by_role("link", name="查看那份检查单")).to_have_count(2)
    judged(page, screens)


def test_too_many_rows_and_none_at_all_are_told_with_a_way_out(product, screens, page):
    go(page, "批量拟单")
    header = example(page)
    drop(page, [{"检查事项": "有限空间作业安全"}] * 501, header)
    expect(page.get_by_text("每份表格最多 500 行")).to_be_visible()
    judged(page, screens)
    drop(page, [], header)
    expect(page.get_by_text("表格里除了表头没有内容")).to_be_visible()
    judged(page, screens)
    screens.forgive(422)
