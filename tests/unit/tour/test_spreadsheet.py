"""The registrar's spreadsheet of the tour holds what it says it holds."""

import random
from io import BytesIO

from openpyxl import load_workbook
from stdnum.cn import uscc

from tour.spreadsheet import HEADS, written


def test_good_rows_have_valid_codes_and_bad_rows_stand_where_it_says():
    sheet = written(random.Random(7))
    rows = list(load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True))
    codes = {line: row[1] for line, row in enumerate(rows[1:], 2)}
    assert rows[0] == HEADS
    assert all(uscc.is_valid(each.uscc) for each in sheet.good)
    assert {line for line, code in codes.items() if code in {each.uscc for each in sheet.good}} - {
        max(sheet.wrong)
    } == set(codes) - set(sheet.wrong)


def test_every_tour_brings_other_enterprises():
    first, second = (written(random.Random(seed)) for seed in (1, 2))
    assert not {each.uscc for each in first.good} & {each.uscc for each in second.good}
