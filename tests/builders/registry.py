"""The registry over HTTP, with its accounts and spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from psycopg import Connection
from psycopg.rows import DictRow
from stdnum.cn import uscc
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from services.chassis.app import close
from services.chassis.database import Pool
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.registry.enterprises.contacts import Vault
from services.registry.imports.work import work_off
from tests.builders.apps import app_of
from tests.builders.settings import settings_for
from tests.builders.tokens import Office, an_office

API = "/api/registry/v1"
EXPORT = [
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
PHONE = "13912345678"


@dataclass(frozen=True)
class Registry:
    app: Flask
    client: FlaskClient
    office: Office
    folder: Path

    @property
    def pool(self) -> Pool:
        return self.app.extensions["yicha.pool"]

    @property
    def vault(self) -> Vault:
        return self.app.extensions["registry.vault"]

    def call(
        self,
        method: str,
        path: str,
        by: Principal | None = None,
        version: int | None = None,
        key: str | None = None,
        **more: Any,
    ) -> TestResponse:
        """`key` repeats an operation; without one each call is a new one."""
        headers = {"Idempotency-Key": key or str(new_id())} | (self.office.bearer(by) if by else {})
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.client.open(API + path, method=method, headers=headers, **more)

    def upload(
        self,
        content: bytes,
        kind: str = "enterprises",
        by: Principal | None = None,
        key: str | None = None,
        **form: Any,
    ) -> TestResponse:
        asking = by or a_principal(Role.REGISTRAR)
        return self.call("POST", "/imports", asking, key=key, **_multipart(content, kind=kind, **form))

    def preview(self, content: bytes, by: Principal | None = None, **form: Any) -> TestResponse:
        asking = by or a_principal(Role.REGISTRAR)
        return self.call("POST", "/imports/preview", asking, **_multipart(content, **form))

    def imported(
        self, content: bytes, kind: str = "enterprises", by: Principal | None = None, **form: Any
    ) -> dict[str, Any]:
        """Uploaded and worked off."""
        answer = self.upload(content, kind, by, **form)
        assert answer.status_code == 202, answer.json
        work_off(self.pool, self.vault, stop=lambda: False)
        return self.call(
            "GET", f"/imports/{answer.json['import_id']}", by or a_principal(Role.REGISTRAR)
        ).json

    def worked_off_by_two(self) -> None:
        """By two workers at once."""
        workers = [
            Thread(target=work_off, args=(self.pool, self.vault), kwargs={"stop": lambda: False})
            for _ in range(2)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def errors(self, import_id: str) -> list[dict[str, str]]:
        answer = self.call("GET", f"/imports/{import_id}/errors.csv", a_principal(Role.REGISTRAR))
        return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))

    def codes_sent(self) -> list[str]:
        sent = (self.folder / "sms.log").read_text("utf-8").splitlines()
        return [json.loads(line)["text"].split("验证码 ")[1][:6] for line in sent]


def _multipart(content: bytes, **form: Any) -> dict[str, Any]:
    if "mapping" in form:
        form["mapping"] = json.dumps(form["mapping"])
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(content), "表格.csv"), **form})
    return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}


@contextmanager
def a_registry(database: Any, folder: Path, **changes: Any) -> Generator[Registry]:
    with an_office(folder / "secrets" / "token-keys") as office:
        settings = settings_for("registry", database, folder, jwks_url=office.jwks_url, **changes)
        app = app_of(settings)
        try:
            yield Registry(app, app.test_client(), office, folder)
        finally:
            close(app)


def a_principal(*roles: Role, **more: Any) -> Principal:
    return Principal(account_id=new_id(), name="测试", roles=frozenset(roles), **more)


def a_uscc(number: int = 1, area: str = "321391") -> str:
    body = f"91{area}MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def an_enterprise_form(number: int = 1, **changes: Any) -> dict[str, Any]:
    given = {
        "uscc": a_uscc(number),
        "name": f"宿迁宏达机械第{number}有限公司",
        "industry": "C3411",
        "area_code": "321391",
        "address": f"宿迁经济技术开发区通湖大道 {number} 号",
        "legal_representative": "张三丰",
        "contact_phone": PHONE,
    }
    return given | changes


def an_agency_form(**changes: Any) -> dict[str, Any]:
    return {
        "name": "宿迁经开区应急管理局",
        "level": "county",
        "domain": "emergency",
        "area_code": "321391",
    } | changes


def an_item_form(**changes: Any) -> dict[str, Any]:
    return {
        "code": "YJ-001",
        "name": "有限空间作业安全",
        "domain": "emergency",
        "levels": ["county"],
        "legal_basis": "《中华人民共和国安全生产法》第六十五条",
        "checklist": [{"question_id": "q1", "text": "作业前是否通风检测？"}],
        "in_force_from": "2026-01-01",
    } | changes


def an_export_row(number: int = 1, **changes: str) -> dict[str, str]:
    """A row of a real registry export."""
    return {
        "企业名称": f"宿迁宏达机械第{number}有限公司",
        "统一社会信用代码": a_uscc(number),
        "注册日期": "2019-05-31",
        "企业类型": "有限责任公司(自然人投资或控股)",
        "法人代表": "张三丰",
        "注册资金": "500万元人民币",
        "经营范围": "机械设备制造；销售\n（依法须经批准的项目除外）",
        "所在省份": "江苏省",
        "地区": "宿迁市",
        "注册地址": f'宿迁经济技术开发区"通湖大道"{number}号',
    } | changes


def a_csv(
    rows: Iterable[dict[str, str] | Sequence[str]], header: Sequence[str] = EXPORT, encoding: str = "utf-8"
) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(list(row.values()) if isinstance(row, dict) else row for row in rows)
    return out.getvalue().encode(encoding)


def an_xlsx(rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("企业")
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def events_of(connection: Connection[DictRow], event: str) -> list[dict[str, Any]]:
    """Payloads in the outbox, in their order."""
    rows = connection.execute(
        "SELECT payload FROM outbox WHERE type = %s ORDER BY position", (f"cn.yicha.registry.{event}.v1",)
    )
    return [row["payload"] for row in rows]
