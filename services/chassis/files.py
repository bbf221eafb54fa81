"""Files that are there whole or not at all."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def write_private(path: Path, content: bytes) -> None:
    """Readable by the owner alone. A kill in between leaves at most a `.new` file, never half a secret."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.rename(path)


@contextmanager
def nameless() -> Generator[tuple[IO[bytes], Path]]:
    """A temporary file without a name, and the path under which this process alone opens it as often as it likes. It is
    gone with the process, however that ends: what an office sent must not stay behind a kill. Linux has such paths."""
    file, path = open_nameless()
    with file:
        yield file, path


def open_nameless() -> tuple[IO[bytes], Path]:
    """`nameless` for as long as its holder does not close it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # its holder closes it
    return file, Path(f"/proc/self/fd/{file.fileno()}")
