"""The guard of the other tests sees what it is there to see."""

from __future__ import annotations

import pytest

from tests.rig.browser_guard import Guard
from tests.rig.browser_screens import DESK

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def guard(product) -> Guard:
    return Guard(product.host)


@pytest.fixture
def page(guard, new_context):
    context = new_context(**DESK)
    guard.watch(context)
    return context.new_page()


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ('<img src="http://elsewhere.test/x.png">', "asks outside: http://elsewhere.test/x.png"),
        ('<script>console.error("oh")</script>', "console error: oh"),
        ("<script>throw new Error('no')</script>", "uncaught: no"),
    ],
)
def test_what_a_page_must_not_do_is_seen(page, guard, markup, said):
    page.set_content(f"<!doctype html><title>x</title>{markup}")
    with pytest.raises(AssertionError, match="misbehaved"):
        guard.check()
    assert any(said in line for line in guard.seen)


def test_a_broken_policy_is_seen(page, guard):
    page.goto("/Q/P333333333")
    guard.check()
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: '1'}))")
    assert any("Content Security Policy" in line for line in guard.seen)
