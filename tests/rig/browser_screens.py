"""Screens to look at pages on, each with its guard; what they showed is kept as pictures."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.rig.browser_guard import Guard

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
DESK: dict[str, Any] = {
    "viewport": {"width": 1440, "height": 900},
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
PATIENCE_MS = 120_000  # two test processes and a product share two cores
_PICTURES = Path(__file__).parents[2] / ".rig" / "pictures"


def pictures_folder() -> Path:
    folder = Path(os.environ.get("YICHA_TEST_PICTURES", _PICTURES))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Screens:
    """The screens of one test. `close` keeps a picture of each as it was left, and fails for what a guard saw."""

    def __init__(self, new_context: Callable[..., BrowserContext], test: str, *hosts: str) -> None:
        self._new_context = new_context
        self._test = re.sub(r"\W+", "-", test.removeprefix("test_").replace("chromium-", "")).strip("-")
        self._hosts = hosts
        self._open: list[tuple[Page, Guard]] = []
        self._taken = 0

    def open(self, kind: dict[str, Any], **changes: Any) -> Page:
        """A fresh one: `open(PHONE, locale="en-US")`."""
        context = self._new_context(**kind | changes)
        guard = Guard(*self._hosts)
        guard.watch(context)
        page = context.new_page()
        self._open.append((page, guard))
        return page

    def keep(self, page: Page) -> Path:
        """A picture of the whole page, long as it may be."""
        self._taken += 1
        path = pictures_folder() / f"{self._test}-{self._taken}.png"
        page.screenshot(path=path, full_page=True)
        return path

    def forgive(self, status: int) -> None:
        """An answer that the test brought about: the browser tells of it on the console by itself."""
        said = f"responded with a status of {status}"
        for _, guard in self._open:
            guard.seen = [each for each in guard.seen if said not in each]

    def close(self) -> None:
        for page, _ in self._open:
            if page.url != "about:blank":
                self.keep(page)
        for _, guard in self._open:
            guard.check()


def enlarge_text(page: Page, factor: float) -> None:
    """As a reader with weak eyes sets the phone: a page whose sizes are relative follows."""
    page.evaluate("factor => { document.documentElement.style.fontSize = `${factor * 100}%` }", factor)


def overflow(page: Page) -> int:
    """CSS pixels by which the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
