"""A browser and the whole product, once a session. Tests carry `xdist_group("browser")`: one process has both."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.rig import groups
from tests.rig.browser import FLAGS, NAMED_HOST, chromium, drive_with_our_node, missing
from tests.rig.browser_product import Product, open_product
from tests.rig.browser_screens import DESK, PATIENCE_MS, PHONE, Screens
from tests.rig.kafka_programs import RigMissing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Once more, and said in the summary (ADR 69)."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict[str, Any]:
    """Raises RigMissing: without a browser these tests fail."""
    if problem := missing():
        raise RigMissing(problem)
    return {**browser_type_launch_args, "executable_path": chromium(), "args": list(FLAGS)}


@pytest.fixture(scope="session", autouse=True)
def _our_playwright() -> None:
    drive_with_our_node()
    expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def product() -> Generator[Product]:
    yield from groups.lent("browser", open_product())


@pytest.fixture(scope="session")
def base_url(product) -> str:
    """What `page.goto("/Q/…")` is relative to."""
    return product.url


@pytest.fixture
def new_context(new_context) -> Callable[..., BrowserContext]:
    """As patient as everything else here."""

    def patient(**more: Any) -> BrowserContext:
        context = new_context(**more)
        context.set_default_timeout(PATIENCE_MS)
        return context

    return patient


@pytest.fixture
def screens(product, new_context, request) -> Generator[Screens]:
    """For tests that need more than one screen, or one unlike `phone` and `desk`."""
    named = product.host.replace("127.0.0.1", NAMED_HOST)
    screens = Screens(new_context, request.node.name, product.host, named)
    yield screens
    screens.close()


@pytest.fixture
def phone(screens) -> Page:
    """A cheap one, in Chinese."""
    return screens.open(PHONE)


@pytest.fixture
def desk(screens) -> Page:
    return screens.open(DESK)
