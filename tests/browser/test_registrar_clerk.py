"""An agency's clerk brings in the agency's own inspectors; the examples shown are what an import takes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offices import at_work, downloaded, judged
from tests.builders.registry import a_csv
from tests.rig.browser_axe import violations
from tests.rig.browser_screens import Screens, overflow

pytestmark = pytest.mark.xdist_group("browser")
INSPECTORS = "/api/registry/v1/inspectors"
HEADER = ["姓名", "证件编码", "所在单位", "有效期起", "有效期止"]
VALID = ["2026-01-01", "2031-12-31"]
NARROW, USUAL = {"width": 900, "height": 800}, {"width": 1280, "height": 800}


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def an_example(page: Page) -> bytes:
    return downloaded(page, page.get_by_role("button", name="下载示例表格").click)


def fits(page: Page, screens: Screens) -> None:
    """A small desk too."""
    judged(page, screens)
    page.set_viewport_size(NARROW)
    assert overflow(page) <= 0
    screens.keep(page)
    page.set_viewport_size(USUAL)


def test_a_clerk_brings_in_the_own_agencys_inspectors(product, screens):
    clerk, other = product.logged_in("clerk.land"), product.logged_in("clerk.fire")
    theirs = other.caller.get(f"{INSPECTORS}?limit=1").json["items"][0]
    page = at_work(product, screens, "clerk.land")
    page.get_by_role("link", name="导入", exact=True).click()
    expect(page.get_by_text("本单位还没有导入过执法人员")).to_be_visible()
    fits(page, screens)
    page.get_by_role("link", name="导入表格").click()
    expect(page.get_by_text("企业、检查主体和检查事项请交登记管理员导入")).to_be_visible()
    fits(page, screens)
    choose(page, "示例.csv", an_example(page))
    expect(page.get_by_text("必需的列都找到了。")).to_be_visible()
    expect(page.get_by_label("导入内容")).to_have_count(0)

    rows = [
        ["林新", "LD-9001", "", *VALID],
        ["周来", "LD-9002", "", *VALID],
        ["别家", "LD-9003", "宿迁经济技术开发区消防救援大队", *VALID],
        ["借号", theirs["certificate_number"], "", *VALID],
    ]
    choose(page, "执法人员.csv", a_csv(rows, HEADER, encoding="gb18030"))
    expect(page.get_by_text("还缺少必需的列：执法证号")).to_be_visible()
    meaning = page.get_by_label("“证件编码”对应的字段")
    meaning.select_option("certificate_number")
    fits(page, screens)
    page.get_by_role("link", name="← 导入").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("表格还没有正式导入")
    assert not violations(page)
    screens.keep(page)
    asked.get_by_role("button", name="留在这里").click()
    expect(meaning).to_have_value("certificate_number")

    page.get_by_role("button", name="试运行（不写入）").click()
    expect(page.get_by_test_id("count-created")).to_contain_text("2")
    expect(page.get_by_test_id("count-rejected")).to_contain_text("2")
    expect(page.get_by_text("试运行完成，还没有写入")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="不是您所在的单位")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="登记在其他单位名下")).to_be_visible()
    fits(page, screens)
    page.get_by_role("button", name="正式导入").click()
    asked.get_by_role("button", name="正式导入").click()
    expect(page.get_by_role("heading", name="导入结果")).to_be_visible()
    expect(page.get_by_text("新增 2 条，更新 0 条")).to_be_visible()
    fits(page, screens)
    page.get_by_role("link", name="← 导入").click()
    expect(page.get_by_role("row").filter(has_text="执法人员.csv")).to_have_count(2)
    fits(page, screens)
    brought = [
        clerk.caller.get(f"{INSPECTORS}?q={number}").json["items"] for number in ("LD-9001", "LD-9002")
    ]
    assert [[each["name"] for each in found] for found in brought] == [["林新"], ["周来"]]
    assert other.caller.get(f"{INSPECTORS}/{theirs['inspector_id']}").json == theirs


def test_each_example_is_taken_for_what_it_shows(product, screens):
    page = at_work(product, screens, "registrar")
    for kind in ("企业", "检查主体", "执法人员", "检查事项"):
        page.get_by_role("link", name="导入", exact=True).click()
        page.get_by_role("link", name="导入表格").click()
        page.get_by_label("导入内容").select_option(label=kind)
        fits(page, screens)
        choose(page, f"{kind}.csv", an_example(page))
        expect(page.get_by_text("必需的列都找到了。")).to_be_visible()
        expect(page.get_by_label("导入内容").locator("option:checked")).to_have_text(kind)
        expect(
            page.get_by_label("对应的字段").locator("option:checked").filter(has_text="不导入")
        ).to_have_count(0)
        page.get_by_role("link", name="导入", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="不导入，离开").click()
