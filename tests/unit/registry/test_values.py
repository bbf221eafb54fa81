"""From the text of a cell to the value of a column."""

from __future__ import annotations

import json

import pytest

from services.registry.imports import values
from services.registry.imports.reasons import REASONS
from services.registry.imports.report import harmless
from services.registry.imports.values import Bad
from services.registry.words import headers, meanings


@pytest.mark.parametrize(
    "written", ["2024-05-31", "2024/5/31", "2024.05.31", "2024年5月31日", "20240531", "2024-05-31 00:00:00"]
)
def test_a_day_is_read_however_it_is_written(written):
    assert values.day(written) == "2024-05-31"


@pytest.mark.parametrize("written", ["2024-02-30", "31/05/2024", "去年", "2024-13-01", "45443"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(Bad, match="not_a_date"):
        values.day(written)


def test_several_words_in_one_cell():
    parse = values.words(meanings("domain"))
    assert parse("应急管理、消防；应急") == "{emergency,fire}"
    with pytest.raises(Bad, match="unknown_word"):
        parse("应急、魔法")


def test_questions_come_one_a_line():
    asked = json.loads(values.questions("1. 是否通风？|第三条\n\n（2）是否监护？｜第四条"))
    assert asked == [
        {"question_id": "q1", "text": "是否通风？", "basis": "第三条"},
        {"question_id": "q2", "text": "是否监护？", "basis": "第四条"},
    ]


@pytest.mark.parametrize(
    ("parse", "written", "reason"),
    [
        (values.phone, "12345", "not_a_phone"),
        (values.industry, "C26x", "not_an_industry"),
        (values.area_code, "32139", "not_an_area_code"),
        (values.coordinate(90), "nan", "not_a_coordinate"),
        (values.coordinate(90), "118.3", "not_a_coordinate"),
        (values.whole(366), "两次", "not_a_number"),
        (values.whole(366), "367", "not_a_number"),
        (values.text(3), "四个字了", "too_long"),
        (values.yes_no, "也许", "unknown_word"),
    ],
)
def test_bad_values_have_a_reason_with_words(parse, written, reason):
    with pytest.raises(Bad) as caught:
        parse(written)
    assert caught.value.reason == reason
    assert all(REASONS[reason])


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@x", "\tx"])
def test_nothing_in_the_report_starts_like_a_formula(text):
    assert harmless(text) == "'" + text


def test_no_header_means_two_fields():
    for kind in ("enterprises", "agencies", "inspectors", "items"):
        titles = [title for field in headers(kind).values() for title in field]
        assert len(set(titles)) == len(titles), kind
