"""The browser of the tests: Debian's Chromium without a window, which takes half the time of one that hides its window,
or the one YICHA_TEST_CHROMIUM names. None is a failure, not a skip."""

from __future__ import annotations

import os
import shutil
import subprocess

from tests.rig.kafka_programs import RigMissing
from tests.rig.npm import node

PACKAGES = ("chromium-headless-shell", "fonts-noto-cjk", "fontconfig")
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NAMED_HOST = "yicha.test"  # a host that is not this machine's own name, as the product's are
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {NAMED_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def chromium() -> str:
    """Raises RigMissing, which says what to do."""
    given = os.environ.get("YICHA_TEST_CHROMIUM")
    found = shutil.which(given) if given else next(filter(None, map(shutil.which, _NAMES)), None)
    if found:
        return found
    raise RigMissing(
        f"YICHA_TEST_CHROMIUM names {given}, which is no program"
        if given
        else "Chromium is missing (Debian: apt install chromium-headless-shell fonts-noto-cjk). "
        "Or name a browser of its family in YICHA_TEST_CHROMIUM."
    )


def missing() -> str | None:
    """What keeps the tests of pages from running here, and what to do about it."""
    try:
        chromium()
    except RigMissing as problem:
        return str(problem)
    return None if _have_chinese() else "No font has Chinese (Debian: apt install fonts-noto-cjk)."


def _have_chinese() -> bool:
    """Without a font for it every Han character is drawn as a box, and a picture shows nothing."""
    fonts = shutil.which("fc-list")
    if fonts is None:
        return "YICHA_TEST_CHROMIUM" in os.environ  # not a system whose fonts can be asked for
    return bool(subprocess.run([fonts, ":lang=zh"], capture_output=True, check=True).stdout)


def drive_with_our_node() -> None:
    """Playwright's own node needs a library that bare machines lack."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node())
