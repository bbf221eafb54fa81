"""`yicha worker SERVICE|all`: relay, consumers and jobs, until a signal."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from types import FrameType

import click

from deploy.parent import follow_parent, lead_children
from events.transports import open_transport
from services.chassis import logs
from services.chassis.database import Pool, open_pool
from services.chassis.settings import Service, Settings
from services.chassis.typed import know_types
from yicha_cli.forks import fork_each
from yicha_cli.loops import Crew, loops_of, make_topics, subscriptions_of
from yicha_cli.services import service_argument
from yicha_cli.vitals import serve_vitals

_FINISH_SECONDS = 6.0


@click.command()
@service_argument
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--vitals", type=int, help="Port of /health/live and /metrics (of one service alone).")
def worker(names: Sequence[Service], host: str, vitals: int | None) -> None:
    """Carry the events of SERVICE, apply those it listens to, do its jobs. Configured by YICHA_* variables."""
    settings = [Settings.from_env(name) for name in names]
    if len(settings) == 1:
        sys.exit(work(settings[0], host, vitals))
    if vitals is not None:
        raise click.UsageError("--vitals is of one service alone")
    lead_children()
    sys.exit(fork_each([partial(_forked, each, host) for each in settings]))


def _forked(settings: Settings, host: str) -> int:
    follow_parent()
    return work(settings, host, None)


def work(settings: Settings, host: str, vitals: int | None) -> int:
    """One service's loops, until a signal or until one of them falls. Answers the exit code."""
    stop = _stop_on_signals()
    logs.configure(settings.log_level, settings.service)
    with ExitStack() as opened:
        transport = open_transport(settings)
        opened.callback(transport.close)
        make_topics(transport, subscriptions_of(settings.service), stop)
        crew = Crew(loops_of(settings, transport, opened.enter_context(_pool(settings))), stop)
        if vitals is not None:
            opened.callback(serve_vitals(host, vitals, crew.stuck).shutdown)
        know_types()
        crew.start()
        stop.wait()
        crew.join(_FINISH_SECONDS)
    return 1 if crew.failed else 0


def _stop_on_signals() -> threading.Event:
    """The handler only sets a flag: the batch under way is finished, its offsets are committed."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    return stop


@contextmanager
def _pool(settings: Settings) -> Generator[Pool]:
    pool = open_pool(settings.database_url, settings.pool_size, f"{settings.service}-worker")
    try:
        yield pool
    finally:
        pool.close()
