"""`yicha up`, as somebody at a terminal uses it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from deploy.local.processes import free_port
from services.chassis.names import SERVICES
from tests.rig.folders import reachable_folder

READY = "Ctrl-C stops everything"
SECONDS = 180


class Terminal:
    """One `yicha up` and what it says."""

    def __init__(self, data: Path, port: int) -> None:
        command = [
            sys.executable,
            "-P",
            "-m",
            "yicha_cli",
            "up",
            "--empty",
            "--data",
            data,
            "--port",
            str(port),
        ]
        self.output = data.parent / f"said-{time.monotonic_ns()}"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [str(part) for part in command], stdout=output, stderr=output, start_new_session=True
            )

    def said(self) -> str:
        return self.output.read_text("utf-8")

    def wait_ready(self) -> None:
        deadline = time.monotonic() + SECONDS
        while READY not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


@pytest.fixture
def data():
    with reachable_folder("up") as folder:
        yield folder / "data"
        for process in processes_of(folder / "data"):
            process.kill()


def processes_of(data: Path) -> list[psutil.Process]:
    """Everything that belongs to this data folder: by its command line, or by the secrets it was given."""
    found = []
    for process in psutil.process_iter():
        try:
            mine = str(data) in " ".join(process.cmdline()) or process.environ().get(
                "YICHA_SECRETS_DIR", ""
            ).startswith(str(data))
        except psutil.Error:
            continue
        if mine and process.status() != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def gone(data: Path, seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while processes_of(data) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not processes_of(data)


def ready(port: int) -> bool:
    return all(
        urlopen(f"http://127.0.0.1:{port}/api/{service}/health/ready", timeout=30).status == 200
        for service in SERVICES
    )


def answers(port: int) -> bool:
    try:
        return ready(port)
    except OSError:
        return False


def test_it_starts_is_alone_stops_and_survives_being_killed(data):
    port = free_port()
    first = Terminal(data, port)
    first.wait_ready()
    assert ready(port)
    assert b"/api/oversight/docs/" in urlopen(f"http://127.0.0.1:{port}/", timeout=30).read()

    beside = Terminal(data, free_port())
    assert beside.process.wait(SECONDS) != 0
    assert f"http://127.0.0.1:{port}" in beside.said()

    assert first.end(signal.SIGINT) == 0
    assert gone(data), processes_of(data)

    second = Terminal(data, port)
    second.wait_ready()
    second.end(signal.SIGKILL)
    third = Terminal(data, port)
    third.wait_ready()
    assert ready(port)
    assert third.end(signal.SIGTERM) == 0
    assert gone(data), processes_of(data)


def test_killed_at_any_moment_of_its_first_start_it_starts_again(data):
    port = free_port()
    for seconds in (0.3, 0.7, 1.2, 2.0, 3.5):
        terminal = Terminal(data, port)
        time.sleep(seconds)
        terminal.end(signal.SIGKILL)
    last = Terminal(data, port)
    last.wait_ready()
    assert ready(port)
    assert last.end(signal.SIGINT) == 0


def test_a_part_that_dies_is_started_again(data):
    port = free_port()
    terminal = Terminal(data, port)
    terminal.wait_ready()
    parts = psutil.Process(terminal.process.pid).children()
    victims = [part for part in parts if {"web", "worker"} & set(part.cmdline())]
    assert len(victims) == 2
    orphans = [child for victim in victims for child in victim.children(recursive=True)]
    for victim in victims:
        victim.kill()
    _, left = psutil.wait_procs([*victims, *orphans], SECONDS)
    assert not left  # until they have left, it is they who answer
    deadline = time.monotonic() + SECONDS
    while not answers(port):
        assert time.monotonic() < deadline, terminal.said()
        time.sleep(0.2)
    assert terminal.end(signal.SIGINT) == 0
    assert gone(data), processes_of(data)


def wait_listening(port: int) -> None:
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_taken_port_is_said_so(data):
    with subprocess.Popen(
        [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port := free_port())],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ),
    ) as other:
        wait_listening(port)
        terminal = Terminal(data, port)
        assert terminal.process.wait(SECONDS) != 0
        other.kill()
    assert f"port {port} is taken" in terminal.said()
