"""`yicha provision`, `migrate`, `secrets`: what stands before the first start."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from services.chassis import secrets as keys
from services.chassis.migrate import migrate_all
from services.chassis.migrate import provision as make_roles
from services.chassis.names import EVENT_LOG, SERVICES, Service
from yicha_cli.services import service_argument


@click.command()
@click.option("--admin-url", envvar="YICHA_ADMIN_URL", required=True, help="Of a role that may create roles.")
@click.option("--service", "names", multiple=True, type=click.Choice(SERVICES), default=SERVICES)
@click.option("--event-log", is_flag=True, help="Also the log of events in Postgres.")
def provision(admin_url: str, names: Sequence[str], event_log: bool) -> None:
    """A role and a schema for each service. May be run again.

    The password of each role is read from YICHA_<SERVICE>_PASSWORD (YICHA_EVENT_LOG_PASSWORD).
    """
    wanted = (*names, *([EVENT_LOG] if event_log else []))
    variables = {name: f"YICHA_{name.upper()}_PASSWORD" for name in wanted}
    missing = [variable for variable in variables.values() if not os.environ.get(variable)]
    if missing:
        raise click.ClickException(f"missing: {', '.join(missing)}")
    make_roles(admin_url, {name: os.environ[variable] for name, variable in variables.items()})


@click.command()
@service_argument
def migrate(names: Sequence[Service]) -> None:
    """Bring the schema of SERVICE (and the log of events, where it is in Postgres) to the newest revision."""
    urls: dict[str, str] = {name: _given(f"YICHA_{name.upper()}_DATABASE_URL") for name in names}
    if os.environ.get("YICHA_EVENTS", "postgres") == "postgres":
        urls[EVENT_LOG] = _given("YICHA_EVENT_LOG_URL")
    migrate_all(urls)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), envvar="YICHA_SECRETS_DIR")
def secrets(folder: Path) -> None:
    """Make the keys that are missing in FOLDER; those that are there stay."""
    keys.ensure(folder)


def _given(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        raise click.ClickException(f"missing: {variable}")
    return value
