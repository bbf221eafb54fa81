"""送达确认: whoever was shown the order code says that the notice was read."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.codes import short
from tests.builders.arrival import credential, inspector_of
from tests.builders.life import a_door, a_shared_town


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with a_shared_town(postgres, tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture
def door(town):
    return a_door(town)


def code_of(town, order):
    return town.call("GET", f"/orders/{order['order_id']}/code", town.safety.clerk).json


def confirms(town, code, key=None, **body):
    return town.call("POST", f"/codes/{code}/notice-reading", key=key, json=body)


def told(town, order):
    rows = [payload for event, _, payload in town.told() if event == "notice.read.v1"]
    return [payload for payload in rows if payload["order_id"] == order["order_id"]]


def page(town, code):
    client = town.app.test_client()
    return client.get(f"/Q/{code}", headers={"Accept": "text/html"}).text


def test_it_is_kept_told_and_shown_to_both_sides(town, door):
    order = door.issued()
    code = code_of(town, order)["token"]
    assert town.read(order)["notice_read_at"] is None
    assert 'id="notice"' in page(town, code)
    answer = confirms(town, code)
    assert (answer.status_code, answer.json["order_id"]) == (201, order["order_id"])
    (facts,) = told(town, order)
    assert set(facts) == {
        "reading_id",
        "version",
        "enterprise_id",
        "premises_id",
        "order_id",
        "agency_id",
        "read_at",
    }
    shown = town.read(order)
    assert (shown["notice_read_at"], shown["state"]) == (answer.json["read_at"], "issued")
    assert shown["version"] == order["version"]
    scanned = town.call("GET", f"/codes/{code}").json["order"]
    assert scanned["notice_read_at"] == answer.json["read_at"]
    assert 'id="notice"' not in page(town, code)
    assert "通知送达" in page(town, code)


def test_said_again_it_is_the_same_whatever_became_of_the_order(town, door):
    order = door.issued()
    code = code_of(town, order)
    first, typed = confirms(town, code["token"]), confirms(town, code["short_code"])
    door.enters(order)
    door.records(order)
    late = confirms(town, code["token"])
    assert [answer.status_code for answer in (first, typed, late)] == [201, 200, 200]
    assert first.json == typed.json == late.json
    assert len(told(town, order)) == 1


def test_many_phones_at_once_confirm_it_once(town, door):
    order = door.issued()
    code = code_of(town, order)["token"]
    with ThreadPoolExecutor(8) as phones:
        answers = list(phones.map(lambda _: confirms(town, code), range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json["read_at"] for answer in answers}) == 1
    assert len(told(town, order)) == 1


def test_inside_it_can_still_be_confirmed_and_the_record_ends_that(town, door):
    inside = door.issued()
    door.enters(inside)
    assert confirms(town, code_of(town, inside)["token"]).status_code == 201
    other = a_door(town)
    recorded = other.issued()
    other.enters(recorded)
    other.records(recorded)
    code = code_of(town, recorded)["token"]
    assert 'id="notice"' not in page(town, code)
    answer = confirms(town, code)
    assert (answer.status_code, answer.json["code"], answer.json["state"]) == (
        409,
        "notice_not_in_force",
        "recorded",
    )
    assert "12345" in answer.json["zh"]["remedy"]
    assert told(town, recorded) == []


def test_a_cancelled_order_has_no_notice_to_confirm(town, door):
    order = door.issued()
    code = code_of(town, order)["token"]
    cancelled = town.call(
        "POST", f"/orders/{order['order_id']}/cancel", town.safety.clerk, json={"reason": "改期"}
    )
    assert cancelled.status_code == 200
    assert confirms(town, code).json["code"] == "notice_not_in_force"


@pytest.mark.parametrize("bad", ["forged", "credential", "plate", "typo"])
def test_a_code_that_is_no_orders_confirms_nothing(town, door, bad):
    token = code_of(town, door.issued())["token"]
    codes = {
        "forged": token[:50] + str(9 - int(token[50])) + token[51:],
        "credential": credential(town, inspector_of(town.safety)),
        "plate": door.plate,
        "typo": short.new()[:-1],
    }
    answer = confirms(town, codes[bad])
    assert (answer.status_code, answer.json["code"]) == (404, "code_not_accepted")


def test_who_read_it_is_not_asked(town, door):
    code = code_of(town, door.issued())["token"]
    answer = confirms(town, code, name="赵经理")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/name")


def test_the_receipt_says_when_it_was_read(town, door):
    order = door.issued()
    read_at = confirms(town, code_of(town, order)["token"]).json["read_at"]
    entry = door.enters(order)
    left = town.call("POST", f"/entries/{entry['entry_id']}/leave", inspector_of(town.safety), json={}).json
    said = town.call("GET", f"/receipts/{left['receipt_id']}").json["receipt"]
    assert said["order"]["notice_read_at"][:19] == read_at[:19]
    client = town.app.test_client()
    shown = client.get(f"/api/inspection/v1/receipts/{left['receipt_id']}", headers={"Accept": "text/html"})
    assert 'data-said="order.notice_read_at"' in shown.text
