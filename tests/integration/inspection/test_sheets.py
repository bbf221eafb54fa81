"""批量拟单: every good row of a sheet becomes the order that would have been drafted by hand."""

from datetime import timedelta

import pytest

from services.inspection.sheets.commands import OrderSheet, take
from tests.builders.grounds import a_campaign
from tests.builders.inspection import a_premises, a_town, an_enterprise, an_item, replicate, today
from tests.builders.races import done, race
from tests.builders.registry import a_csv, an_xlsx
from tests.builders.sheets import HEADER, a_row, later, reasons, sent, taken


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def orders_of(town) -> list[dict]:
    with town.pool.connection() as connection:
        return connection.execute("SELECT * FROM orders ORDER BY starts_on").fetchall()


def test_a_row_becomes_the_order_that_its_draft_by_hand_would_be(town):
    answer = taken(town, [a_row(town)])
    (row,) = answer["rows"]
    assert (answer["good"], answer["dry_run"], row["faults"]) == (1, False, [])
    order = town.read(row)
    by_hand = town.a_draft()
    assert {name: order[name] for name in by_hand if name not in ("items", "inspectors")} == {
        name: by_hand[name] for name in by_hand if name not in ("items", "inspectors")
    }
    assert [item["item_id"] for item in order["items"]] == by_hand["items"]
    assert {one["inspector_id"] for one in order["inspectors"]} == set(by_hand["inspectors"])
    assert (order["state"], [step["action"] for step in order["steps"]]) == ("drafted", ["draft"])
    assert [event for event, _, _ in town.told(order)] == ["order.drafted.v1"]
    assert row["wish"]["premises"] == "通湖大道 1 号"


def test_a_dry_run_says_what_the_gate_says_and_stores_nothing(town):
    alone = a_row(town, 执法人员="李检")
    (row,) = taken(town, [alone], dry_run=True)["rows"]
    checked = town.call(
        "POST",
        "/gate-checks",
        town.safety.clerk,
        json=town.a_draft(inspectors=[str(town.safety.inspectors[0].inspector_id)]),
    )
    assert row["findings"] == checked.json["findings"]
    assert "block" in [finding["outcome"] for finding in row["findings"]]
    assert (row["order_id"], orders_of(town), town.told()) == (None, [], [])


def test_what_the_gate_blocks_is_drafted_all_the_same_and_keeps_its_findings(town):
    (row,) = taken(town, [a_row(town, 执法人员="李检")])["rows"]
    stored = town.read(row)["findings"]
    assert [finding["key"] for finding in row["findings"]] == [finding["key"] for finding in stored]
    assert "A3" in [finding["rule"] for finding in row["findings"]]


def test_good_rows_are_drafted_and_bad_ones_told(town):
    rows = [a_row(town), a_row(town, **later(10), 检查事项="没有这项"), a_row(town, **later(20))]
    answer = taken(town, rows)
    assert [(row["line"], bool(row["order_id"]), len(row["faults"])) for row in answer["rows"]] == [
        (2, True, 0),
        (3, False, 1),
        (4, True, 0),
    ]
    assert (answer["good"], len(orders_of(town))) == (2, 2)


def test_offices_write_it_in_gb18030_with_a_title_above_and_names_for_everything(town):
    named = a_row(
        town,
        统一社会信用代码="",
        企业名称="宿迁宏达机械（有限公司）",
        经营场所="222-222-222",
        检查事项=town.safety.item.name,
        执法人员=f"李　检；{town.safety.inspectors[1].certificate_number}",
        开始日期=f"{today().year}年{today().month}月{today().day}日",
        检查类型="",
        已考虑的非现场方式="书面、远程",
    )
    title = ["十二月检查安排", *[""] * (len(HEADER) - 1)]
    sheet = a_csv([HEADER, named], title, encoding="gb18030")
    (row,) = taken(town, sheet)["rows"]
    assert (row["line"], row["faults"]) == (3, [])
    order = town.read(row)
    assert (order["trigger"], order["considered"], len(order["inspectors"])) == (
        "routine",
        ["written", "remote"],
        2,
    )


def test_a_spreadsheet_with_cells_of_dates_is_read(town):
    row = list(a_row(town).values())
    row[5:7] = [today(), today() + timedelta(days=3)]
    (drafted,) = taken(town, an_xlsx([HEADER, row]))["rows"]
    assert town.read(drafted)["ends_on"] == str(today() + timedelta(days=3))


def test_an_item_whose_name_holds_a_separator_is_one_item_and_others_stand_beside_it(town):
    replicate(town.pool, an_item(name="危险化学品生产、储存", code="YJ/001"))
    cells = (
        "危险化学品生产、储存",
        f"{town.safety.item.code}；危险化学品生产、储存",
        f"YJ/001,{town.safety.item.name}",
    )
    rows = [a_row(town, **later(days), 检查事项=cell) for days, cell in zip((0, 10, 20), cells, strict=True)]
    found = [row["wish"]["items"] for row in taken(town, rows, dry_run=True)["rows"]]
    assert [len(items) for items in found] == [1, 2, 2]
    assert all("危险化学品生产、储存" in items for items in found)


def test_of_items_called_alike_that_of_the_own_agency_is_meant(town):
    replicate(town.pool, an_item(name=town.safety.item.name, domain="fire"))
    (row,) = taken(town, [a_row(town, 检查事项=town.safety.item.name)])["rows"]
    assert town.read(row)["items"][0]["item_id"] == str(town.safety.item.item_id)


def test_columns_with_names_of_their_own_are_mapped(town):
    header = ["谁" if title == "统一社会信用代码" else title for title in HEADER]
    sheet = a_csv([a_row(town)], header)
    tried = taken(town, sheet, dry_run=True, mapping={"谁": "uscc"})
    assert tried["file"]["columns"][0] == {"title": "谁", "field": "uscc"}
    assert (tried["good"], tried["rows"][0]["faults"]) == (1, [])


def test_a_sheet_sent_twice_drafts_nothing_twice(town):
    rows = [a_row(town), a_row(town, **later(10))]
    first, again = taken(town, rows), taken(town, rows)
    assert again["good"] == 0
    assert [reasons(row) for row in again["rows"]] == [[("", "ordered_already")]] * 2
    assert [row["faults"][0]["order_id"] for row in again["rows"]] == [
        row["order_id"] for row in first["rows"]
    ]
    assert len(orders_of(town)) == 2


def test_the_same_request_again_gets_the_same_answer(town):
    first, again = (sent(town, [a_row(town)], key="sheet-of-december") for _ in range(2))
    assert again.json == first.json
    assert len(orders_of(town)) == 1


def test_two_rows_that_are_one_order_are_drafted_once(town):
    reordered = a_row(town, 执法人员="王查；李检", 现场检查理由="换个说法")
    first, second = taken(town, [a_row(town), reordered])["rows"]
    assert (reasons(first), reasons(second)) == ([], [("", "repeated")])
    assert "第 2 行" in second["faults"][0]["zh"]
    assert len(orders_of(town)) == 1


@pytest.mark.parametrize("dry_run", [True, False])
def test_what_was_submitted_counts_and_what_was_withdrawn_does_not(town, dry_run):
    order = town.submitted()
    (row,) = taken(town, [a_row(town)], dry_run=dry_run)["rows"]
    assert row["faults"][0]["order_id"] == order["order_id"]
    town.call("POST", f"/orders/{order['order_id']}/cancel", town.safety.clerk, json={"reason": "改期"})
    (row,) = taken(town, [a_row(town)], dry_run=dry_run)["rows"]
    assert (row["faults"], row["order_id"] is None) == ([], dry_run)


def test_other_premises_items_or_days_are_other_orders(town):
    second = a_premises(name="二厂区", address="江山大道 2 号", short_code="333333333")
    item = an_item()
    premises = (*town.enterprise.premises, second)
    replicate(
        town.pool,
        an_enterprise(enterprise_id=town.enterprise.enterprise_id, version=2, premises=premises),
        item,
    )
    both = {"经营场所": "一厂区", "检查事项": f"{town.safety.item.code}；{item.code}"}
    rows = [
        a_row(town, 经营场所="一厂区"),
        a_row(town, 经营场所="江山大道2号"),
        a_row(town, **both),
        a_row(town, 经营场所="一厂区", **later(10)),
    ]
    assert taken(town, rows)["good"] == 4


def test_of_one_sheet_sent_by_two_clerks_at_once_each_order_is_drafted_once(town, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_bytes(a_csv([a_row(town), a_row(town, **later(10))], HEADER))
    sheet = OrderSheet(path=path, mapping={}, dry_run=False)
    both = race(*(lambda: done(town, take, sheet, town.safety.clerk) for _ in range(2)))
    assert sorted(sum(row.good for row in taken.rows) for taken in both) == [0, 2]
    assert len(orders_of(town)) == 2


@pytest.mark.parametrize("named", ["name", "filing_number"])
def test_a_campaign_is_named_as_it_was_filed(town, named):
    campaign = a_campaign(town)
    (row,) = taken(town, [a_row(town, 检查类型="专项", 专项检查=campaign[named])])["rows"]
    assert town.read(row)["campaign_id"] == campaign["campaign_id"]
