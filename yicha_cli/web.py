"""`yicha web SERVICE|all`: the API behind granian."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from deploy.local.processes import NotHere, is_free
from deploy.parent import lead_children
from deploy.wsgi import SERVE, load
from services.chassis.settings import Service, Settings
from yicha_cli.services import service_argument

_KILL_SECONDS = 3  # open streams would hold a graceful stop for ever


@click.command()
@service_argument
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processes.")
@click.option("--threads", default=80, show_default=True, help="Threads of each; a stream holds one.")
def web(names: Sequence[Service], host: str, port: int, workers: int, threads: int) -> None:
    """Serve the API of one service or of all behind one port. Configured by YICHA_* variables."""
    for name in names:
        Settings.from_env(name)
    try:
        free = is_free(port, host)
    except NotHere as error:
        raise click.ClickException(f"nobody can listen at {host}:{port} 无法在此地址监听 ({error})") from None
    if not free:
        raise click.ClickException(f"port {port} of {host} is taken 端口已被占用")
    load(names)
    os.environ[SERVE] = ",".join(names)
    lead_children()
    serve(host, port, workers, threads)


def serve(host: str, port: int, workers: int, threads: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "deploy.wsgi:create",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=_KILL_SECONDS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
