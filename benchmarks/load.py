"""A closed loop of clients on keep-alive connections, as thin as Python allows: the client shares the machine
with what it measures."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock

import psutil

CLIENTS = 8


@dataclass
class Run:
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list[float])
    statuses: Counter[int] = field(default_factory=Counter[int])

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds

    @property
    def cpu_us(self) -> float:
        """Of the server's processes, for one request."""
        return self.cpu_seconds / len(self.milliseconds) * 1e6


@dataclass(frozen=True)
class Request:
    """A body is JSON."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def wire(self) -> bytes:
        given = {"Host": "yicha.test", **self.headers}
        if self.body:
            given |= {"Content-Type": "application/json", "Content-Length": str(len(self.body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{lines}\r\n".encode() + self.body


def drive(port: int, server: psutil.Process, requests: Sequence[Request]) -> Run:
    """Send them all, each client its next as soon as it was answered."""
    run, waiting, lock = Run(), iter([request.wire for request in requests]), Lock()
    before, started = _cpu(server), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        for done in [clients.submit(_client, port, waiting, lock, run) for _ in range(CLIENTS)]:
            done.result()
    run.seconds = time.perf_counter() - started
    run.cpu_seconds = _cpu(server) - before
    return run


def _client(port: int, waiting: Iterator[bytes], lock: Lock, run: Run) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            with lock:
                batch = list(islice(waiting, 1))
            if not batch:
                return
            started = time.perf_counter()
            connection.sendall(batch[0])
            status = _answer(connection)
            run.milliseconds.append((time.perf_counter() - started) * 1000)
            run.statuses[status] += 1


def _answer(connection: socket.socket) -> int:
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(_more(connection))
    return int(head[9:12])


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise ConnectionError("the server closed the connection")
    return part


def _cpu(server: psutil.Process) -> float:
    return sum(
        process.cpu_times().user + process.cpu_times().system
        for process in (server, *server.children(recursive=True))
    )
