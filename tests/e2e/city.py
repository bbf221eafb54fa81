"""A small city to play in: three agencies of different domains with their items, people and accounts."""

from __future__ import annotations

import csv
import secrets
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from services.chassis.database import UnitOfWork, open_pool
from services.chassis.identity import Role
from services.registry.accounts.commands import register
from services.registry.accounts.model import AccountDraft
from tests.e2e.product import Product

AREA = "321391"
AGENCIES = {
    "emergency": ("宿迁经开区应急管理局", "应急管理"),
    "fire": ("宿迁经开区消防救援大队", "消防"),
    "market": ("宿迁经开区市场监督管理局", "市场监管"),
}
ITEMS = ("设备设施", "人员培训")
VISITS_A_YEAR = 300


def founded(product: Product) -> dict[str, str]:
    """Imported by command and enrolled; answers user name → password."""
    today = date.today()  # noqa: DTZ011
    agencies = [["检查主体名称", "层级", "领域", "区划代码"]]
    items = [["事项编码", "事项名称", "领域", "层级", "法律依据", "年度频次上限", "生效日期", "检查内容"]]
    people = [["执法证号", "姓名", "所属单位", "执法领域", "发证日期", "有效期止"]]
    for short, (name, domain) in AGENCIES.items():
        agencies.append([name, "区级", domain, AREA])
        for number, item in enumerate(ITEMS, 1):
            questions = "1. 台账是否齐全\n2. 现场是否符合要求"
            code = f"{short.upper()}-{number}"
            items.append(
                [
                    code,
                    f"{item}检查",
                    domain,
                    "区级",
                    "《条例》第十条",
                    str(VISITS_A_YEAR),
                    "2024-01-01",
                    questions,
                ]
            )
        for number in (1, 2):
            until = today + timedelta(days=365)
            people.append(
                [
                    _certificate(short, number),
                    f"执法员{short}{number}",
                    name,
                    domain,
                    "2024-01-01",
                    str(until),
                ]
            )
    for kind, rows in (("agencies", agencies), ("items", items), ("inspectors", people)):
        _import(product, kind, rows)
    return _enrolled(product)


def _certificate(agency: str, number: int) -> str:
    return f"SU-{agency.upper()}-{number}"


def _import(product: Product, kind: str, rows: Sequence[Sequence[str]]) -> None:
    path: Path = product.folder / f"{kind}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    command = [sys.executable, "-P", "-m", "yicha_cli", "import", kind, str(path)]
    done = subprocess.run(command, env=dict(product.process_environment), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"import of {kind}: {done.stdout}{done.stderr}")


def _enrolled(product: Product) -> dict[str, str]:
    passwords: dict[str, str] = {}
    pool = open_pool(product.database.url("registry"), 1, "city")
    with UnitOfWork(pool, "/registry") as uow:
        for username, draft in _accounts(uow.connection):
            passwords[username] = secrets.token_hex(12)
            register(draft, passwords[username], uow)
        uow.commit()
    pool.close()
    return passwords


def _accounts(connection: Any) -> list[tuple[str, AccountDraft]]:
    agencies = {
        row["name"]: row["agency_id"] for row in connection.execute("SELECT name, agency_id FROM agency")
    }
    people = {
        row["certificate_number"]: row["inspector_id"]
        for row in connection.execute("SELECT certificate_number, inspector_id FROM inspector")
    }
    found = [_draft("registrar", Role.REGISTRAR), _draft("coordinator", Role.COORDINATOR)]
    for short, (name, _) in AGENCIES.items():
        agency_id = agencies[name]
        found.append(_draft(f"clerk.{short}", Role.AGENCY_CLERK, agency_id=agency_id))
        found.append(_draft(f"head.{short}", Role.APPROVER, agency_id=agency_id))
        for number in (1, 2):
            inspector_id = people[_certificate(short, number)]
            who = f"inspector.{short}.{number}"
            found.append(_draft(who, Role.INSPECTOR, agency_id=agency_id, inspector_id=inspector_id))
    return found


def _draft(username: str, role: Role, **more: Any) -> tuple[str, AccountDraft]:
    return username, AccountDraft(username=username, name=username, roles=(role,), **more)
