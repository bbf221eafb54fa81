"""Which column is which."""

from __future__ import annotations

import pytest

from services.chassis.errors import Invalid
from services.chassis.spreadsheets import Unreadable, open_table
from services.chassis.spreadsheets.header import draw_up
from services.registry.imports.kinds.agencies import KIND as AGENCIES
from services.registry.imports.kinds.inspectors import KIND as INSPECTORS
from services.registry.imports.kinds.items import KIND as ITEMS
from tests.builders.registry import a_csv


def planned(folder, kind, header, mapping=None, above=()):
    path = folder / "file"
    path.write_bytes(a_csv([header, ["x"] * len(header)], above or header))
    return draw_up(kind, open_table(path), mapping or {})


def test_headers_are_recognised_whatever_stands_around_them(tmp_path):
    plan = planned(tmp_path, AGENCIES, ["*检查主体名称", "层 级（必填）", "领域：", "行政区划代码", "备注"])
    assert plan.fields == ("name", "level", "domain", "area_code", None)
    assert plan.ignored == ["备注"]


def test_a_title_may_stand_above_the_header(tmp_path):
    header = ["检查主体名称", "层级", "领域", "区划代码"]
    plan = planned(tmp_path, AGENCIES, header, above=["宿迁市检查主体名录（2026）", "", "", ""])
    assert plan.header == tuple(header)
    assert plan.mark.line == 2


def test_the_likeliest_of_two_columns_is_the_field(tmp_path):
    plan = planned(tmp_path, INSPECTORS, ["姓名", "执法人员", "执法证号", "所属单位", "发证日期", "有效期至"])
    assert plan.columns["name"] == "姓名"
    assert plan.ignored == ["执法人员"]


def test_a_given_mapping_goes_before_guessing(tmp_path):
    header = ["名称", "真名", "层级", "领域", "区划代码"]
    plan = planned(tmp_path, AGENCIES, header, {"真名": "name"})
    assert plan.columns["name"] == "真名"
    assert plan.ignored == ["名称"]


def test_missing_columns_are_named(tmp_path):
    with pytest.raises(Unreadable) as caught:
        planned(tmp_path, ITEMS, ["事项编码", "事项名称"])
    assert "检查内容" in caught.value.detail.zh
    assert caught.value.extra["missing"] == ["domain", "levels", "legal_basis", "in_force_from", "questions"]


def test_a_mapping_to_nothing_is_refused(tmp_path):
    header = ["检查主体名称", "层级", "领域", "区划代码"]
    with pytest.raises(Invalid):
        planned(tmp_path, AGENCIES, header, {"层级": "colour"})
    with pytest.raises(Unreadable, match="no column 级别"):
        planned(tmp_path, AGENCIES, header, {"级别": "level"})
