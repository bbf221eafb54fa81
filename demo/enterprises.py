"""Enterprises as a registry would export them, with valid codes, in 148 grid cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from stdnum.cn import uscc

from demo.data import read

AREA = "321391"
COUNT = 2000
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SOUTH_WEST = (33.885, 118.235)
_CELL = (0.0085, 0.0105)
_SHOPS = frozenset("FHOPQR")
_GRADES = ("优", "良", "中", "差", "")
_CAPITAL = (10, 50, 100, 200, 500, 1000, 2000, 5000, 10000)


@dataclass(frozen=True)
class Street:
    code: str
    name: str
    roads: tuple[str, ...]
    first_grid: int
    grids: int


def streets() -> list[Street]:
    found: list[Street] = []
    for street in read("names")["streets"]:
        first = found[-1].first_grid + found[-1].grids if found else 1
        found.append(Street(street["code"], street["name"], tuple(street["roads"]), first, street["grids"]))
    return found


def rows(chance: Random, count: int = COUNT) -> Iterator[dict[str, str]]:
    """By the headers offices use; names and codes do not repeat."""
    industries: dict[str, tuple[str, int, str]] = read("industries")
    weights = [share for _, share, _ in industries.values()]
    taken: set[str] = set()
    for industry in chance.choices(list(industries), weights, k=count):
        word = industries[industry][0]
        name, code = _name(chance, industry, word), _uscc(chance, industry)
        while name in taken or code in taken:
            name, code = _name(chance, industry, word), _uscc(chance, industry)
        taken |= {name, code}
        yield _row(chance, industry, word, name, code)


def _row(chance: Random, industry: str, word: str, name: str, code: str) -> dict[str, str]:
    street = chance.choices(streets(), [street.grids for street in streets()])[0]
    grid = street.first_grid + chance.randrange(street.grids)
    latitude, longitude = _position(chance, grid)
    return {
        "企业名称": name,
        "统一社会信用代码": code,
        "注册日期": f"{chance.randint(2005, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "企业类型": "个体工商户" if industry[0] in _SHOPS else "有限责任公司(自然人投资或控股)",
        "法人代表": person(chance),
        "注册资金": f"{chance.choice(_CAPITAL)}万元人民币",
        "经营范围": f"一般项目：{word}的生产、销售及相关技术服务\n（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）",
        "所在省份": "江苏省",
        "地区": "宿迁市",
        "注册地址": f"宿迁经济技术开发区{street.name}{chance.choice(street.roads)}{chance.randint(1, 399)}号",
        "区划代码": street.code,
        "网格编号": f"KF-{grid:03}",
        "纬度": f"{latitude:.6f}",
        "经度": f"{longitude:.6f}",
        "行业代码": industry,
        "信用等级": chance.choices(_GRADES, (28, 52, 10, 2, 8))[0],
        "登记状态": chance.choices(("存续", "注销"), (985, 15))[0],
        "联系电话": f"1900000{chance.randrange(10_000):04}",
    }


def person(chance: Random) -> str:
    names: dict[str, Any] = read("names")
    return chance.choice(names["surnames"]) + chance.choice(names["given"])


def _name(chance: Random, industry: str, word: str) -> str:
    brand = "".join(chance.sample(read("names")["brands"], 2))
    if industry[0] in _SHOPS:
        return f"宿迁经开区{brand}{word}{chance.choice(('店', '商行', '经营部', '中心'))}"
    return f"{chance.choice(('宿迁', '江苏', '宿迁市'))}{brand}{word}有限公司"


def _uscc(chance: Random, industry: str) -> str:
    kind = "92" if industry[0] in _SHOPS else "91"
    body = f"{kind}{AREA}MA{''.join(chance.choices(_CODE, k=7))}"
    return body + uscc.calc_check_digit(body)


def _position(chance: Random, grid: int) -> tuple[float, float]:
    """The cells lie in rows of fourteen."""
    south, west = _SOUTH_WEST
    row, column = divmod(grid - 1, 14)
    return (
        south + _CELL[0] * (row + chance.random()),
        west + _CELL[1] * (column + chance.random()),
    )
