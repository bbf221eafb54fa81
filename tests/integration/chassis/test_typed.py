"""What a service decodes into is known to msgspec before it has threads: learning a type in two of them kills the process."""

import subprocess
import sys
from pathlib import Path

import pytest

from services.chassis.names import SERVICES

_UNKNOWN = """
import dataclasses, sys
from importlib import import_module
import msgspec

def can_be_filled(value):
    try:
        return bool(msgspec.json.Decoder(value))
    except TypeError:
        return False

import_module(f"services.{sys.argv[1]}.app").build()
found = {
    value
    for name, module in list(sys.modules.items()) if name.startswith(f"services.{sys.argv[1]}.")
    for value in vars(module).values() if isinstance(value, type) and dataclasses.is_dataclass(value)
}
unknown = [value for value in found if "__msgspec_cache__" not in vars(value)]
print(len(found), *(value.__qualname__ for value in unknown if can_be_filled(value)))
"""
_AT_ONCE = """
import sys, threading
import msgspec
from services.inspection.app import build
from services.inspection.entries.facts import Known

build()
sys.setswitchinterval(1e-6)
start = threading.Barrier(16)

def decode():
    start.wait()
    try:
        msgspec.json.decode(b'{"nothing": 1, "visits": []}', type=Known)
    except msgspec.ValidationError:
        pass

threads = [threading.Thread(target=decode) for _ in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def run(program, *arguments):
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("service", SERVICES)
def test_an_app_that_is_built_knows_its_types(service):
    answer = run(_UNKNOWN, service)
    assert answer.returncode == 0, answer.stderr
    count, *unknown = answer.stdout.split()
    assert int(count) > 10
    assert unknown == []


def test_many_threads_may_decode_at_once_right_after_the_start():
    assert run(_AT_ONCE).returncode == 0
