"""A spreadsheet into the registry, against raw COPY of the same rows.

    .venv/bin/python -m benchmarks.import [--rows 200000]

The import parses, checks every code, finds repeats, writes enterprises, their premises and an event each, in
chunks. The baseline is COPY of the rows it wrote, binary, into the same tables with the same indexes. For
comparison also COPY of the file into a bare table of texts, which does none of that.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click
import psycopg
from stdnum.cn import uscc

from benchmarks import report
from tests.e2e.product import Product
from tests.rig.postgres import Database, open_rig

HEADS = [
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
]
TABLES = ("enterprise", "premises", "outbox")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def write_file(path: Path, rows: int) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADS)
        for number in range(rows):
            writer.writerow(_row(number, chance))


def _row(number: int, chance: random.Random) -> list[str]:
    body = f"91321391MA{_base31(number):0>7}"
    return [
        f"宿迁市{number:07d}号智能装备制造有限公司",
        body + uscc.calc_check_digit(body),
        f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 28):02d}",
        "有限责任公司（自然人投资或控股）",
        "张三",
        f"{chance.randrange(10, 5000)}万人民币",
        "智能装备、电子元器件、塑料制品的研发、制造、销售；自营和代理各类商品及技术的进出口业务。",
        "江苏省",
        "宿迁市",
        f"宿迁经济技术开发区人民大道 {number % 999} 号",
    ]


def _base31(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 31)
        digits = ALPHABET[digit] + digits
    return digits or "0"


def our_import(product: Product, path: Path) -> float:
    started = time.monotonic()
    command = [sys.executable, "-P", "-m", "yicha_cli", "import", "enterprises", str(path)]
    subprocess.run(command, env=product.process_environment, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def copy_into_same_tables(database: Database, folder: Path) -> float:
    """Take out what the import wrote, empty the tables, and COPY it back."""
    seconds = 0.0
    with psycopg.connect(database.url("registry"), autocommit=True) as connection:
        for table in TABLES:
            _copy_out(connection, table, folder / table)
        connection.execute("TRUNCATE premises, enterprise, outbox CASCADE")
        for table in TABLES:
            seconds += _copy_in(
                connection,
                f"COPY {table} ({_columns(connection, table)}) FROM STDIN (FORMAT binary)",
                folder / table,
            )
    return seconds


def copy_into_bare_table(database: Database, path: Path) -> float:
    columns = ", ".join(f"c{number} text" for number in range(len(HEADS)))
    with psycopg.connect(database.url("registry"), autocommit=True) as connection:
        connection.execute(f"CREATE TABLE bare ({columns}, PRIMARY KEY (c1))")  # pyright: ignore[reportArgumentType, reportCallIssue]
        return _copy_in(connection, "COPY bare FROM STDIN (FORMAT csv, HEADER)", path)


def _columns(connection: Any, table: str) -> str:
    rows = connection.execute(
        """
        SELECT quote_ident(attname) FROM pg_attribute
        WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        """,
        (table,),
    ).fetchall()
    return ", ".join(name for (name,) in rows)


def _copy_out(connection: Any, table: str, path: Path) -> None:
    query = f"COPY (SELECT {_columns(connection, table)} FROM {table}) TO STDOUT (FORMAT binary)"
    with connection.cursor().copy(query) as copy, path.open("wb") as file:
        for block in copy:
            file.write(block)


def _copy_in(connection: Any, statement: str, path: Path) -> float:
    started = time.monotonic()
    with connection.cursor().copy(statement) as copy, path.open("rb") as file:
        while block := file.read(256 * 1024):
            copy.write(block)
    return time.monotonic() - started


@click.command()
@click.option("--rows", default=200_000, show_default=True)
def main(rows: int) -> None:
    report.heading(f"import: {rows:,} rows of a registry's export")
    with open_rig() as rig, rig.database() as database, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        write_file(path, rows)
        ours = our_import(Product(database, {"YICHA_EVENTS": "memory"}, Path(folder)), path)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        same = copy_into_same_tables(database, Path(folder))
        bare = copy_into_bare_table(database, path)
    report.figure("import", rows / ours, "rows/s")
    report.figure("its largest process", peak, "MB")
    report.figure("raw COPY of what it wrote, into the same tables", rows / same, "rows/s")
    report.figure("raw COPY of the file, into a bare table of texts", rows / bare, "rows/s")
    report.ratio("import ÷ raw COPY of the same rows", rows / ours, rows / same, 0.3)
    print(f"  import ÷ raw COPY of the file                              {bare / ours:>12.2f}")


if __name__ == "__main__":
    main()
