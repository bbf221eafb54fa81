"""Agencies, their inspectors and what they may check, as offices list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from demo.data import read
from demo.enterprises import AREA, person


@dataclass(frozen=True)
class Office:
    """`slug` names its accounts; `number` is in its inspectors' certificate numbers."""

    number: int
    slug: str
    name: str
    domain: str
    leads: str
    inspectors: int
    prefix: str

    def certificate(self, inspector: int) -> str:
        return f"{AREA}{self.number:02}{inspector:03}"


def offices() -> list[Office]:
    return [Office(number, **agency) for number, agency in enumerate(read("agencies"), 1)]


def agency_rows() -> Iterator[dict[str, str]]:
    for office in offices():
        yield {
            "检查主体名称": office.name,
            "层级": "县区级",
            "领域": office.domain,
            "行政区划代码": AREA,
            "主管行业": office.leads,
            "状态": "已公告",
        }


def inspector_rows(chance: Random, year: int) -> Iterator[dict[str, str]]:
    """The last of each office is an assistant; the one before has a credential about to end."""
    for office in offices():
        for number in range(1, office.inspectors + 1):
            assists = number == office.inspectors
            ends = year if number == office.inspectors - 1 and number > 4 else year + 3
            yield {
                "姓名": person(chance),
                "执法证号": office.certificate(number),
                "所属单位": office.name,
                "人员类别": "辅助人员" if assists else "执法人员",
                "执法领域": office.domain,
                "发证日期": f"{year - 2}-01-01",
                "有效期至": f"{ends}-12-31",
            }


def item_rows() -> Iterator[dict[str, str]]:
    items: dict[str, list[dict[str, Any]]] = read("items")
    for office in offices():
        for number, item in enumerate(items[office.slug], 1):
            yield {
                "事项编码": item_code(office, number),
                "事项名称": item["name"],
                "领域": office.domain,
                "实施层级": "市级、县级",
                "检查依据": item["basis"],
                "检查内容": "\n".join(item["questions"]),
                "年度频次上限": str(item["cap"]),
                "最短间隔天数": str(item["interval"]),
                "生效日期": "2024-01-01",
                "是否公布": "是",
            }


def item_code(office: Office, number: int) -> str:
    return f"{office.prefix}-{number:03}"


def items_of(office: Office) -> int:
    return len(read("items")[office.slug])
