"""What a group of tests has started is stopped after its last test, not after everybody's: an idle broker takes a
twentieth of a core, the product in idleness a quarter."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import AbstractContextManager, ExitStack
from typing import TypeVar

import pytest

T = TypeVar("T")
_started: dict[str, ExitStack] = {}


def lent(group: str, part: AbstractContextManager[T]) -> Generator[T]:
    """For fixtures of the session that only tests of this `xdist_group` use."""
    with ExitStack() as stack:
        _started[group] = stack
        yield stack.enter_context(part)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Only a worker of xdist gets a group whole and in one go."""
    yield
    group = _group(item)
    if group in _started and _group(nextitem) != group and "PYTEST_XDIST_WORKER" in os.environ:
        _started.pop(group).close()


def _group(item: pytest.Item | None) -> str | None:
    marker = item.get_closest_marker("xdist_group") if item else None
    return str(marker.args[0]) if marker else None
