"""Reading what offices send."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from services.chassis.spreadsheets import Mark, Unreadable, open_table
from services.chassis.spreadsheets.encoding import detect
from tests.builders.registry import a_csv, an_xlsx

HEADER = ["甲", "乙", "丙"]


def table(folder, content: bytes):
    path = folder / "file"
    path.write_bytes(content)
    return open_table(path)


def cells(folder, content: bytes, after: Mark | None = None):
    return [record.cells for record in table(folder, content).records(after or Mark())]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_is_recognised(tmp_path, encoding):
    content = a_csv([["宿迁", "𠮷", "1"]], HEADER, encoding)
    assert cells(tmp_path, content) == [HEADER, ["宿迁", "𠮷", "1"]]


def test_one_damaged_line_does_not_change_the_encoding_of_the_rest(tmp_path):
    good = a_csv([["宿迁", "一", "1"], ["泗阳", "二", "2"]], HEADER)
    content = good.replace("一".encode(), b"\xff")
    records = list(table(tmp_path, content).records(Mark()))
    assert [record.broken for record in records] == [None, "undecodable", None]
    assert records[2].cells == ["泗阳", "二", "2"]


@pytest.mark.parametrize("rows", ["是,1\n通,2\n路,3\n", "编号,名\n1,是\n2,通\n3,路\n"])
def test_single_characters_of_gb18030_are_no_letters_of_utf_8(tmp_path, rows):
    path = tmp_path / "short.csv"
    path.write_bytes(rows.encode("gb18030"))
    assert detect(path) == ("gb18030", 0)


def test_one_damaged_row_does_not_turn_utf_8_into_gb18030(tmp_path):
    path = tmp_path / "damaged.csv"
    path.write_bytes("企业名称,行业\n".encode() + b"\xe5\x85,1\n" + "é,2\n".encode())
    assert detect(path) == ("utf-8", 0)


def test_plain_ascii_is_utf_8(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"a,b\n1,2\n")
    assert detect(path) == ("utf-8", 0)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_delimiter_is_recognised(tmp_path, delimiter):
    content = "\n".join(delimiter.join(row) for row in (HEADER, ["1", "2", "3"])).encode()
    assert cells(tmp_path, content) == [HEADER, ["1", "2", "3"]]


def test_an_unclosed_quotation_mark_costs_one_row(tmp_path):
    content = '甲,乙\n1,"没有结束\n2,好\n3,"也\n好"\n'.encode()
    records = list(table(tmp_path, content).records(Mark()))
    assert [(record.line, record.broken) for record in records] == [
        (1, None),
        (2, "broken_quotes"),
        (3, None),
        (4, None),
    ]
    assert records[3].cells == ["3", "也\n好"]


def test_a_quotation_mark_out_of_place_is_an_error_not_a_silent_change(tmp_path):
    content = '甲,乙\n1,"宏达"商贸\n2,宏"达"\n'.encode()
    records = list(table(tmp_path, content).records(Mark()))
    assert [record.broken for record in records] == [None, "broken_quotes", None]
    assert records[2].cells == ["2", '宏"达"']


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n",'), max_size=12)


@given(st.lists(st.tuples(_TEXT, _TEXT, st.integers(0, 9).map(str)), max_size=12), st.data())
def test_reading_may_be_taken_up_behind_any_row(tmp_path_factory, rows, data):
    folder = tmp_path_factory.mktemp("resumed")
    content = a_csv(rows, HEADER, data.draw(st.sampled_from(["utf-8", "gb18030"])))
    path = folder / "file"
    path.write_bytes(content)
    whole = list(open_table(path).records(Mark()))
    assert [tuple(record.cells) for record in whole[1:]] == [tuple(row) for row in rows]
    stop = data.draw(st.integers(0, len(whole) - 1))
    assert list(open_table(path).records(whole[stop].end)) == whole[stop + 1 :]


def test_a_sheet_reads_as_a_person_does(tmp_path):
    rows = [["甲", "乙", "丙"], [], [913213910000000000, 12.0, True], ["文", 1.5, None]]
    records = list(table(tmp_path, an_xlsx(rows)).records(Mark()))
    assert [(record.line, record.cells) for record in records] == [
        (1, ["甲", "乙", "丙"]),
        (3, ["9.13214E+17", "12", "是"]),
        (4, ["文", "1.5", ""]),
    ]
    assert [record.line for record in table(tmp_path, an_xlsx(rows)).records(Mark(3, 3))] == [4]


def test_an_encrypted_spreadsheet_is_told_from_a_broken_one(tmp_path):
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Unreadable, match="password"):
        table(tmp_path, encrypted)
    with pytest.raises(Unreadable, match="broken"):
        table(tmp_path, an_xlsx([["甲"]])[:200])


@pytest.mark.parametrize("start", [b"<html><table>", b"\xef\xbb\xbf\r\n<?xml version='1.0'?>"])
def test_a_web_page_called_a_spreadsheet_is_named_as_such(tmp_path, start):
    with pytest.raises(Unreadable, match="web page"):
        table(tmp_path, start + "企业名称".encode())


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("services.chassis.spreadsheets.sheet.LARGEST_UNPACKED", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(2_000_000))
    with pytest.raises(Unreadable, match="unpacked"):
        table(tmp_path, out.getvalue())


def test_a_cell_in_the_last_corner_does_not_end_the_process(tmp_path):
    book = Workbook()
    assert book.active is not None
    book.active.append(["甲", "乙", "丙"])
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "sparse")
    with pytest.raises(Unreadable, match="too large"):
        open_table(tmp_path / "sparse")


def test_a_sheet_may_be_read_from_two_places_at_once(tmp_path):
    rows = table(tmp_path, an_xlsx([["甲"], ["1"], ["2"]]))
    first, second = rows.records(Mark()), rows.records(Mark(1, 1))
    assert [next(first).cells, next(second).cells, next(first).cells] == [["甲"], ["1"], ["1"]]


def test_a_large_file_is_read_in_bounded_memory(tmp_path):
    path = tmp_path / "file"
    row = "宿迁某某有限公司,91321391MA0000000X," + "经营范围" * 20 + "\n"
    path.write_text("甲,乙,丙\n" + row * 100_000, encoding="utf-8")
    tracemalloc.start()
    count = sum(1 for _ in open_table(path).records(Mark()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_001
    assert peak < path.stat().st_size / 20
