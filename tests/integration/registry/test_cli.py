"""`yicha import`: the same import, beside the file."""

from __future__ import annotations

import csv

import pytest
from click.testing import CliRunner

from services.chassis import secrets
from services.registry.cli import import_
from tests.builders.registry import a_csv, a_uscc, an_export_row


@pytest.fixture
def run(database, tmp_path, monkeypatch):
    secrets.ensure(tmp_path / "secrets")
    for name, value in {
        "REGISTRY_DATABASE_URL": database.url("registry"),
        "EVENT_LOG_URL": database.event_log_url,
        "SECRETS_DIR": str(tmp_path / "secrets"),
        "PUBLIC_URL": "http://yicha.test",
        "JWKS_URL": "http://yicha.test/jwks.json",
    }.items():
        monkeypatch.setenv(f"YICHA_{name}", value)

    def run(content: bytes, *options: str):
        path = tmp_path / "企业.csv"
        path.write_bytes(content)
        return CliRunner().invoke(import_, ["enterprises", str(path), *options])

    return run


def test_it_loads_counts_and_writes_what_was_refused(run, tmp_path):
    rows = [an_export_row(1), an_export_row(2, 统一社会信用代码="0")]
    result = run(a_csv(rows), "--errors", str(tmp_path / "errors.csv"))
    assert result.exit_code == 0, result.output
    assert "新增 1，更新 0，未变 0，拒绝 1，重复 0" in result.output
    with (tmp_path / "errors.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["代码"] for row in csv.DictReader(file)] == ["uscc_missing"]
    assert "未变 1" in run(a_csv(rows)).output


def test_a_dry_run_loads_nothing(run):
    content = a_csv([an_export_row(1)])
    assert "(dry run)" in run(content, "--dry-run").output
    assert "新增 1" in run(content).output


def test_a_mapping_is_given_by_options(run):
    content = a_csv([["宿迁甲公司", a_uscc(1)]], header=["谁", "什么码"])
    refused = run(content)
    assert refused.exit_code == 1
    assert "缺少必需的列" in refused.output
    assert "新增 1" in run(content, "--mapping", "谁=name", "--mapping", "什么码=uscc").output
    assert run(content, "--mapping", "谁").exit_code == 2
