"""A one-time password on the phone: it does nothing but choose another, and loses nothing of what waits there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.inspecting import arrive_without_signal, assert_sound
from tests.browser.visits import IssuedVisit, entries_of, issued_visit
from tests.rig.browser_screens import PHONE
from tour.cast import logged_in

pytestmark = pytest.mark.xdist_group("browser")
ACCOUNTS = "/api/registry/v1/accounts"
OWN = "chosen on the phone"


@pytest.fixture
def visit(product) -> Iterator[IssuedVisit]:
    """Its inspector has the usual password again afterwards."""
    made = issued_visit(product)
    yield made
    given = a_given_password(product, made)
    chosen = {"current": given, "fresh": product.passwords[made.inspector]}
    logged_in(product.anyone, made.inspector, given).caller.send(
        "POST", f"{ACCOUNTS}/me/password", (204,), json=chosen
    )


def test_a_given_password_is_changed_first_and_what_waited_goes_out(product, visit, screens, new_context):
    phone = new_context(**PHONE).new_page()  # without the guard: logging out without signal is an error to it
    phone.on("dialog", lambda dialog: dialog.accept())
    arrive_without_signal(product, phone, visit)
    phone.get_by_role("button", name="退出登录").tap()
    expect(phone.get_by_label("账号")).to_be_visible()
    phone.context.set_offline(False)

    given = a_given_password(product, visit)
    phone.get_by_label("账号").fill(visit.inspector)
    phone.get_by_label("密码").fill(given)
    phone.get_by_role("button", name="登录").tap()
    expect(phone.get_by_role("heading", name="修改密码")).to_be_visible()
    expect(phone.get_by_role("navigation")).to_have_count(0)
    assert_sound(phone)
    screens.keep(phone)
    phone.goto("/inspector/#/queue")
    expect(phone.get_by_role("heading", name="修改密码")).to_be_visible()
    assert entries_of(product, visit.order_id) == []

    phone.get_by_label("管理员给的一次性密码").fill(given)
    phone.get_by_label("新密码（至少 10 位）").fill(OWN)
    phone.get_by_label("再输一遍新密码").fill("something else")
    expect(phone.get_by_text("两次输入的新密码不一样")).to_be_visible()
    phone.get_by_label("显示密码").check()
    assert_sound(phone)
    screens.keep(phone)
    phone.get_by_label("再输一遍新密码").fill(OWN)
    phone.get_by_label("管理员给的一次性密码").fill("not the one given")
    phone.get_by_role("button", name="修改并登录").tap()
    expect(phone.get_by_role("alert")).to_contain_text("管理员给的一次性密码：当前密码不正确")
    expect(phone.get_by_role("alert")).not_to_contain_text("/current")
    expect(phone.locator("label", has_text="✗ 当前密码不正确").get_by_role("textbox")).to_have_attribute(
        "aria-invalid", "true"
    )
    expect(phone.get_by_role("alert")).not_to_contain_text("the current password")
    phone.get_by_label("管理员给的一次性密码").fill(given)
    phone.get_by_role("button", name="修改并登录").tap()
    expect(phone.get_by_role("heading", name="今日检查")).to_be_visible()
    phone.get_by_role("navigation").get_by_role("link", name="待上报").tap()
    expect(phone.get_by_text("没有等待上报的事项。")).to_be_visible()
    (entry,) = entries_of(product, visit.order_id)
    assert entry["online"] is False


def a_given_password(product, visit: IssuedVisit) -> str:
    """The security administrator gives it over the counter."""
    login = {"username": "security", "password": product.passwords["security"]}
    token = product.anyone.post("/api/registry/v1/sessions", login).json["access_token"]
    security = product.anyone.as_("security", token)
    found = security.get(ACCOUNTS, params={"q": visit.inspector}).json["items"]
    (account,) = [each for each in found if each["username"] == visit.inspector]
    return security.post(f"{ACCOUNTS}/{account['account_id']}/password", {}).json["password"]
