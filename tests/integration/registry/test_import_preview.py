"""A file is shown before it is imported, and what was wrong with its rows afterwards."""

from __future__ import annotations

from services.chassis.identity import Role
from tests.builders.registry import EXPORT, a_csv, a_principal, an_export_row, an_xlsx

REGISTRAR = a_principal(Role.REGISTRAR)


def fields_of(shown):
    return {column["title"]: column["field"] for column in shown["columns"]}


def test_a_file_says_what_it_is(registry):
    shown = registry.preview(a_csv([an_export_row(1)], encoding="gb18030")).json
    assert (shown["kind"], shown["missing"]) == ("enterprises", [])
    assert fields_of(shown)["法人代表"] == "legal_representative"
    assert shown["rows"][0][0] == "宿迁宏达机械第1有限公司"
    assert {"name": "uscc", "title": "统一社会信用代码", "required": True} in shown["fields"]


def test_the_header_is_found_below_a_title(registry):
    rows = [
        ["执法人员名册"],
        [],
        ["姓名", "执法证号", "所属单位", "有效期起", "有效期止"],
        ["李检", "1", "局", "", ""],
    ]
    shown = registry.preview(an_xlsx(rows)).json
    assert shown["kind"] == "inspectors"
    assert shown["rows"] == [["李检", "1", "局", "", ""]]


def test_what_is_missing_is_said_and_a_mapping_mends_it(registry):
    content = a_csv([list(an_export_row(1).values())], header=["谁", *EXPORT[1:]])
    assert registry.preview(content, kind="enterprises").json["missing"] == ["name"]
    mended = registry.preview(content, kind="enterprises", mapping={"谁": "name"}).json
    assert mended["missing"] == []
    assert fields_of(mended)["谁"] == "name"


def test_a_column_can_be_left_out(registry):
    content = a_csv([an_export_row(1)])
    shown = registry.preview(content, kind="enterprises", mapping={"法人代表": ""}).json
    assert fields_of(shown)["法人代表"] is None
    registry.imported(content, mapping={"法人代表": ""})
    (row,) = registry.call("GET", "/enterprises", REGISTRAR).json["items"]
    assert (row["legal_representative"], row["kind"]) == ("", "有限责任公司(自然人投资或控股)")


def test_a_mapping_to_no_field_is_refused(registry):
    answer = registry.preview(a_csv([an_export_row(1)]), kind="enterprises", mapping={"地区": "town"})
    assert answer.status_code == 422


def test_nothing_of_a_preview_is_kept(registry):
    registry.preview(a_csv([an_export_row(1)]))
    assert registry.call("GET", "/imports", REGISTRAR).json["items"] == []


def test_the_errors_come_in_pages_in_the_order_of_the_file(registry):
    rows = [an_export_row(number, 统一社会信用代码="0", 注册日期="去年") for number in range(1, 4)]
    done = registry.imported(a_csv(rows))
    path = f"/imports/{done['import_id']}/errors"
    first = registry.call("GET", f"{path}?limit=4", REGISTRAR).json
    rest = registry.call("GET", f"{path}?limit=4&after={first['next']}", REGISTRAR).json
    found = [(error["line"], error["code"]) for error in first["items"] + rest["items"]]
    lines = sorted({line for line, _ in found})
    assert found == [(line, code) for line in lines for code in ("uscc_missing", "not_a_date")]
    assert (len(first["items"]), rest["next"]) == (4, None)
    assert first["items"][1]["zh"].startswith("日期无法识别")
