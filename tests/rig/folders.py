"""Folders another user can reach: as root, Postgres runs as somebody else, who may not enter pytest's own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def reachable_folder(name: str) -> Generator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f"yicha-{name}-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
