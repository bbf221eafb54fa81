"""axe-core's judgement of a page: what a reader with weak eyes, or none, would stumble over."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.rig.npm import installed

_LOCK = Path(__file__).parents[1] / "browser" / "axe"


@cache
def _source() -> str:
    return (installed(_LOCK) / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """By every rule axe knows, those of mere good practice too."""
    if page.evaluate("!window.axe"):  # once a document, not once a look
        page.evaluate(_source())
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(answer => answer.violations)")
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:200]} ({' '.join(node['target'])})"
        for rule in found
        for node in rule["nodes"]
    ]
