"""Functions, methods, classes and imports that nobody uses. Fields are left out: schemas and events have them
for others to read."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from vulture import Vulture

_REPOSITORY = Path(__file__).parents[1]
_KINDS = frozenset({"function", "method", "class", "property", "import", "unreachable_code"})
_CONFIDENCE = 60


def main() -> None:
    config = tomllib.loads((_REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["vulture"]
    vulture = Vulture(ignore_names=config["ignore_names"], ignore_decorators=config["ignore_decorators"])
    vulture.scavenge([str(_REPOSITORY / path) for path in config["paths"]])
    found = [item for item in vulture.get_unused_code(_CONFIDENCE) if item.typ in _KINDS]
    for item in found:
        print(item.get_report())
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
