"""`yicha joint-plan` and `yicha simulate`: what they print, and what they refuse."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from click.testing import CliRunner

from services.inspection.planner.cli import joint_plan
from services.inspection.simulation.cli import simulate
from tests.builders.inspection import AREA, a_town, today

PROFILE = """
extends: default
name: tried
version: "1"
in_force_from: 2025-01-01
areas: [""]
"""


@pytest.fixture
def town(database, tmp_path, monkeypatch):
    for name, value in {
        "INSPECTION_DATABASE_URL": database.url("inspection"),
        "EVENT_LOG_URL": database.event_log_url,
        "SECRETS_DIR": str(tmp_path / "secrets"),
        "PUBLIC_URL": "http://yicha.test",
        "JWKS_URL": "http://yicha.test/jwks.json",
    }.items():
        monkeypatch.setenv(f"YICHA_{name}", value)
    with a_town(database, tmp_path) as town:
        yield town


def run(command, *arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_a_joint_plan_is_printed_and_nothing_is_joined(town):
    later = str(today() + timedelta(days=45))
    orders = [town.drafted(ends_on=later), town.drafted(town.fire, ends_on=later)]
    told = len(town.told())
    printed = run(joint_plan, "--area", AREA, "--from", today(), "--to", later, "--seconds", 5)
    assert printed.exit_code == 0, printed.output
    assert "2 张检查单 orders → 1 次检查 visits，下界 bound 1" in printed.output
    assert town.fire.agency.name in printed.output
    assert [town.read(order)["version"] for order in orders] == [1, 1]
    assert len(town.told()) == told


def test_a_simulation_is_printed_and_written_as_csv(town, tmp_path):
    town.issued()
    (tmp_path / "profile.yaml").write_text(PROFILE, "utf-8")
    period = ("--from", today() - timedelta(days=1), "--to", today() + timedelta(days=1))
    printed = run(simulate, "--profile", tmp_path / "profile.yaml", *period, "--csv", tmp_path / "table.csv")
    assert printed.exit_code == 0, printed.output
    assert "1 张检查单 orders" in printed.output
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["差 difference"] == "0" for row in rows)


def test_a_profile_with_a_typo_names_the_field(town, tmp_path):
    (tmp_path / "profile.yaml").write_text(PROFILE + "quiet_untill_day: 20\n", "utf-8")
    refused = run(simulate, "--profile", tmp_path / "profile.yaml", "--from", today(), "--to", today())
    assert refused.exit_code == 2
    assert "quiet_untill_day" in refused.output


def test_a_period_that_ends_before_it_begins_is_refused(town):
    refused = run(joint_plan, "--area", AREA, "--from", today(), "--to", today() - timedelta(days=1))
    assert refused.exit_code == 2
