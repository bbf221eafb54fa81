"""`yicha demo`: the demo city, into a product that has none."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import click

import demo as city
from services.chassis.files import write_private
from services.chassis.settings import SERVICES, Settings


@click.command()
@click.option(
    "--accounts",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Where names and passwords are written (JSON).",
)
def demo(accounts: Path) -> None:
    """Load 宿迁经济技术开发区: enterprises, agencies, people, items and a year of inspections."""
    if not accounts.exists():
        password = secrets.token_urlsafe(9)  # one for all: each would cost a slow hash
        content = json.dumps(dict.fromkeys(city.usernames(), password), ensure_ascii=False, indent=1)
        write_private(accounts, content.encode())
    loaded = city.load(
        {name: Settings.from_env(name) for name in SERVICES}, json.loads(accounts.read_text("utf-8"))
    )
    click.echo("The demo city is loaded 示范城市已载入" if loaded else "There is a city already 已有数据")
