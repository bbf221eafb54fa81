"""The page on which the API is tried out: each service's own, from our own origin, under a name that is not
this machine's (some of its habits are different at home)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from services.chassis.names import SERVICES
from tests.rig.browser import NAMED_HOST

pytestmark = pytest.mark.xdist_group("browser")
METHODS = ("get", "put", "post", "delete", "patch")
QUESTIONS = {
    "registry": "/api/registry/v1/jwks.json",
    "inspection": "/api/inspection/v1/code-keys",
    "feedback": "/api/feedback/v1/rating-words",
    "oversight": "/api/oversight/v1/figures",
}


@pytest.mark.parametrize("service", SERVICES)
def test_it_lists_every_operation_and_answers_a_question(product, desk, service):
    desk.goto(f"{product.url.replace('127.0.0.1', NAMED_HOST)}/api/{service}/docs/")
    document = product.anyone.get(f"/api/{service}/docs/openapi.json").json
    count = sum(method in item for item in document["paths"].values() for method in METHODS)
    expect(desk.locator(".opblock")).to_have_count(count)
    expect(desk.locator(".info .title")).to_contain_text(service)

    path = QUESTIONS[service]
    if "security" in document["paths"][path]["get"]:
        authorize(desk, product.logged_in("coordinator").token)
    answer = tried(desk, path)
    expect(answer.locator("tbody .response-col_status").first).to_have_text("200")
    expect(answer.locator(".microlight").first).to_contain_text("{")


def authorize(page: Page, token: str) -> None:
    page.get_by_role("button", name="Authorize").first.click()
    form = page.locator(".auth-container")
    form.locator("input").fill(token)
    form.get_by_role("button", name="Apply credentials").click()
    page.locator(".modal-ux").get_by_role("button", name="Close").first.click()


def tried(page: Page, path: str) -> Locator:
    operation = page.locator(".opblock-get").filter(has=page.locator(f'[data-path="{path}"]'))
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    expect(answer).to_be_visible()
    return answer
