"""What is wrong in a row of a sheet is named, cell by cell. One town for all: nothing is ever stored."""

from datetime import timedelta

import pytest

from services.chassis.identity import Role
from services.chassis.ids import new_id
from services.inspection.sheets.api import LARGEST
from tests.builders.inspection import (
    a_premises,
    a_principal,
    a_town,
    an_enterprise,
    an_inspector,
    an_item,
    replicate,
    today,
)
from tests.builders.registry import a_csv
from tests.builders.sheets import HEADER, a_row, reasons, sent, taken

TWINS = "91320000MA1TWINS0A"
TWO_GATES = "91320000MA1GATES0A"
SHUT = "91320000MA1SHUTX0A"


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with postgres.database() as database, a_town(database, tmp_path_factory.mktemp("town")) as town:
        gates = (a_premises(short_code="333333333"), a_premises(name="二厂区", address="江山大道 2 号"))
        replicate(
            town.pool,
            *(an_enterprise(uscc=uscc, name="宿迁双子食品厂") for uscc in (TWINS, "91320000MA1TWINS0B")),
            an_enterprise(uscc=TWO_GATES, name="宿迁两门化工有限公司", premises=gates),
            an_enterprise(uscc=SHUT, name="宿迁关门有限公司", premises=(a_premises(active=False),)),
            *(an_item(name="安全培训", code=f"YJ-培训-{number}") for number in (1, 2)),
            *(an_inspector(town.safety.agency_id, name="张三") for _ in range(2)),
            an_inspector(town.fire.agency_id, name="赵六", certificate_number="32990001"),
            an_inspector(town.safety.agency_id, name="钱七", active=False),
        )
        yield town
        assert town.told() == []
        with town.pool.connection() as connection:
            assert connection.execute("SELECT count(*) AS n FROM orders").fetchone() == {"n": 0}


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"统一社会信用代码": ""}, "统一社会信用代码", "no_enterprise"),
        ({"统一社会信用代码": "91320000MA1NOBODY0"}, "统一社会信用代码", "unknown_uscc"),
        ({"统一社会信用代码": "9.13213E+17"}, "统一社会信用代码", "uscc_spreadsheet_number"),
        ({"统一社会信用代码": "", "企业名称": "没有这家有限公司"}, "企业名称", "unknown_enterprise"),
        ({"统一社会信用代码": "", "企业名称": "宿迁双子食品厂"}, "企业名称", "ambiguous_enterprise"),
        ({"统一社会信用代码": TWO_GATES}, "经营场所", "which_premises"),
        ({"统一社会信用代码": TWO_GATES, "经营场所": "三厂区"}, "经营场所", "unknown_premises"),
        ({"统一社会信用代码": SHUT}, "经营场所", "no_premises"),
        ({"检查事项": ""}, "检查事项", "required"),
        ({"检查事项": "没有这项"}, "检查事项", "unknown_item"),
        ({"检查事项": "安全培训"}, "检查事项", "ambiguous_item"),
        ({"检查事项": "；".join(f"甲{n}" for n in range(51))}, "检查事项", "too_many"),
        ({"执法人员": " "}, "执法人员", "required"),
        ({"执法人员": "李检、赵六"}, "执法人员", "unknown_inspector"),
        ({"执法人员": "李检、32990001"}, "执法人员", "unknown_inspector"),
        ({"执法人员": "李检、钱七"}, "执法人员", "unknown_inspector"),
        ({"执法人员": "李检、张三"}, "执法人员", "ambiguous_inspector"),
        ({"开始日期": ""}, "开始日期", "required"),
        ({"开始日期": "下周一"}, "开始日期", "not_a_date"),
        ({"开始日期": str(today() - timedelta(days=1))}, "开始日期", "unfit"),
        ({"结束日期": "2026-02-30"}, "结束日期", "not_a_date"),
        ({"结束日期": str(today() - timedelta(days=1))}, "结束日期", "unfit"),
        ({"结束日期": str(today() + timedelta(days=93))}, "结束日期", "unfit"),
        ({"检查类型": "随便看看"}, "检查类型", "unknown_word"),
        ({"检查类型": "双随机"}, "检查类型", "from_a_draw"),
        ({"检查类型": "复查"}, "检查类型", "from_an_order"),
        ({"检查类型": "投诉举报"}, "线索、文号", "unfit"),
        ({"检查类型": "专项检查"}, "专项检查", "unfit"),
        ({"专项检查": "没有备案的专项"}, "专项检查", "unknown_campaign"),
        ({"已考虑的非现场方式": "托梦"}, "已考虑的非现场方式", "unknown_word"),
        ({"现场检查理由": ""}, "现场检查理由", "required"),
        ({"现场检查理由": "看" * 501}, "现场检查理由", "too_long"),
        ({"线索、文号": "12345\x00号"}, "", "forbidden_character"),
        ({"检查事项": "\x00"}, "", "forbidden_character"),
    ],
)
@pytest.mark.parametrize("dry_run", [True, False])
def test_what_is_wrong_in_a_row_is_named_by_its_column(town, changes, column, code, dry_run):
    answer = taken(town, [a_row(town, **changes)], dry_run=dry_run)
    (row,) = answer["rows"]
    assert reasons(row) == [(column, code)]
    assert (answer["good"], row["order_id"], row["findings"]) == (0, None, [])
    (fault,) = row["faults"]
    assert fault["zh"]
    assert fault["en"]
    assert " / " not in fault["zh"]


def test_everything_that_is_wrong_in_a_row_is_named_at_once(town):
    wrong = a_row(town, 检查事项="没有这项；安全培训", 开始日期="明天", 现场检查理由="")
    (row,) = taken(town, [wrong])["rows"]
    assert reasons(row) == [
        ("开始日期", "not_a_date"),
        ("检查事项", "unknown_item"),
        ("检查事项", "ambiguous_item"),
        ("现场检查理由", "required"),
    ]
    assert [fault["value"] for fault in row["faults"]] == ["明天", "没有这项", "安全培训", ""]


def test_who_has_several_premises_is_told_which_there_are(town):
    (row,) = taken(town, [a_row(town, 统一社会信用代码=TWO_GATES)])["rows"]
    assert "一厂区 通湖大道 1 号；二厂区 江山大道 2 号" in row["faults"][0]["zh"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["91320000MA1XXXXX0A", "只有两列"], "too_few_columns"),
        ([*"多余的列很多列很多列很"] * 2, "too_many_columns"),
    ],
)
def test_a_row_of_another_shape_than_the_header_is_told_as_a_whole(town, cells, code):
    (row,) = taken(town, a_csv([cells], HEADER))["rows"]
    assert reasons(row) == [("", code)]
    assert row["wish"] is None


def test_five_hundred_and_one_rows_are_too_many_and_none_is_drafted(town):
    answer = sent(town, [a_row(town)] * 501)
    assert (answer.status_code, answer.json["code"], answer.json["most"]) == (422, "too_many_rows", 500)
    assert "500" in answer.json["remedy"]


def test_required_columns_that_are_missing_are_named(town):
    sheet = a_csv([["宿迁宏达机械有限公司", "李检、王查"]], ["谁", "执法人员"])
    tried = taken(town, sheet, dry_run=True)
    assert tried["file"]["missing"] == ["uscc", "items", "starts_on", "ends_on", "on_site_reason"]
    assert tried["file"]["rows"] == [["宿迁宏达机械有限公司", "李检、王查"]]
    assert tried["rows"] == []
    refused = sent(town, sheet)
    assert (refused.status_code, refused.json["code"]) == (422, "unreadable_file")
    assert refused.json["missing"] == tried["file"]["missing"]


def test_a_mapping_to_fields_that_are_none_is_refused(town):
    answer = sent(town, [a_row(town)], mapping={"企业名称": "nonsense"})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/mapping/企业名称")


@pytest.mark.parametrize(
    "who",
    [
        a_principal(Role.INSPECTOR, agency_id=new_id()),
        a_principal(Role.APPROVER, agency_id=new_id()),
        a_principal(Role.AGENCY_CLERK),
        a_principal(Role.AGENCY_CLERK, agency_id=new_id()),
    ],
    ids=["an inspector", "a head", "a clerk of no agency", "a clerk of an unknown one"],
)
def test_only_clerks_of_announced_agencies_draft_from_sheets(town, who):
    assert sent(town, [a_row(town)], by=who).status_code == 403


def test_what_is_no_sheet_and_what_is_too_large_is_refused(town):
    assert sent(town, b"").json["code"] == "unreadable_file"
    assert sent(town, b"PK\x03\x04 not really").json["code"] == "unreadable_file"
    assert sent(town, b"<html><table>").json["code"] == "unreadable_file"
    assert sent(town, a_csv([], ["\x00", *HEADER])).json["rows"] == []
    large = sent(town, bytes(LARGEST + 1))
    large.request.environ["wsgi.input"].close()  # the client wrote it to a file
    assert large.status_code == 413
