"""Kafka brokers as containers, by the contract of the image apache/kafka: every setting is KAFKA_…,
formatted on first start, `CLUSTER_ID` given.

The host's ports are chosen before the start, so that the advertised address is known and survives a restart.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from testcontainers.core.container import DockerContainer
from testcontainers.core.network import Network

from deploy.local.processes import free_port
from tests.rig.containers import KAFKA_IMAGE
from tests.rig.kafka_programs import CLUSTER

_READY = b"Kafka Server started"
_START_SECONDS = 120.0
_PROTOCOLS = "CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT"


class ContainerKafka:
    """Kept apart by a network of its own; outside they are reached by mapped ports."""

    def __init__(self, brokers: int, settings: Mapping[str, str]) -> None:
        self.brokers = brokers
        self._network = Network().create()
        self._ports = [free_port() for _ in range(brokers)]
        self._starts = [0] * brokers
        self._containers = [self._container(broker, settings) for broker in range(brokers)]
        try:
            for container in self._containers:
                container.start()
            for broker in range(brokers):
                self._wait(broker)
        except BaseException:
            self.stop()
            raise
        host = self._containers[0].get_container_host_ip()
        self.bootstrap = ",".join(f"{host}:{port}" for port in self._ports)

    def kill(self, broker: int) -> None:
        self._containers[broker].get_wrapped_container().kill(signal="SIGKILL")

    def start(self, broker: int) -> None:
        self._containers[broker].get_wrapped_container().start()
        self._wait(broker)

    def stop(self) -> None:
        for container in self._containers:
            if container._container is not None:  # pyright: ignore[reportPrivateUsage]
                container.stop()
        self._network.remove()

    def _container(self, broker: int, settings: Mapping[str, str]) -> DockerContainer:
        port = self._ports[broker]
        container = DockerContainer(KAFKA_IMAGE)
        host = container.get_docker_client().host()
        own = {
            "node.id": str(broker + 1),
            "listeners": f"INSIDE://:9092,CONTROLLER://:9093,OUTSIDE://:{port}",
            "advertised.listeners": f"INSIDE://{_name(broker)}:9092,OUTSIDE://{host}:{port}",
            "inter.broker.listener.name": "INSIDE",
            "listener.security.protocol.map": _PROTOCOLS,
            "controller.quorum.voters": ",".join(f"{n + 1}@{_name(n)}:9093" for n in range(self.brokers)),
        }
        for name, value in (dict(settings) | own).items():
            container.with_env("KAFKA_" + name.upper().replace(".", "_"), value)
        container.with_env("CLUSTER_ID", CLUSTER)
        container.with_env("KAFKA_HEAP_OPTS", "-Xmx384m -Xms128m")
        container.with_network(self._network).with_network_aliases(_name(broker))
        here = ("127.0.0.1", port) if host in ("localhost", "127.0.0.1") else port
        container.ports[f"{port}/tcp"] = here  # pyright: ignore[reportArgumentType]  # docker takes both
        return container

    def _wait(self, broker: int) -> None:
        container = self._containers[broker].get_wrapped_container()
        self._starts[broker] += 1
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if container.logs().count(_READY) == self._starts[broker]:
                return
            time.sleep(0.1)
        said = container.logs(tail=40).decode(errors="replace")
        raise RuntimeError(f"Kafka broker {broker} did not start:\n{said}")


def _name(broker: int) -> str:
    return f"kafka{broker + 1}"
