"""The registrar's desk: a spreadsheet brought in, plates printed, everything registered looked up and changed."""

from __future__ import annotations

import csv
import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.desks import go
from tests.browser.offices import at_work, downloaded, judged
from tests.builders.registry import EXPORT, a_csv, a_uscc, an_export_row
from tests.rig.browser_axe import violations

pytestmark = pytest.mark.xdist_group("browser")
FIRST = 7_300_001


@pytest.fixture
def page(product, screens):
    return at_work(product, screens, "registrar")


def test_a_spreadsheet_with_bad_rows_is_tried_then_brought_in(page, screens):
    rows = [an_export_row(FIRST + number) for number in range(5)]
    rows += [an_export_row(FIRST + 5, 统一社会信用代码="0"), an_export_row(FIRST + 6, 注册日期="去年")]
    content = a_csv([list(row.values()) for row in rows], ["谁", *EXPORT[1:]], encoding="gb18030")
    go(page, "导入")
    page.get_by_role("link", name="导入表格").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "企业名录.csv", "mimeType": "text/csv", "buffer": content}
    )
    expect(page.get_by_text("还缺少必需的列：企业名称")).to_be_visible()
    page.get_by_label("“谁”对应的字段").select_option("name")
    judged(page, screens)
    page.get_by_role("button", name="试运行（不写入）").click()
    expect(page.get_by_test_id("count-created")).to_contain_text("5")
    expect(page.get_by_test_id("count-rejected")).to_contain_text("2")
    expect(page.get_by_role("row").filter(has_text="日期无法识别")).to_be_visible()
    judged(page, screens)
    page.get_by_role("button", name="正式导入").click()
    page.get_by_role("dialog").get_by_role("button", name="正式导入").click()
    expect(page.get_by_role("heading", name="导入结果")).to_be_visible()
    expect(page.get_by_text("新增 5 条，更新 0 条")).to_be_visible()
    table = downloaded(page, page.get_by_role("button", name="下载错误文件").click).decode("utf-8-sig")
    found = [(row["列"], row["代码"]) for row in csv.DictReader(io.StringIO(table))]
    assert found == [("统一社会信用代码", "uscc_missing"), ("注册日期", "not_a_date")]
    judged(page, screens)
    page.get_by_role("link", name="← 导入").click()
    expect(page.get_by_role("row").filter(has_text="企业名录.csv")).to_have_count(2)
    judged(page, screens)


def test_plates_are_chosen_and_printed(page, screens):
    go(page, "企业码门牌")
    expect(page.get_by_role("heading", name="打印企业码门牌")).to_be_visible()
    page.get_by_label("名称（两字以上）或统一社会信用代码").fill("科技")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q="))
    page.get_by_role("checkbox", name="选中本页全部").check()
    expect(page.get_by_role("heading", name="已选")).not_to_contain_text("已选 0 枚")
    judged(page, screens)
    pdf = downloaded(page, page.get_by_role("button", name="打印门牌").click)
    assert pdf.startswith(b"%PDF-")
    expect(page.get_by_text("门牌的 PDF")).to_be_visible()


def test_an_enterprise_is_found_and_changed_and_remembers_it(product, page, screens):
    known = product.logged_in("registrar").caller.get("/api/registry/v1/enterprises?limit=1").json["items"][0]
    page.get_by_label("名称（两字以上）或统一社会信用代码").fill(known["uscc"])
    page.keyboard.press("Enter")
    judged(page, screens)
    page.get_by_role("link", name=known["name"]).click()
    page.get_by_label("信用等级").select_option("B" if known["grade"] != "B" else "A")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(
        page.get_by_role("listitem").filter(has_text=re.compile("修改 · 第 [0-9]+ 版 · 信用等级"))
    ).to_be_visible()
    judged(page, screens)


def test_an_inspector_gets_a_photo(page, screens):
    go(page, "执法人员")
    judged(page, screens)
    page.get_by_role("table").get_by_role("link").first.click()
    picture = io.BytesIO()
    Image.effect_noise((600, 800), 60).save(picture, "PNG")
    page.locator("input[type=file]").set_input_files(
        {"name": "photo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    photo = page.get_by_role("img", name="的证件照")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 480
    judged(page, screens)


def test_other_questions_make_the_next_version_of_a_checklist(page, screens):
    go(page, "检查事项")
    judged(page, screens)
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("button", name="增加问题").click()
    page.get_by_role("textbox", name="问题").last.fill("安全出口是否畅通？")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_role("group").filter(has_text="现行")).to_contain_text("安全出口是否畅通？")
    judged(page, screens)


def test_an_enterprise_is_registered_with_its_gate(page, screens):
    page.get_by_role("link", name="新登记").click()
    for label, text in {
        "名称": "宿迁新办企业有限公司",
        "统一社会信用代码": a_uscc(FIRST + 90),
        "区划代码": "321391",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("地址", exact=True).fill("发展大道 8 号")
    judged(page, screens)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("企业码", exact=False).last).to_be_visible()
    expect(page.get_by_role("group", name="经营场所 1 · 住所")).to_be_visible()


def test_two_change_one_enterprise_and_nothing_typed_is_lost(product, page, screens):
    known = product.logged_in("registrar").caller.get("/api/registry/v1/enterprises?limit=2").json["items"][1]
    other = at_work(product, screens, "registrar")
    for each in (page, other):
        each.goto(f"/desk/#/registry/enterprises/{known['enterprise_id']}")
        expect(each.get_by_label("经营范围")).to_be_visible()
    other.get_by_label("经营范围").fill("机械加工、仓储")
    other.get_by_label("法定代表人").fill("钱多多")
    other.get_by_role("button", name="保存").click()
    expect(other.get_by_text("已保存")).to_be_visible()

    page.get_by_label("类型").fill("股份有限公司")
    page.get_by_label("法定代表人").fill("钱少少")
    page.get_by_role("button", name="保存").click()
    newer = page.get_by_role("region", name="您填写期间，他人已保存")
    expect(newer.get_by_role("row").filter(has_text="经营范围")).to_contain_text("机械加工、仓储")
    expect(newer.get_by_role("row").filter(has_text="法定代表人")).to_contain_text("您也改了")
    judged(page, screens)
    newer.get_by_role("button", name="保留我填的").click()
    expect(newer).to_have_count(0)
    expect(page.get_by_label("经营范围")).to_have_value("机械加工、仓储")
    expect(page.get_by_label("类型")).to_have_value("股份有限公司")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存")).to_be_visible()
    kept = product.logged_in("registrar").caller.get(f"/api/registry/v1/enterprises/{known['enterprise_id']}")
    changed = (kept.json["kind"], kept.json["legal_representative"], kept.json["business_scope"])
    assert changed == ("股份有限公司", "钱少少", "机械加工、仓储")

    other.get_by_label("类型").fill("个人独资")
    other.get_by_role("button", name="保存").click()
    other.get_by_role("button", name="放弃我填的").click()
    expect(other.get_by_label("法定代表人")).to_have_value("钱少少")
    expect(other.get_by_label("类型")).to_have_value("股份有限公司")
    screens.forgive(412)


def open_the_first_agency(page) -> None:
    go(page, "检查主体")
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="变更记录")).to_be_visible()


def test_a_form_with_changes_is_not_left_unasked(product, page, screens):
    open_the_first_agency(page)
    name = page.get_by_label("名称", exact=True)
    registered = name.input_value()
    name.fill(f"{registered}（新）")
    go(page, "执法人员")
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("填写的内容还没有保存")
    assert not violations(page)
    screens.keep(page)
    page.keyboard.press("Escape")
    expect(name).to_have_value(f"{registered}（新）")
    page.get_by_role("button", name="退出").click()
    asked.get_by_role("button", name="继续填写").click()
    expect(page.get_by_role("navigation")).to_be_visible()
    warned = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.reload()
    expect(name).to_have_value(registered)
    assert warned == ["beforeunload"]

    name.fill(f"{registered}（新）")
    go(page, "执法人员")
    asked.get_by_role("button", name="不保存，离开").click()
    expect(page.get_by_role("heading", name="执法人员", exact=True)).to_be_visible()
    open_the_first_agency(page)
    name.fill(registered)
    go(page, "执法人员")
    expect(page.get_by_role("heading", name="执法人员", exact=True)).to_be_visible()
