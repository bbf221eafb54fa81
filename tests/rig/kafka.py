"""Real Kafka for the tests: an address from the environment, containers, or local processes.

A cluster of the last two kinds can lose a broker to kill −9 and get it back: `.kill(0)`, `.start(0)`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from deploy.local.processes import clean_environment, free_port, tied
from tests.rig import containers, kafka_containers
from tests.rig.kafka_programs import formatted, jars, java

_READY = b"Kafka Server started"
_START_SECONDS = 90.0
_JVM = (
    "-Xmx384m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
)


class Kafka(Protocol):
    """`bootstrap` names every broker; brokers are counted from 0."""

    bootstrap: str
    brokers: int

    def kill(self, broker: int) -> None: ...
    def start(self, broker: int) -> None: ...
    def stop(self) -> None: ...


class GivenKafka:
    """A broker somebody else runs: it cannot be killed."""

    brokers = 1

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap

    def kill(self, broker: int) -> None:
        raise NotImplementedError("YICHA_TEST_KAFKA is not ours to kill")

    def start(self, broker: int) -> None:
        raise NotImplementedError("YICHA_TEST_KAFKA is not ours to start")

    def stop(self) -> None:
        pass


class LocalKafka:
    """Brokers which are controllers too, as processes of this machine; they die with the test process."""

    def __init__(self, brokers: int) -> None:
        self.brokers = brokers
        self._folder = Path(tempfile.mkdtemp(prefix="yicha-kafka-"))
        self._ports = [(free_port(), free_port()) for _ in range(brokers)]
        self._processes: list[subprocess.Popen[bytes] | None] = [None] * brokers
        self.bootstrap = ",".join(f"127.0.0.1:{port}" for port, _ in self._ports)
        try:
            for broker in range(brokers):
                self._prepare(broker)
                self._launch(broker)
            for broker in range(brokers):
                self._wait(broker)
        except BaseException:
            self.stop()
            raise

    def kill(self, broker: int) -> None:
        """With −9, in the middle of whatever it does."""
        process = self._processes[broker]
        assert process is not None, f"broker {broker} is down already"
        process.kill()
        process.wait()
        self._processes[broker] = None

    def start(self, broker: int) -> None:
        """Returns when the broker serves again."""
        self._launch(broker)
        self._wait(broker)

    def stop(self) -> None:
        for process in self._processes:
            if process is not None:
                process.kill()
                process.wait()
        self._processes = [None] * self.brokers
        shutil.rmtree(self._folder, ignore_errors=True)

    def _prepare(self, broker: int) -> None:
        """The formatted folder is copied and given an identity of its own."""
        data = self._folder / str(broker)
        shutil.copytree(formatted(), data)
        properties = _read(data / "meta.properties")
        properties["node.id"] = str(broker + 1)
        properties["directory.id"] = "Y" + uuid.uuid4().hex[:20] + "A"
        _write(data / "meta.properties", properties)
        _write(self._config(broker), self._settings(broker))

    def _config(self, broker: int) -> Path:
        return self._folder / f"{broker}.properties"

    def _log(self, broker: int) -> Path:
        return self._folder / f"{broker}.log"

    def _settings(self, broker: int) -> dict[str, str]:
        port, control = self._ports[broker]
        voters = (f"{n + 1}@127.0.0.1:{control}" for n, (_, control) in enumerate(self._ports))
        return common_settings(self.brokers) | {
            "node.id": str(broker + 1),
            "log.dirs": str(self._folder / str(broker)),
            "controller.quorum.voters": ",".join(voters),
            "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{control}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
        }

    def _launch(self, broker: int) -> None:
        command = [java(), *_JVM, "-cp", f"{jars()}/*", "kafka.Kafka", self._config(broker)]
        with self._log(broker).open("wb") as log:
            self._processes[broker] = subprocess.Popen(
                tied(command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env=clean_environment(),
                start_new_session=True,
            )

    def _wait(self, broker: int) -> None:
        process = self._processes[broker]
        deadline = time.monotonic() + _START_SECONDS
        while process is not None and process.poll() is None and time.monotonic() < deadline:
            if _READY in self._log(broker).read_bytes():
                return
            time.sleep(0.05)
        said = self._log(broker).read_text(errors="replace")[-3000:]
        raise RuntimeError(f"Kafka broker {broker} did not start:\n{said}")


def common_settings(brokers: int) -> dict[str, str]:
    """Small memory, quick recovery: with the default session timeout a kill −9 stalls for 8–12 s, not 3."""
    copies = str(min(3, brokers))
    return {
        "process.roles": "broker,controller",
        "controller.listener.names": "CONTROLLER",
        "auto.create.topics.enable": "false",
        "default.replication.factor": copies,
        "min.insync.replicas": "2" if brokers >= 3 else "1",
        "offsets.topic.replication.factor": copies,
        "offsets.topic.num.partitions": "6",
        "transaction.state.log.replication.factor": copies,
        "transaction.state.log.min.isr": "1",
        "group.initial.rebalance.delay.ms": "0",
        "broker.session.timeout.ms": "3000",
        "broker.heartbeat.interval.ms": "500",
        "log.cleaner.dedupe.buffer.size": "4194304",
    }


def _read(path: Path) -> dict[str, str]:
    lines = (line for line in path.read_text().splitlines() if not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


def _write(path: Path, properties: dict[str, str]) -> None:
    path.write_text("".join(f"{name}={value}\n" for name, value in properties.items()))


@contextmanager
def open_kafka(brokers: int = 1) -> Generator[Kafka]:
    given = os.environ.get("YICHA_TEST_KAFKA")
    cluster: Kafka
    if given and brokers == 1:
        cluster = GivenKafka(given)
    elif containers.wanted():
        cluster = kafka_containers.ContainerKafka(brokers, common_settings(brokers))
    else:
        cluster = LocalKafka(brokers)
    try:
        yield cluster
    finally:
        cluster.stop()
