"""Files that are there whole or not at all."""

from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Readable by the owner alone. A kill in between leaves at most a `.new` file, never half a secret."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    fresh.rename(path)
