"""拒绝 by the enterprise (rule E4): stored, told, receipted; and the receipt of a visit."""

import json
from base64 import urlsafe_b64encode

import pytest
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from services.chassis.codes import short
from services.chassis.identity import Role
from services.chassis.ids import new_id
from tests.builders.arrival import credential, inspector_of
from tests.builders.inspection import COORDINATOR, a_principal, an_item, replicate
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


def refuses(town, code, ground="no_credential", key=None, **more):
    return town.call("POST", f"/codes/{code}/refusal", key=key, json={"ground": ground, **more})


def told(town, refusal):
    rows = [p for event, _, p in town.told() if event == "visit.refused.v1"]
    return [payload for payload in rows if payload["refusal_id"] == refusal["refusal_id"]]


def receipt(town, receipt_id):
    answer = town.call("GET", f"/receipts/{receipt_id}")
    assert answer.status_code == 200, answer.json
    return answer.json


def page(town, receipt_id):
    client = town.app.test_client()
    return client.get(f"/api/inspection/v1/receipts/{receipt_id}", headers={"Accept": "text/html"})


def opened(town, token):
    """As anyone may, with a library of their own and the published keys."""
    keys = KeySet.import_key_set(town.call("GET", "/code-keys").json)
    return json.loads(jws.deserialize_compact(token, keys, algorithms=["Ed25519"]).payload)


def test_whoever_was_shown_the_code_may_refuse_and_the_supervisor_is_told(town, door):
    order = door.issued()
    answer = refuses(town, code_of(town, order)["token"], words="只来了一个人，没有证件")
    assert answer.status_code == 201, answer.json
    refusal = answer.json
    assert (refusal["supported"], refusal["known"], refusal["order_id"]) == (False, [], order["order_id"])
    assert "拒绝" in refusal["text"]["zh"]
    (facts,) = told(town, refusal)
    assert (facts["ground"], facts["supported"], facts["agency_id"]) == (
        "no_credential",
        False,
        str(town.safety.agency_id),
    )
    assert "words" not in facts
    assert town.read(order)["state"] == "issued"
    for reader in (COORDINATOR, town.safety.head):
        listed = town.call("GET", "/visit-refusals?limit=200", reader).json["items"]
        assert refusal["refusal_id"] in [item["refusal_id"] for item in listed]
    others = town.call("GET", "/visit-refusals?limit=200", town.fire.head).json["items"]
    assert refusal["refusal_id"] not in [item["refusal_id"] for item in others]


def test_the_typed_code_does_as_well_as_the_square(town, door):
    order = door.issued()
    code = code_of(town, order)
    assert refuses(town, code["short_code"]).json["order_id"] == order["order_id"]
    assert refuses(town, code["url"].rpartition("/")[2]).status_code == 200


def test_the_same_said_again_is_the_same_refusal(town, door):
    code = code_of(town, door.issued())["token"]
    first, again = refuses(town, code), refuses(town, code, words="再说一次")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    other = refuses(town, code, "too_few_inspectors")
    assert (other.status_code, other.json["refusal_id"] != first.json["refusal_id"]) == (201, True)
    assert len(told(town, first.json)) == 1


def test_a_retry_of_the_phone_gets_the_first_answer(town, door):
    code = code_of(town, door.issued())["token"]
    first, again = (refuses(town, code, key="one-tap-on-the-phone") for _ in "12")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json


def test_e4_what_the_system_turned_away_bears_the_refusal_out(town, door):
    order = door.issued()
    assert door.arrives(order, codes=()).json["reason"] == "too_few_inspectors"
    refusal = refuses(town, code_of(town, order)["token"], "too_few_inspectors").json
    assert refusal["supported"]
    assert refusal["known"]


def test_e4_an_item_withdrawn_since_bears_it_out(town, door):
    item = an_item()
    replicate(town.pool, item)
    order = door.issued(items=[str(item.item_id)])
    withdrawn = an_item(item_id=item.item_id, version=2, published=False)
    replicate(town.pool, withdrawn)
    assert refuses(town, code_of(town, order)["token"], "item_off_list").json["supported"]


def test_e4_a_cancelled_order_is_no_order(town, door):
    order = door.issued()
    code = code_of(town, order)["token"]
    path = f"/orders/{order['order_id']}/cancel"
    assert town.call("POST", path, town.safety.clerk, json={"reason": "改期"}).status_code == 200
    assert refuses(town, code, "no_code").json["supported"]


def test_once_inside_only_an_item_can_be_refused(town, door):
    order = door.issued()
    code = code_of(town, order)["token"]
    door.enters(order)
    late = refuses(town, code, "no_credential")
    assert (late.status_code, late.json["code"]) == (409, "already_inside")
    assert "12345" in late.json["zh"]["remedy"]
    assert refuses(town, code, "item_off_list").status_code == 201
    door.records(order)
    assert refuses(town, code, "too_few_inspectors").status_code == 409


def test_who_comes_in_after_a_refusal_is_noted(town, door):
    order = door.issued()
    refuses(town, code_of(town, order)["token"], "no_credential")
    assert "after_refusal" in door.enters(order)["flags"]


@pytest.mark.parametrize("bad", ["forged", "credential", "plate", "typo", "nothing"])
def test_a_code_that_is_no_orders_is_refused_with_the_way_out(town, door, bad):
    token = code_of(town, door.issued())["token"]
    forged = token[:50] + str(9 - int(token[50])) + token[51:]
    codes = {
        "forged": forged,
        "credential": credential(town, inspector_of(town.safety)),
        "plate": door.plate,
        "typo": "ABCDEFGH2",
        "nothing": "x",
    }
    answer = refuses(town, codes[bad])
    assert (answer.status_code, answer.json["code"]) == (404, "code_not_accepted")
    assert "no_code" in answer.json["en"]["remedy"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/ground"),
        ({"ground": "no_time"}, "/ground"),
        ({"ground": "no_code", "words": "  "}, "/words"),
        ({"ground": "no_code", "name": "赵"}, "/name"),
    ],
)
def test_a_refusal_names_a_ground_and_nothing_else(town, door, body, pointer):
    code = code_of(town, door.issued())["token"]
    answer = town.call("POST", f"/codes/{code}/refusal", json=body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_without_any_code_the_gate_plate_is_enough_once_a_day(town, door):
    path = f"/premises-codes/P{door.plate}/refusal"
    answers = [town.call("POST", path, json={}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert len({answer.json["refusal_id"] for answer in answers}) == 1
    refusal = answers[0].json
    assert (refusal["ground"], refusal["supported"], refusal["order_id"]) == ("no_code", True, None)
    (facts,) = told(town, refusal)
    assert (facts["order_id"], facts["agency_id"]) == (None, None)
    assert town.call("POST", path, json={"words": "某人"}).status_code == 422
    seen = town.call("GET", "/visit-refusals?limit=200", COORDINATOR).json["items"]
    assert refusal["refusal_id"] in [item["refusal_id"] for item in seen]


def test_without_a_code_shown_an_order_that_is_there_is_known_to_the_system(town, door):
    door.issued()
    answer = town.call("POST", f"/premises-codes/{door.plate}/refusal", json={})
    assert (answer.status_code, answer.json["supported"]) == (201, False)


def test_a_plate_nobody_registered_is_not_found(town):
    answer = town.call("POST", f"/premises-codes/{short.new()}/refusal", json={})
    assert (answer.status_code, answer.json["code"]) == (404, "code_not_accepted")


def test_the_grounds_can_be_read(town):
    items = town.call("GET", "/refusal-grounds").json["items"]
    assert len(items) == 4
    assert all(item["text"]["zh"] and item["text"]["en"] for item in items)


def test_the_receipt_of_a_refusal_can_be_verified_without_us(town, door):
    refusal = refuses(town, code_of(town, door.issued())["token"], words="无证").json
    shown = receipt(town, refusal["receipt_id"])
    assert (shown["kind"], shown["genuine"]) == ("refusal", True)
    said = opened(town, shown["token"])
    assert said == shown["receipt"]
    assert (said["ground"], said["words"], said["supported"]) == ("no_credential", "无证", False)
    assert said["enterprise"]["name"] == door.enterprise.name
    header, _, signature = shown["token"].split(".")
    said["supported"] = True
    forged = urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()
    with pytest.raises(BadSignatureError):
        opened(town, f"{header}.{forged}.{signature}")


def leaves(town, entry):
    path = f"/entries/{entry['entry_id']}/leave"
    return town.call("POST", path, inspector_of(town.safety), json={}).json


def test_when_they_leave_both_sides_have_a_receipt(town, door):
    order = door.issued()
    entry = door.enters(order)
    assert entry["receipt_id"] is None
    door.records(order, "problem")
    left = leaves(town, entry)
    assert leaves(town, entry)["receipt_id"] == left["receipt_id"]
    said = opened(town, receipt(town, left["receipt_id"])["token"])
    assert said["record"] == {"answers": 1, "problems": 1}
    assert {person["name"] for person in said["inspectors"]} == {"李检", "王查"}
    assert said["order"]["items"][0]["code"] == town.safety.item.code
    assert (said["entered_at"], bool(said["left_at"])) == (entry["entered_at"], True)
    scanned = town.call("GET", f"/codes/{code_of(town, order)['token']}").json
    assert scanned["order"]["receipt_id"] == left["receipt_id"]


def test_a_receipt_without_a_record_says_so(town, door):
    left = leaves(town, door.enters(door.issued()))
    assert receipt(town, left["receipt_id"])["receipt"]["record"] is None
    assert "尚未记录" in page(town, left["receipt_id"]).text


def test_a_receipt_is_a_page_for_people_in_both_languages(town):
    door = a_door(town, name="<b>宏达</b>")
    refusal = refuses(town, code_of(town, door.issued())["token"], words="<script>").json
    shown = page(town, refusal["receipt_id"])
    assert (shown.status_code, shown.mimetype) == (200, "text/html")
    assert "拒绝检查回执" in shown.text
    assert "Receipt of a refusal" in shown.text
    assert "&lt;script&gt;" in shown.text
    assert shown.text.count("<script") == 1  # our own
    assert "<b>" not in shown.text
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]


def test_a_receipt_nobody_wrote_is_not_found(town):
    assert town.call("GET", f"/receipts/{new_id()}").status_code == 404


def test_a_receipt_under_a_withdrawn_key_is_not_called_genuine(town, door):
    refusal = refuses(town, code_of(town, door.issued())["token"]).json
    with town.pool.connection() as connection:
        connection.execute(
            "UPDATE receipt SET token = regexp_replace(token, '.$', 'A') || 'A' WHERE receipt_id = %s",
            (refusal["receipt_id"],),
        )
    shown = receipt(town, refusal["receipt_id"])
    assert (shown["genuine"], shown["receipt"]) == (False, {})
    assert "请勿相信" in page(town, refusal["receipt_id"]).text


def test_an_enterprise_finds_its_receipts_again_the_newest_first(town, door):
    order = door.issued()
    refused = refuses(town, code_of(town, order)["token"], ground="too_few_inspectors").json
    without_code = town.call("POST", f"/premises-codes/{door.plate}/refusal", json={}).json
    first = town.call("GET", "/receipts?limit=1", door.owner).json
    rest = town.call("GET", f"/receipts?after={first['next']}", door.owner).json
    lines = [*first["items"], *rest["items"]]
    assert [line["receipt_id"] for line in lines] == [without_code["receipt_id"], refused["receipt_id"]]
    assert [line["order_id"] for line in lines] == [None, order["order_id"]]
    stranger = a_principal(Role.ENTERPRISE, enterprise_id=new_id())
    assert town.call("GET", "/receipts", stranger).json["items"] == []


def test_an_enterprise_reads_the_number_of_an_order_only_once_somebody_came_under_it(town, door):
    order = door.issued()
    asked = f"/order-numbers?order_id={order['order_id']}&order_id={new_id()}"
    assert town.call("GET", asked, door.owner).json["items"] == []
    refused = refuses(town, code_of(town, order)["token"]).json
    number = code_of(town, order)["short_code"]
    known = [{"order_id": order["order_id"], "number": number}]
    assert town.call("GET", asked, door.owner).json["items"] == known
    assert receipt(town, refused["receipt_id"])["receipt"]["order"]["number"] == number
    stranger = a_principal(Role.ENTERPRISE, enterprise_id=new_id())
    assert town.call("GET", asked, stranger).json["items"] == []
    assert town.call("GET", asked).status_code == 401
    assert town.call("GET", "/order-numbers", door.owner).status_code == 422
