"""The loops of a service's worker: its relay, one consumer for each subscription, its jobs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import ModuleType

import structlog
from procrastinate import Blueprint

from events import dead_letters
from events.consumer import Consumer, Subscription
from events.errors import Disconnected
from events.model import Topic
from events.relay import Relay
from events.transports import Transport
from services.chassis import jobs, upkeep
from services.chassis.database import Pool
from services.chassis.road.telling import Vital, tell_until
from services.chassis.settings import Settings

log = structlog.get_logger()
_RETRY_SECONDS = 1.0


@dataclass(frozen=True)
class Loop:
    """`run` works until the flag is set; it raises when only a fresh start of the process can help."""

    name: str
    run: Callable[[threading.Event], None]
    alive: Callable[[], bool]
    waiting: Callable[[], int | None] = lambda: None


def loops_of(settings: Settings, transport: Transport, pool: Pool) -> list[Loop]:
    service = settings.service
    relay = Relay(settings.database_url, transport, service)
    found = [Loop(f"{service} relay", relay.run, relay.alive)]
    for subscription in subscriptions_of(service):
        consumer = Consumer(subscription, pool, transport)
        found.append(
            Loop(subscription.group, consumer.run, consumer.alive, partial(getattr, consumer, "waiting"))
        )
    found.append(Loop(f"{service} jobs", _worker(settings, pool), lambda: True))
    return [*found, _telling(service, pool, tuple(found))]


def _telling(service: str, pool: Pool, loops: Sequence[Loop]) -> Loop:
    """Says how the others are."""

    def vitals() -> list[Vital]:
        return [(loop.name, loop.alive(), loop.waiting()) for loop in loops]

    return Loop(f"{service} vitals", lambda stop: tell_until(stop, pool, vitals), lambda: True)


def subscriptions_of(service: str) -> Sequence[Subscription]:
    part = _part(service, "worker")
    return part.subscriptions() if part else ()


def _worker(settings: Settings, pool: Pool) -> Callable[[threading.Event], None]:
    chores = _part(settings.service, "jobs")
    own = chores.blueprint if chores else Blueprint()

    def run(stop: threading.Event) -> None:
        jobs.run(settings, own, pool, stop, upkeep.blueprint)

    return run


def _part(service: str, name: str) -> ModuleType | None:
    """A service need not listen, nor have jobs. Any other import error is one."""
    module = f"services.{service}.{name}"
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None


def make_topics(transport: Transport, subscriptions: Sequence[Subscription], stop: threading.Event) -> None:
    """All topics of the contract, and those of our dead letters; waits for a road that is away."""
    letters = [dead_letters.topic_of(topic, one.group) for one in subscriptions for topic in one.topics]
    while not stop.is_set():
        try:
            transport.create_topics([*Topic, *letters])
        except Disconnected as error:
            log.warning("topics_wait", error=str(error))
            stop.wait(_RETRY_SECONDS)
        else:
            return


class Crew:
    """Runs loops in threads. One that falls takes the others along: the process is to be started again."""

    def __init__(self, loops: Sequence[Loop], stop: threading.Event) -> None:
        self._loops = loops
        self._stop = stop
        self._threads = [
            threading.Thread(target=self._run, args=(loop,), name=loop.name, daemon=True) for loop in loops
        ]
        self.failed = False

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self, seconds: float) -> None:
        """What is under way gets this long to finish; what does not is done again after the next start."""
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def stuck(self) -> list[str]:
        """Loops that do not turn."""
        return [loop.name for loop in self._loops if not loop.alive()]

    def _run(self, loop: Loop) -> None:
        try:
            loop.run(self._stop)
        except Exception:  # the process ends for it, and says why
            log.exception("loop_fell", loop=loop.name)
        if not self._stop.is_set():
            self.failed = True
            self._stop.set()
