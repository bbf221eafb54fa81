"""`yicha rebuild`: oversight's read models, anew from the log of events."""

from __future__ import annotations

import sys
import threading

import click

from events.transports import open_transport
from services.chassis.database import open_pool
from services.chassis.settings import Settings
from services.oversight.calendar import zone
from services.oversight.rebuild.commands import AlreadyRunning, Outcome
from services.oversight.rebuild.commands import rebuild as rebuild_projections


@click.command()
@click.option("--accept-differences", is_flag=True, help="Put the new tables in place even if they differ.")
def rebuild(accept_differences: bool) -> None:
    """Replay all events into new tables, compare them row by row with the live ones, and swap.

    Works beside running workers. Exits with 1 when the tables differ and were left alone. Configured by
    YICHA_* variables.
    """
    settings = Settings.from_env("oversight")
    transport = open_transport(settings)
    pool = open_pool(settings.database_url, settings.pool_size, "oversight-rebuild")
    try:
        outcome = rebuild_projections(
            pool,
            transport,
            zone(),
            threading.Event(),
            accept_differences=accept_differences,
        )
    except AlreadyRunning:
        raise click.ClickException("another rebuild is under way 另一个重建正在进行") from None
    finally:
        pool.close()
        transport.close()
    _print(outcome)
    sys.exit(0 if outcome.swapped else 1)


def _print(outcome: Outcome) -> None:
    click.echo(f"{'table':<16}{'rows':>10}{'only live':>12}{'only new':>12}")
    for one in outcome.differences:
        click.echo(f"{one.table:<16}{one.rows:>10}{one.only_live:>12}{one.only_new:>12}")
    if outcome.behind:
        click.echo("the live consumer has not caught up: some of this is only its delay")
    if outcome.unapplied:
        click.echo(f"{outcome.unapplied} events could not be applied")
    if outcome.swapped:
        click.echo(
            "equal, swapped 一致，已切换" if outcome.equal else "different, swapped 不一致，已按要求切换"
        )
    else:
        click.echo("different, left alone 不一致，未切换 (--accept-differences)")
