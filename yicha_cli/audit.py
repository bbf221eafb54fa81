"""`yicha audit verify`: whether anybody changed or took away what was written down."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from services.chassis.audit import chain
from services.chassis.database import open_pool
from services.chassis.settings import Service, Settings
from yicha_cli.services import service_argument


@click.group()
def audit() -> None:
    """The audit of each service is a chain of hashes, sealed every minute by its worker."""


@audit.command()
@service_argument
@click.option("--head", default=chain.BEGINNING, help="A head that was noted before, of one service.")
def verify(names: Sequence[Service], head: str) -> None:
    """Compare every row of SERVICE with the chain, and the chain with a HEAD that was kept elsewhere: workers log one
    as `audit_sealed`. Exits with 1 when something was changed, removed or made anew."""
    if len(names) > 1 and head != chain.BEGINNING:
        raise click.UsageError("--head is of one service 须指明一个服务")
    sound = [_verified(name, head) for name in names]
    sys.exit(0 if all(sound) else 1)


def _verified(service: Service, head: str) -> bool:
    settings = Settings.from_env(service)
    sound = True
    with (
        open_pool(settings.database_url, 1, "audit-verify") as pool,
        pool.connection() as connection,
    ):
        for flaw in chain.flaws(connection):
            sound = False
            click.echo(f"{service}: {_FLAWS[flaw.kind]}, row {flaw.position}, link {flaw.nth}")
        if not chain.knows(connection, head):
            sound = False
            click.echo(f"{service}: never ended in {head} 链中没有这个链头：链尾被删或整链重写")
        open_rows = chain.unsealed(connection)
        click.echo(
            f"{service}: {'sound 完好' if sound else 'NOT SOUND 已被改动'}, head {chain.head_of(connection)}, "
            f"{open_rows.rows} not sealed yet 尚未封存"
            + (f" since {open_rows.since:%Y-%m-%d %H:%M %Z}" if open_rows.since else "")
        )
    return sound


_FLAWS = {"changed": "changed 被改动", "removed": "removed 被删除"}
