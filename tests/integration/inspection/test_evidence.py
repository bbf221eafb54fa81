"""证据 over HTTP: who may add it and when, what is kept of it, and what is signed of it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from hashlib import sha256

import pytest

from services.chassis import clock
from services.chassis.identity import Role
from services.chassis.ids import new_id
from services.inspection.evidence.model import LARGEST, MOST
from tests.builders import pictures
from tests.builders.arrival import adds, inspector_of
from tests.builders.inspection import API, COORDINATOR, a_principal
from tests.builders.life import a_door, a_shared_town


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with a_shared_town(postgres, tmp_path_factory.mktemp("evidence")) as town:
        yield town


@pytest.fixture
def door(town):
    return a_door(town)


@pytest.fixture
def order(door):
    """Entered."""
    order = door.issued()
    return order | {"entry": door.enters(order)}


def listed(town, order, by=COORDINATOR):
    answer = town.call("GET", f"/orders/{order['order_id']}/evidence", by)
    assert answer.status_code == 200, answer.json
    return answer.json["items"]


def refused(answer, status, *pointers):
    assert answer.status_code == status, answer.json
    assert tuple(error["pointer"] for error in answer.json.get("errors", ())) == pointers
    return answer.json["code"]


def test_a_photo_is_kept_and_told(town, order):
    photo = pictures.a_jpeg()
    answer = adds(town, order, photo)
    assert answer.status_code == 201, answer.json
    said = {"kind": "photo", "sha256": sha256(photo).hexdigest(), "size": len(photo), "stripped": False}
    assert said.items() <= answer.json.items()
    assert listed(town, order) == [answer.json]
    shown = town.call("GET", f"/evidence/{answer.json['evidence_id']}", town.safety.head)
    assert (shown.data, shown.mimetype) == (photo, "image/jpeg")
    event, version, facts = town.told({"order_id": answer.json["evidence_id"]})[0]
    assert (event, version) == ("evidence.added.v1", 1)
    assert (facts["order_id"], facts["sha256"]) == (order["order_id"], said["sha256"])


def test_a_picture_that_is_known_is_not_sent_again(town, order):
    path = f"/evidence/{adds(town, order).json['evidence_id']}"
    first = town.call("GET", path, COORDINATOR)
    headers = town.office.bearer(COORDINATOR) | {"If-None-Match": first.headers["ETag"]}
    again = town.app.test_client().get(f"/api/inspection/v1{path}", headers=headers)
    assert (again.status_code, again.data) == (304, b"")


def test_it_may_show_one_question_of_the_locked_checklist(town, order):
    item = str(town.safety.item.item_id)
    answer = adds(town, order, item_id=item, question_id="q1")
    assert (answer.json["item_id"], answer.json["question_id"]) == (item, "q1")
    assert refused(adds(town, order, item_id=str(new_id())), 422, "/item_id") == "invalid"
    assert refused(adds(town, order, item_id=item, question_id="q9"), 422, "/question_id") == "invalid"
    refused(adds(town, order, question_id="q1"), 422, "/files/item_id")


@pytest.mark.parametrize("content", [pictures.a_jpeg_with_notes(), pictures.a_png_with_notes()])
def test_a_cameras_notes_are_not_kept(town, order, content):
    answer = adds(town, order, content).json
    assert (answer["sha256"], answer["stripped"]) == (sha256(content).hexdigest(), True)
    kept = town.call("GET", f"/evidence/{answer['evidence_id']}", COORDINATOR).data
    assert sha256(kept).hexdigest() == answer["stored_sha256"]
    assert pictures.pixels(kept) == pictures.pixels(content)
    assert b"GPS" not in kept
    assert pictures.HOME.encode() not in kept


def test_what_arrived_is_what_was_sent(town, order):
    refused(adds(town, order, sha256="0" * 64), 422, "/sha256")
    refused(adds(town, order, b"%PDF-1.7 not a picture"), 422, "/file")
    large = adds(town, order, pictures.a_jpeg() + b"\0" * LARGEST)
    large.request.environ["wsgi.input"].close()  # the client wrote it to a file
    refused(large, 413)
    assert listed(town, order) == []


def test_the_same_key_is_the_same_evidence(town, order):
    key = str(new_id())
    form = {"taken_at": clock.now().isoformat(), "by": inspector_of(town.safety)}
    first, again = (adds(town, order, key=key, **form) for _ in range(2))
    assert (first.status_code, again.status_code, again.json) == (201, 201, first.json)
    assert len(listed(town, order)) == 1


def test_the_same_bytes_for_the_same_purpose_are_kept_once(town, order):
    first, again = adds(town, order), adds(town, order)
    assert (again.status_code, again.json) == (200, first.json)
    elsewhere = adds(town, order, item_id=str(town.safety.item.item_id))
    assert elsewhere.status_code == 201
    assert len(listed(town, order)) == 2


def test_nothing_is_added_before_entry(town, door):
    assert refused(adds(town, door.issued()), 409) == "wrong_state"


def test_nothing_is_added_once_the_result_is_told(town, door, order):
    door.records(order)
    assert adds(town, order).status_code == 201  # what the phone brings later
    door.concludes(order, "no_problem")
    assert refused(adds(town, order, pictures.a_jpeg("blue")), 409) == "wrong_state"
    assert len(listed(town, order)) == 1


def test_others_see_nothing_of_it(town, order):
    evidence = adds(town, order).json
    stranger = inspector_of(town.fire)
    refused(adds(town, order, by=stranger), 404)
    refused(town.call("GET", f"/orders/{order['order_id']}/evidence", stranger), 404)
    refused(town.call("GET", f"/evidence/{evidence['evidence_id']}", stranger), 404)
    for supervisor in (COORDINATOR, a_principal(Role.AUDITOR), town.safety.clerk):
        assert town.call("GET", f"/evidence/{evidence['evidence_id']}", supervisor).status_code == 200


def test_a_colleague_who_is_not_on_the_order_adds_nothing(town, order):
    colleague = a_principal(Role.INSPECTOR, agency_id=town.safety.agency_id, inspector_id=new_id())
    refused(adds(town, order, by=colleague), 403)
    refused(adds(town, order, by=town.safety.clerk), 403)


def test_there_is_an_end_to_it(town, order):
    for number in range(MOST):
        adds(town, order, pictures.a_png(f"#0000{number:02x}"))
    assert refused(adds(town, order, pictures.a_png("#ff0000")), 409) == "enough_evidence"


def test_what_is_signed_lists_the_hashes(town, door, order):
    photo, signature = pictures.a_jpeg(), pictures.a_png()
    adds(town, order, photo)
    adds(town, order, signature, kind="signature")
    hashes = [sha256(content).hexdigest() for content in (photo, signature)]
    assert door.records(order).json["evidence"] == hashes
    left = town.call(
        "POST", f"/entries/{order['entry']['entry_id']}/leave", inspector_of(town.safety), json={}
    )
    receipt = town.call("GET", f"/receipts/{left.json['receipt_id']}").json
    assert receipt["receipt"]["evidence"] == hashes
    signed = receipt["token"].split(".")[1]
    assert json.loads(urlsafe_b64decode(signed + "=" * (-len(signed) % 4)))["evidence"] == hashes


def test_a_record_sent_again_is_the_same_whatever_was_added_meanwhile(town, door, order):
    first = door.records(order).json
    adds(town, order)
    assert door.records(order).json == first


def leaves(town, order):
    entry = order["entry"]["entry_id"]
    answer = town.call("POST", f"/entries/{entry}/leave", inspector_of(town.safety), json={})
    assert answer.status_code == 200, answer.json
    return answer.json["receipt_id"]


def claims(token):
    part = token.split(".")[1]
    return json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_what_comes_after_the_receipt_is_signed_as_a_supplement_to_that_receipt(town, door, order):
    adds(town, order)
    receipt_id = leaves(town, order)
    assert door.records(order).status_code == 200
    late = adds(town, order, pictures.a_png())
    assert late.status_code == 201, late.json
    receipt = town.call("GET", f"/receipts/{receipt_id}").json
    (supplement,) = receipt["supplements"]
    assert supplement["genuine"] is True
    said = claims(supplement["token"])
    assert said == supplement["supplement"]
    digest = sha256(receipt["token"].encode()).hexdigest()
    assert said["receipt"] == {"receipt_id": receipt_id, "sha256": digest}
    assert (said["kind"], said["after_record"]) == ("supplement", True)
    assert said["evidence"]["sha256"] == late.json["sha256"]
    assert late.json["sha256"] not in receipt["receipt"]["evidence"]
    asked = town.app.test_client().get(f"{API}/receipts/{receipt_id}", headers={"Accept": "text/html"})
    page = asked.text
    assert supplement["token"] in page
    assert late.json["sha256"] in page


def test_the_order_says_which_evidence_is_in_no_signature(town, door, order):
    """In the record, in the receipt alone, in a supplement."""
    for content in (pictures.a_jpeg(), pictures.a_png()):
        adds(town, order, content)
        door.records(order)
    leaves(town, order)
    adds(town, order, pictures.a_jpeg("blue"))
    told = [(one["after_record"], one["supplement_id"] is not None) for one in listed(town, order)]
    assert told == [(False, False), (True, False), (True, True)]


def test_the_same_bytes_again_make_no_second_supplement(town, order):
    receipt_id = leaves(town, order)
    one, two = adds(town, order), adds(town, order)
    assert (one.status_code, two.status_code) == (201, 200)
    assert one.json == two.json
    assert len(town.call("GET", f"/receipts/{receipt_id}").json["supplements"]) == 1
