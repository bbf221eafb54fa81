"""`yicha rotate KEYS`: a new signing key beside those that are there. It is published first, then signs; all verify."""

from __future__ import annotations

import click

from services.chassis import correlation, secrets
from services.chassis.database import open_pool
from services.chassis.keys.rotation import rotate as rotate_keys
from services.chassis.keys.rotation import wait_of
from services.chassis.settings import Service, Settings

_OWNERS: dict[str, Service] = {secrets.TOKEN_KEYS: "registry", secrets.CODE_KEYS: "inspection"}


@click.command()
@click.argument("keys", type=click.Choice(list(_OWNERS)))
def rotate(keys: str) -> None:
    """Make the next of KEYS. Running processes publish it at once, sign with it when whoever verifies can know it, and
    go on accepting the older ones until their files are taken away. The audit of the service that owns the keys knows
    of it."""
    settings = Settings.from_env(_OWNERS[keys])
    correlation.begin()
    with (
        open_pool(settings.database_url, 1, "rotate") as pool,
        pool.connection() as connection,
    ):
        path = rotate_keys(settings.secrets_dir / keys, connection)
    seconds = round(wait_of(path.parent).total_seconds())
    click.echo(f"{path.name}: published, signs in {seconds} s 新密钥已公布，{seconds} 秒后启用")
