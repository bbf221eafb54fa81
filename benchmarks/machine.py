"""On what it was measured: one line to write beside every figure."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def described() -> str:
    return f"{os.cpu_count()} cores ({_processor()}), {_memory_gb()} GB, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gb() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
