from __future__ import annotations

import pytest

from services.chassis.identity import Role
from services.chassis.ids import new_id
from services.registry.imports import run as running
from services.registry.imports import store
from services.registry.imports.work import work_off
from tests.builders.registry import (
    EXPORT,
    a_csv,
    a_principal,
    a_uscc,
    an_export_row,
    an_xlsx,
    events_of,
)

REGISTRAR = a_principal(Role.REGISTRAR)


def counts(done):
    return {name: done[name] for name in ("created", "updated", "unchanged", "rejected", "duplicates")}


def balanced(done):
    return done["rows"] == done["accepted"] + done["rejected"] + done["duplicates"]


def test_a_real_export_is_loaded_as_it_is(registry):
    done = registry.imported(a_csv(an_export_row(number) for number in range(1, 51)))
    assert done["state"] == "finished"
    assert counts(done) == {"created": 50, "updated": 0, "unchanged": 0, "rejected": 0, "duplicates": 0}
    row = registry.call("GET", f"/enterprises?uscc={a_uscc(7)}", REGISTRAR).json["items"][0]
    assert row["address"] == '宿迁经济技术开发区"通湖大道"7号'
    assert row["business_scope"].count("\n") == 1
    assert row["area_code"] == "321391"
    assert row["premises"][0]["address"] == row["address"]


def test_every_bad_row_is_reported_and_the_rest_loaded(registry):
    wrong_check = a_uscc(9)[:-1] + ("A" if a_uscc(9)[-1] != "A" else "B")
    rows = [
        an_export_row(1),
        an_export_row(2, 统一社会信用代码="0"),
        an_export_row(3, 统一社会信用代码=""),
        an_export_row(4, 统一社会信用代码=a_uscc(4)[:-1]),
        an_export_row(5, 统一社会信用代码=wrong_check),
        an_export_row(6, 统一社会信用代码="9.13E+17"),
        an_export_row(7, 企业名称="  "),
        an_export_row(8, 注册日期="去年", 统一社会信用代码="91-x"),
        an_export_row(1, 企业名称="同码异名公司"),
        an_export_row(1),
        [*an_export_row(10).values(), "多出的一列"],
        list(an_export_row(11).values())[:-1],
    ]
    done = registry.imported(a_csv(rows))
    assert counts(done) == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 9, "duplicates": 2}
    assert balanced(done)
    found = [(error["列"], error["代码"]) for error in registry.errors(done["import_id"])]
    assert found == [
        ("统一社会信用代码", "uscc_missing"),
        ("统一社会信用代码", "uscc_missing"),
        ("统一社会信用代码", "uscc_length"),
        ("统一社会信用代码", "uscc_check"),
        ("统一社会信用代码", "uscc_spreadsheet_number"),
        ("企业名称", "required"),
        ("统一社会信用代码", "uscc_length"),
        ("注册日期", "not_a_date"),
        ("统一社会信用代码", "repeated_differently"),
        ("统一社会信用代码", "repeated"),
        ("（整行）", "too_many_columns"),
        ("（整行）", "too_few_columns"),
    ]


def test_lines_are_those_of_the_file(registry):
    """Each row of an export spans two lines: a newline stands inside its business scope."""
    done = registry.imported(a_csv([an_export_row(1), an_export_row(2, 统一社会信用代码="0")]))
    assert [error["行"] for error in registry.errors(done["import_id"])] == ["4"]


def test_a_repeat_far_away_is_still_a_repeat(registry, monkeypatch):
    monkeypatch.setattr(running, "CHUNK_ROWS", 3)
    done = registry.imported(a_csv([*(an_export_row(number) for number in range(1, 8)), an_export_row(2)]))
    assert (done["created"], done["duplicates"]) == (7, 1)
    (error,) = registry.errors(done["import_id"])
    assert error["原因"].endswith("（第 4 行）")


def test_importing_again_changes_nothing_and_emits_nothing(registry):
    content = a_csv(an_export_row(number) for number in range(1, 21))
    registry.imported(content)
    again = registry.imported(content)
    assert counts(again) == {"created": 0, "updated": 0, "unchanged": 20, "rejected": 0, "duplicates": 0}
    with registry.pool.connection() as connection:
        assert len(events_of(connection, "enterprise.changed")) == 20


def test_importing_changed_rows_updates_them_and_says_so(registry):
    registry.imported(a_csv([an_export_row(1), an_export_row(2)]))
    done = registry.imported(a_csv([an_export_row(1), an_export_row(2, 注册地址="发展大道 9 号")]))
    assert (done["updated"], done["unchanged"]) == (1, 1)
    with registry.pool.connection() as connection:
        last = events_of(connection, "enterprise.changed")[-1]
    assert (last["version"], last["premises"][0]["address"]) == (2, "发展大道 9 号")


def test_an_empty_cell_leaves_what_is_registered(registry):
    registry.imported(a_csv([an_export_row(1)]))
    done = registry.imported(a_csv([an_export_row(1, 注册资金="", 企业类型="")]))
    assert done["unchanged"] == 1


def test_the_payload_of_an_import_is_that_of_a_command(registry):
    registry.imported(a_csv([an_export_row(1)]))
    row = registry.call("GET", "/enterprises", REGISTRAR).json["items"][0]
    premises = [{n: v for n, v in place.items() if n != "short_code"} for place in row["premises"]]
    body = {
        name: value
        for name, value in row.items()
        if name not in ("enterprise_id", "version", "contact", "premises")
    }
    path = f"/enterprises/{row['enterprise_id']}"
    assert (
        registry.call("PUT", path, REGISTRAR, version=1, json=body | {"premises": premises}).status_code
        == 200
    )
    with registry.pool.connection() as connection:
        imported, commanded = events_of(connection, "enterprise.changed")
        envelopes = connection.execute(
            "SELECT aggregatetype, aggregateid, type, source, partition_key FROM outbox ORDER BY position"
        ).fetchall()
    assert commanded == imported | {"version": 2}
    assert envelopes[0] == envelopes[1]


def test_a_dry_run_counts_as_if_and_loads_nothing(registry):
    content = a_csv([an_export_row(1), an_export_row(2), an_export_row(2), an_export_row(3, 企业名称="")])
    done = registry.imported(content, dry_run="true")
    assert counts(done) == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 1, "duplicates": 1}
    assert len(registry.errors(done["import_id"])) == 2
    with registry.pool.connection() as connection:
        assert events_of(connection, "enterprise.changed") == []
    assert registry.call("GET", "/enterprises", REGISTRAR).json["items"] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_just_work(registry, encoding):
    registry.imported(a_csv([an_export_row(1, 企业名称="宿迁𠮷祥食品厂")], encoding=encoding))
    assert registry.call("GET", "/enterprises", REGISTRAR).json["items"][0]["name"] == "宿迁𠮷祥食品厂"


def test_a_spreadsheet_with_a_title_above_its_header(registry):
    rows = [["宿迁经开区企业名录"], [], EXPORT, list(an_export_row(1).values())]
    rows.append(list(an_export_row(2).values()))
    rows[-1][1] = 913213910000000000
    done = registry.imported(an_xlsx(rows))
    assert (done["created"], done["rejected"]) == (1, 1)
    (error,) = registry.errors(done["import_id"])
    assert (error["行"], error["值"], error["代码"]) == ("5", "9.13214E+17", "uscc_spreadsheet_number")


def test_a_mapping_names_columns_nobody_would_guess(registry):
    content = a_csv([["宿迁甲公司", a_uscc(1)]], header=["谁", "什么码"])
    refused = registry.upload(content)
    assert refused.status_code == 422
    assert refused.json["code"] == "unreadable_file"
    done = registry.imported(content, mapping={"谁": "name", "什么码": "uscc"})
    assert done["created"] == 1


def test_a_contact_is_kept_sealed(registry):
    content = a_csv(
        [["宿迁甲公司", a_uscc(1), "13912345678"]], header=["企业名称", "统一社会信用代码", "联系电话"]
    )
    registry.imported(content)
    assert registry.imported(content)["unchanged"] == 1
    row = registry.call("GET", "/enterprises", REGISTRAR).json["items"][0]
    assert row["contact"] == "139****5678"
    path = f"/enterprises/{row['enterprise_id']}/contact"
    assert registry.call("GET", path, REGISTRAR).json == {"phone": "13912345678"}
    with registry.pool.connection() as connection:
        rows = connection.execute("SELECT e::text AS all FROM enterprise e").fetchall()
    assert "13912345678" not in rows[0]["all"]


def test_the_report_runs_no_formula(registry):
    done = registry.imported(a_csv([an_export_row(1, 统一社会信用代码='=HYPERLINK("http://x")')]))
    answer = registry.call("GET", f"/imports/{done['import_id']}/errors.csv", REGISTRAR)
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    assert registry.errors(done["import_id"])[0]["值"].startswith("'=")


def test_an_import_killed_in_the_middle_goes_on_where_it_was(registry, monkeypatch):
    """The worker's connection is cut between two chunks, as by kill −9."""
    monkeypatch.setattr(running, "CHUNK_ROWS", 10)
    rows = [
        *(an_export_row(number) for number in range(1, 41)),
        an_export_row(3),
        an_export_row(50, 企业名称=""),
    ]
    import_id = registry.upload(a_csv(rows)).json["import_id"]
    commit, done = running._commit, []

    def dying(connection, *args):
        if len(done) == 2:
            with registry.pool.connection() as other:
                other.execute("SELECT pg_terminate_backend(%s)", (connection.info.backend_pid,))
        done.append(commit(connection, *args))

    monkeypatch.setattr(running, "_commit", dying)
    with pytest.raises(Exception, match=r"terminat|closed|lost"):
        work_off(registry.pool, registry.vault, stop=lambda: False)
    half = registry.call("GET", f"/imports/{import_id}", REGISTRAR).json
    assert (half["state"], half["rows"]) == ("running", 20)
    monkeypatch.setattr(running, "_commit", commit)
    work_off(registry.pool, registry.vault, stop=lambda: False)
    whole = registry.call("GET", f"/imports/{import_id}", REGISTRAR).json
    assert counts(whole) == {"created": 40, "updated": 0, "unchanged": 0, "rejected": 1, "duplicates": 1}
    with registry.pool.connection() as connection:
        assert len(events_of(connection, "enterprise.changed")) == 40
        for table in ("import_part", "import_key"):
            assert connection.execute(f"SELECT 1 FROM {table}").fetchone() is None


def test_two_workers_do_not_take_the_same_import(registry):
    import_id = registry.upload(a_csv([an_export_row(1)])).json["import_id"]
    with registry.pool.connection() as holder:
        assert store.try_lock(holder, import_id)
        work_off(registry.pool, registry.vault, stop=lambda: False)
        assert registry.call("GET", f"/imports/{import_id}", REGISTRAR).json["state"] == "waiting"
        store.unlock(holder, import_id)
    work_off(registry.pool, registry.vault, stop=lambda: False)
    assert registry.call("GET", f"/imports/{import_id}", REGISTRAR).json["state"] == "finished"


def test_the_same_file_imported_twice_at_once_loads_each_row_once(registry, monkeypatch):
    monkeypatch.setattr(running, "CHUNK_ROWS", 25)
    rows = [an_export_row(number) for number in range(1, 201)]
    for content in (a_csv(rows), a_csv(reversed(rows))):
        assert registry.upload(content).status_code == 202
    registry.worked_off_by_two()
    work_off(registry.pool, registry.vault, stop=lambda: False)
    both = registry.call("GET", "/imports", REGISTRAR).json["items"]
    assert [done["state"] for done in both] == ["finished", "finished"]
    assert sum(done["created"] for done in both) == 200
    assert sum(done["unchanged"] for done in both) == 200
    with registry.pool.connection() as connection:
        told = events_of(connection, "enterprise.changed")
    assert len({event["uscc"] for event in told}) == len(told) == 200


def test_a_character_that_cannot_be_stored_costs_its_row_alone(registry):
    content = a_csv([an_export_row(1), an_export_row(2, 法人代表="张四"), [*an_export_row(3).values(), "五"]])
    done = registry.imported(content.replace("四".encode(), b"\0").replace("五".encode(), b"\0"))
    assert (done["state"], done["created"], done["rejected"]) == ("finished", 1, 2)
    first, whole = registry.errors(done["import_id"])
    assert (first["值"], first["代码"]) == ("张", "forbidden_character")
    assert whole["行"] != first["行"]


def test_a_header_is_read_without_what_cannot_be_stored(registry):
    done = registry.imported(
        a_csv([an_export_row(1)]).replace("企业类型".encode(), b"\0" + "企业类型".encode())
    )
    assert (done["state"], done["created"]) == ("finished", 1)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空"),
        (b"PK\x03\x04 this was a spreadsheet once", "损坏"),
        ("企业名称,统一社会信用代码".encode("utf-16"), "UTF-16"),
        ("甲,乙\n1,2\n".encode(), "缺少必需的列"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("企业名称,统一社会信用代码\r甲,1\r".encode(), "没有一行能读出"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_once(registry, content, word):
    answer = registry.upload(content)
    assert answer.status_code == 422
    assert word in answer.json["detail"]
    assert registry.call("GET", "/imports", REGISTRAR).json["items"] == []


@pytest.mark.parametrize(
    ("form", "pointer"),
    [
        ({"kind": "ships"}, "/files/kind"),
        ({"mapping": {"企业名称": "colour"}}, "/mapping/企业名称"),
        ({"color": "red"}, "/files/color"),
        ({"dry_run": "perhaps"}, "/files/dry_run"),
    ],
)
def test_a_bad_form_names_its_field(registry, form, pointer):
    answer = registry.upload(a_csv([an_export_row(1)]), **form)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_only_who_may_import_does(registry):
    inspector = a_principal(Role.INSPECTOR, agency_id=new_id())
    assert registry.upload(a_csv([]), kind="inspectors", by=inspector).status_code == 403


def test_a_registrar_of_one_area_imports_only_there(registry):
    registry.imported(a_csv([an_export_row(2, 统一社会信用代码=a_uscc(2, "321302"))]))
    local = a_principal(Role.REGISTRAR, area_code="321391")
    rows = [
        [a_uscc(1), "本地企业", "321391"],
        [a_uscc(2, "321302"), "抢来的企业", "321391"],
        [a_uscc(3), "外地企业", "321302"],
    ]
    answer = registry.upload(a_csv(rows, header=["统一社会信用代码", "企业名称", "区划代码"]), by=local)
    work_off(registry.pool, registry.vault, stop=lambda: False)
    done = registry.call("GET", f"/imports/{answer.json['import_id']}", local).json
    assert (done["created"], done["rejected"]) == (1, 2)
    assert {error["代码"] for error in registry.errors(done["import_id"])} == {"outside_area"}
    other = a_principal(Role.REGISTRAR, area_code="321302")
    assert registry.call("GET", f"/imports/{done['import_id']}", other).status_code == 404
