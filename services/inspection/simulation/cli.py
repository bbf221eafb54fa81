"""`yicha simulate`: a profile over past orders. Nothing is written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from services.chassis.database import open_pool
from services.chassis.policy import Profile, policies
from services.chassis.policy.load import BadProfile, read
from services.chassis.settings import Settings
from services.inspection.simulation import report
from services.inspection.simulation.simulate import Question
from services.inspection.simulation.simulate import simulate as run

_DAY = click.DateTime(["%Y-%m-%d"])
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("simulate")
@click.option("--profile", "file", type=_FILE, required=True, help="The profile to try (YAML).")
@click.option("--from", "starts_on", type=_DAY, required=True, help="Orders issued from this day on.")
@click.option("--to", "ends_on", type=_DAY, required=True, help="And until this day.")
@click.option("--area", default="", help="What the area codes of the premises begin with.")
@click.option("--csv", "target", type=_FILE, help="Write the table here as well.")
def simulate(file: Path, starts_on: datetime, ends_on: datetime, area: str, target: Path | None) -> None:
    """Try a policy profile on past orders: what it would have blocked, asked and joined. 规则推演，不写入任何数据。"""
    question = Question(profile=_profile(file), starts_on=starts_on.date(), ends_on=ends_on.date(), area=area)
    if question.ends_on < question.starts_on:
        raise click.BadParameter("the period ends before it begins 结束早于开始", param_hint="--to")
    settings = Settings.from_env("inspection")
    with (
        open_pool(settings.database_url, 1, "simulate") as pool,
        pool.connection() as connection,
        click.progressbar(length=100, label="规则推演") as bar,
    ):
        found = run(connection, question, policies(), lambda share: bar.update(round(100 * share) - bar.pos))
    for line in report.table(found):
        click.echo(line)
    if target:
        target.write_text("".join(report.lines(found.table())), "utf-8", newline="")


def _profile(file: Path) -> Profile:
    """A typo names its field."""
    try:
        return read(file)
    except (BadProfile, OSError) as error:
        raise click.BadParameter(str(error), param_hint="--profile") from None
