"""What is typed at a worn plate, and what it finds. No I/O: an enterprise is found when one way's terms are all its own."""

import pytest

from services.inspection.search.asked import ways_to_find
from services.inspection.search.terms import terms_of
from services.inspection.search.text import folded

USCC = "91321300MA1XXXXX0A"


def finds(asked, name, area="3213", areas=("321302",)):
    terms, plain = set(terms_of(name, USCC, areas)), folded(name)
    return any(
        terms.issuperset(way.terms) and way.name in plain and USCC.startswith(way.uscc)
        for way in ways_to_find(asked, area)
    )


@pytest.mark.parametrize(
    "asked",
    [
        "宏达",
        "精密机械",
        "宏达（精密）机械",
        "hd",
        "HDJM",
        "hdjmjx",
        "hongda",
        "hongdajingmi",
        "hong da",
        "hongdaj",
        "hongdajin",
        "jixie",
        "913213",
        "91321300ma1x",
        "91321300MA1XXXXX0A",
    ],
)
def test_an_enterprise_is_found_by(asked):
    assert finds(asked, "宿迁宏达精密机械有限公司")


@pytest.mark.parametrize("asked", ["宏大", "达宏", "dh", "dahong", "h", "宏", "", "91321301", "！？"])
def test_and_not_by(asked):
    assert not finds(asked, "宿迁宏达精密机械有限公司")


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("重庆火锅", ["chongqing", "zhongqing", "cq", "zq"]),
        ("宿迁农业银行", ["yinhang", "yh", "nyyh"]),
        ("长乐轩", ["changle", "cl", "clx", "zhangyue"]),
        ("单县羊汤馆", ["shanxian", "danxian"]),
        ("绿源女装", ["lvyuan", "nvzhuang", "luyuan"]),
        ("朴素茶馆", ["pusu", "piaosu"]),
        ("西安泡馍", ["xianpaomo", "xapm", "xian"]),
        ("A1酒店", ["a1", "jiudian", "A1酒店"]),
    ],
)
def test_characters_with_several_readings_are_found_by_each(name, asked):
    assert [one for one in asked if not finds(one, name)] == []


@pytest.mark.parametrize(
    ("area", "there"),
    [("", True), ("32", True), ("3213", True), ("321302", True), ("321302003", True), ("3201", False)],
)
def test_it_is_found_where_it_has_premises(area, there):
    assert finds("宏达", "宏达机械", area=area) is there


def test_without_open_premises_it_is_not_found():
    assert not finds("宏达", "宏达机械", areas=())


def test_a_long_text_is_not_taken_apart_for_ever():
    assert len(ways_to_find("xianxianxian" * 8, "3213")) < 13
