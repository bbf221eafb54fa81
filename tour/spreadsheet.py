"""The registrar's spreadsheet: new enterprises as an office would have typed them, some rows wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook
from stdnum.cn import uscc

HEADS = ("企业名称", "统一社会信用代码", "行业代码", "区划代码", "注册地址", "网格", "联系电话")
_NAMES = ("恒泰", "瑞丰", "金桥", "华盛", "鼎新", "博远")
_AREA = "321391"


@dataclass(frozen=True)
class Enterprise:
    name: str
    uscc: str
    phone: str


@dataclass(frozen=True)
class Spreadsheet:
    """`wrong` maps the line of each bad row to what is wrong with it."""

    content: bytes
    good: list[Enterprise]
    wrong: dict[int, str]


def new_uscc(chance: random.Random) -> str:
    body = f"91{_AREA}MA{''.join(chance.choices('0123456789ABCDEFGHJKLMNPQRTUWXY', k=7))}"
    return body + uscc.calc_check_digit(body)


def written(chance: random.Random) -> Spreadsheet:
    """Six good rows and four bad: a wrong check digit, a code as 0, one a spreadsheet turned into a
    number, and one code for two different firms."""
    good = [_enterprise(name, chance) for name in _NAMES]
    rows = [_row(each) for each in good]
    spoilt = good[0].uscc[:-1] + ("A" if good[0].uscc[-1] != "A" else "B")
    rows.append(_row(Enterprise("宿迁校验位错误有限公司", spoilt, "")))
    rows.append(_row(Enterprise("宿迁无代码商行", "0", "")))
    rows.append(_row(Enterprise("宿迁科学计数法食品厂", "9.13213E+17", "")))
    rows.append(_row(Enterprise("宿迁同码异名贸易有限公司", good[1].uscc, "")))
    wrong = {8: "校验位", 9: "0", 10: "E+17", 11: "重复"}
    return Spreadsheet(_xlsx(rows), good, wrong)


def _enterprise(name: str, chance: random.Random) -> Enterprise:
    serial = chance.randrange(10**6)
    phone = f"1390{chance.randrange(10**7):07d}"
    return Enterprise(f"宿迁{name}智能装备有限公司（{serial:06d}）", new_uscc(chance), phone)


def _row(enterprise: Enterprise) -> tuple[str, ...]:
    address = f"宿迁经济技术开发区人民大道 {int(enterprise.phone[-3:] or 1)} 号"
    return (enterprise.name, enterprise.uscc, "C3411", _AREA, address, "G001", enterprise.phone)


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("企业")
    sheet.append(HEADS)
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
