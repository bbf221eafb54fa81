"""The administrators' desks: accounts made and used, keys, the road and its dead letters, policy, the audit."""

from __future__ import annotations

import json

import psycopg
import pytest
from playwright.sync_api import expect
from psycopg.rows import dict_row

from events import dead_letters, outbox
from events.wire import Record
from tests.browser.desks import go
from tests.browser.offices import AN_OFFICE, at_work, downloaded, judged, log_in
from tests.rig.browser_axe import violations

pytestmark = pytest.mark.xdist_group("browser")
OWN = "chosen by myself"


def test_an_account_is_made_and_used(product, screens):
    security = at_work(product, screens, "security")
    judged(security, screens)
    security.get_by_role("link", name="新建账号").click()
    security.get_by_label("用户名", exact=True).fill("zhou.denji")
    security.get_by_label("姓名", exact=True).fill("周登记")
    security.get_by_role("checkbox", name="登记管理员").check()
    judged(security, screens)
    security.get_by_role("button", name="建立账号").click()
    password = security.get_by_test_id("one-time-password").inner_text()
    judged(security, screens)

    person = screens.open(AN_OFFICE)
    log_in(person, "zhou.denji", password)
    expect(person.get_by_role("heading", name="修改密码")).to_be_visible()
    judged(person, screens)
    person.get_by_label("当前密码").fill(password)
    person.get_by_label("新密码（至少 10 位）").fill(OWN)
    person.get_by_label("再输一次新密码").fill(OWN)
    person.get_by_role("button", name="修改", exact=True).click()
    expect(person.get_by_role("heading", name="企业与经营场所")).to_be_visible()

    security.get_by_role("button", name="锁定").click()
    security.get_by_role("dialog").get_by_role("button", name="锁定").click()
    expect(security.get_by_text("已锁定")).to_be_visible()
    tried = {"username": "zhou.denji", "password": OWN}
    assert product.client.post(f"{product.url}/api/registry/v1/sessions", json=tried).status_code == 401


def test_a_password_is_reset_and_shown_once(product, screens):
    page = at_work(product, screens, "security")
    page.get_by_label("角色").select_option("auditor")
    page.get_by_role("link", name="auditor").click()
    page.get_by_role("button", name="重置密码").click()
    page.get_by_role("dialog").get_by_role("button", name="重置密码").press("Escape")
    expect(page.get_by_test_id("one-time-password")).to_have_count(0)


def test_two_change_one_account_and_the_second_sees_what_the_first_saved(product, screens):
    one, other = at_work(product, screens, "security"), at_work(product, screens, "security")
    for page in (one, other):
        page.get_by_label("角色").select_option("coordinator")
        page.get_by_role("link", name="coordinator").first.click()
        expect(page.get_by_label("姓名", exact=True)).to_be_visible()
    registered = one.get_by_label("姓名", exact=True).input_value()
    one.get_by_label("姓名", exact=True).fill("郑统筹")
    one.get_by_role("button", name="保存").click()
    expect(one.get_by_text("已保存")).to_be_visible()
    other.get_by_label("姓名", exact=True).fill("冯统筹")
    go(other, "密钥")
    other.get_by_role("dialog").get_by_role("button", name="继续填写").click()
    other.get_by_role("button", name="保存").click()
    newer = other.get_by_role("region", name="您填写期间，他人已保存")
    expect(newer.get_by_role("row").filter(has_text="姓名")).to_contain_text("郑统筹")
    judged(other, screens)
    newer.get_by_role("button", name="保留我填的").click()
    other.get_by_label("姓名", exact=True).fill(registered)
    other.get_by_role("button", name="保存").click()
    expect(other.get_by_text("已保存")).to_be_visible()
    screens.forgive(412)


def test_keys_are_rotated(product, screens):
    page = at_work(product, screens, "security")
    go(page, "密钥")
    card = page.get_by_test_id("code-keys")
    expect(card.get_by_role("cell", name="签名与核验")).to_be_visible()
    before = card.get_by_role("row").count()
    judged(page, screens)
    card.get_by_role("button", name="生成新密钥").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert not violations(page)
    screens.keep(page)
    page.get_by_role("dialog").get_by_role("button", name="生成新密钥").click()
    expect(card.get_by_role("row")).to_have_count(before + 1)
    expect(card.get_by_role("row").filter(has_text="签名与核验")).to_have_count(1)


def a_buried_letter(product) -> str:
    """An event of the registry that oversight failed over, as it is told, and could well apply."""
    with psycopg.connect(product.database_url("registry")) as connection:
        columns = outbox.COLUMNS
        with connection.cursor(row_factory=psycopg.rows.class_row(outbox.Row)) as cursor:
            row = cursor.execute(f"SELECT {columns} FROM outbox ORDER BY position LIMIT 1").fetchone()
    message = row.message()
    record = Record(message.topic, 0, 0, message.key, dict(message.headers), message.value)
    with psycopg.connect(product.database_url("oversight"), row_factory=dict_row) as connection:
        group = connection.execute("SELECT consumer FROM versions_seen LIMIT 1").fetchone()["consumer"]
        dead_letters.bury(connection, group, record, RuntimeError("the disk was full"), 5)
    return row.type


def test_a_dead_letter_is_redriven(product, screens):
    product.settle()
    event = a_buried_letter(product)
    page = at_work(product, screens, "admin")
    card = page.get_by_test_id("road-oversight")
    expect(card).to_contain_text("有死信")
    expect(card.get_by_role("row").filter(has_text="oversight relay")).to_contain_text("是")
    judged(page, screens)
    card.get_by_role("link", name="1 封死信").click()
    expect(page.get_by_role("cell", name="RuntimeError: the disk was full")).to_be_visible()
    judged(page, screens)
    page.get_by_role("link", name=event).click()
    expect(page.get_by_text("RuntimeError: the disk was full")).to_be_visible()
    judged(page, screens)
    page.get_by_role("button", name="重投").click()
    page.get_by_role("dialog").get_by_role("button", name="重投").click()
    expect(page.get_by_role("status").filter(has_text="已解决")).to_be_visible()
    page.get_by_role("link", name="← 死信").click()
    expect(page.get_by_text("没有死信")).to_be_visible()


def test_a_changed_profile_is_simulated(product, screens):
    page = at_work(product, screens, "admin")
    go(page, "规则参数")
    page.get_by_role("button", name="suqian 2026.1").click()
    expect(page.get_by_role("row").filter(has_text="quiet_until_day")).to_contain_text("20")
    judged(page, screens)
    tried = page.get_by_label("参数文件")
    shipped = tried.input_value()
    tried.fill(f"{shipped}\n")
    page.get_by_role("button", name="default").click()
    page.get_by_role("dialog").get_by_role("button", name="继续填写").click()
    expect(tried).to_have_value(f"{shipped}\n")
    tried.fill(shipped)
    page.get_by_role("button", name="开始推演").click()
    expect(page.get_by_text("张检查单；另有")).to_be_visible()
    table = downloaded(page, page.get_by_role("button", name="下载 CSV").click)
    assert table.startswith("\ufeff".encode())
    judged(page, screens)


def test_the_auditor_sees_who_did_what(product, screens):
    api, who = (
        f"{product.url}/api/registry/v1",
        {"username": "security", "password": product.passwords["security"]},
    )
    token = product.client.post(f"{api}/sessions", json=who).json()["access_token"]
    account = {
        "username": "sun.shenji",
        "name": "孙审计",
        "roles": ["auditor"],
        "password": "given-by-somebody",
    }
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "the-auditor-sees-this"}
    assert product.client.post(f"{api}/accounts", json=account, headers=headers).status_code == 201
    page = at_work(product, screens, "auditor")
    go(page, "审计")
    page.get_by_label("行为").select_option("建立账号")
    expect(page.get_by_role("row").nth(1)).to_contain_text("account/")
    judged(page, screens)


def test_the_keyboard_alone_makes_an_account(product, screens):
    page = at_work(product, screens, "security")
    page.get_by_role("link", name="新建账号").focus()
    page.keyboard.press("Enter")
    page.get_by_label("用户名", exact=True).focus()
    page.keyboard.type("wu.tongchou")
    page.keyboard.press("Tab")
    page.keyboard.type("吴统筹")
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="统筹协调")).to_be_checked()
    page.get_by_label("姓名", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("one-time-password")).to_be_visible()
    shown = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert page.get_by_test_id("one-time-password").inner_text() not in json.dumps(shown)
