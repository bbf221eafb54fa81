"""Sample files for trying the import: a small list of enterprises with good rows and bad."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random

from openpyxl import Workbook

from demo import enterprises
from demo.load import SEED, Row, write_csv

EXPORT = (
    "企业名称",
    "统一社会信用代码",
    "注册日期",
    "企业类型",
    "法人代表",
    "注册资金",
    "经营范围",
    "所在省份",
    "地区",
    "注册地址",
)


def good_rows(count: int, seed: int = SEED + 1) -> list[Row]:
    """None of them is in the city already."""
    return list(enterprises.rows(Random(seed), count))


def bad_rows(good: Row) -> list[Row]:
    """One of each kind that real exports have; `good` is a row that stands before them."""
    code = good["统一社会信用代码"]
    return [
        good | {"统一社会信用代码": code[:-1]},
        good | {"统一社会信用代码": code[:-1] + ("0" if code[-1] != "0" else "1")},
        good | {"统一社会信用代码": "0"},
        good | {"统一社会信用代码": ""},
        good | {"统一社会信用代码": "9.13E+17"},
        good | {"企业名称": ""},
        good | {"企业名称": "同码异名有限公司"},
        dict(good),
    ]


def write_samples(folder: Path) -> list[Path]:
    """`企业.xlsx` and `企业.csv` with good and bad rows, `登记导出.csv` with the columns of a registry export."""
    folder.mkdir(parents=True, exist_ok=True)
    good = good_rows(24)
    rows = [*good, *bad_rows(good[0])]
    paths = [folder / "企业.xlsx", folder / "企业.csv", folder / "登记导出.csv"]
    write_xlsx(paths[0], rows)
    write_csv(paths[1], rows, "gb18030")
    write_csv(paths[2], ({name: row[name] for name in EXPORT} for row in rows), "utf-8")
    return paths


def write_xlsx(path: Path, rows: Iterable[Row]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("企业")
    for number, row in enumerate(rows):
        if number == 0:
            sheet.append(list(row.keys()))
        sheet.append(list(row.values()))
    book.save(path)
