"""Postgres and Kafka from testcontainers, where a Docker engine answers and the images are there.

Images: YICHA_TEST_POSTGRES_IMAGE and YICHA_TEST_KAFKA_IMAGE, as built from deploy/images/ or the
official ones (postgres:18, apache/kafka:4.3.1), whose contract ours keep.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

POSTGRES_IMAGE = os.environ.get("YICHA_TEST_POSTGRES_IMAGE", "postgres:18")
KAFKA_IMAGE = os.environ.get("YICHA_TEST_KAFKA_IMAGE", "apache/kafka:4.3.1")


@cache
def wanted() -> bool:
    """Whether an engine answers. YICHA_TEST_CONTAINERS=no keeps to the local rig all the same; with yes
    nothing else will do."""
    said = os.environ.get("YICHA_TEST_CONTAINERS", "")
    if said in ("yes", "no"):
        return said == "yes"
    host = urlsplit(os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock"))
    if host.scheme == "unix":
        family, address = socket.AF_UNIX, host.path
    else:
        family, address = socket.AF_INET, (host.hostname or "127.0.0.1", host.port or 2375)
    with socket.socket(family) as probe:
        probe.settimeout(2)
        return probe.connect_ex(address) == 0


@contextmanager
def postgres() -> Generator[str]:
    from testcontainers.community.postgres import PostgresContainer

    quick = "postgres -c fsync=off -c max_connections=400"
    with PostgresContainer(POSTGRES_IMAGE, driver=None).with_command(quick) as container:
        yield container.get_connection_url()
