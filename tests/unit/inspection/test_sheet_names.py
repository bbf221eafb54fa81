"""Several names in one cell of a sheet."""

import pytest

from services.inspection.sheets.names import names, pieces


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        (" 甲 ", ["甲"]),
        ("甲、乙,丙，丁", ["甲", "乙", "丙", "丁"]),
        ("甲 乙\n丙/丁", ["甲", "乙", "丙", "丁"]),
        ("生产、储存", ["生产、储存"]),
        ("甲；生产、储存", ["甲", "生产、储存"]),
        ("甲、甲", ["甲"]),
        ("X/1，X/2", ["X/1", "X/2"]),
    ],
)
def test_what_is_known_whole_is_not_split(cell, expected):
    known = {"生产、储存", "X/1", "X/2"}
    assert names(cell, known.__contains__) == expected


@pytest.mark.parametrize("cell", ["甲；乙、丙 丁/戊", "生产、储存", " 一;二|三 "])
def test_whatever_may_be_asked_for_is_among_the_pieces(cell):
    asked: set[str] = set()

    def unknown(name: str) -> bool:
        asked.add(name)
        return False

    names(cell, unknown)
    assert asked <= pieces(cell)
