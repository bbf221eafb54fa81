"""Codes over HTTP: who gets which, what anyone who scans one is told, and how small it is."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import BytesIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import orjson
import pytest
import time_machine
import zxingcpp
from PIL import Image

from services.chassis import clock
from services.chassis.codes import Keyring, short
from services.chassis.identity import Role
from services.chassis.identity.tokens import generate_key
from services.chassis.ids import new_id
from services.chassis.keys import ripe
from services.inspection.codes.schemas import CodeCheckSchema
from tests.builders.arrival import a_credential, arrives, copies, credential, inspector_of, plate
from tests.builders.inspection import CITY, a_principal, a_town, an_inspector, replicate, today

DAY = timedelta(days=1)


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


@pytest.fixture
def order(town):
    return town.issued()


def code_of(town, order, by=None):
    answer = town.call("GET", f"/orders/{order['order_id']}/code", by or inspector_of(town.safety))
    assert answer.status_code == 200, answer.json
    return answer.json


def checked(town, code):
    answer = town.call("GET", f"/codes/{code}")
    assert answer.status_code == 200, answer.json
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json


def decoded(answer):
    return zxingcpp.read_barcodes(Image.open(BytesIO(answer.data)))[0].text


def spoiled(code):
    return code[:100] + str((int(code[100]) + 1) % 10) + code[101:]


def test_an_order_code_holds_in_the_orders_window(town, order):
    code = code_of(town, order)
    assert code["url"] == f"HTTP://YICHA.TEST/Q/{code['token']}"
    starts, ends = (datetime.fromisoformat(code[name]) for name in ("valid_from", "valid_until"))
    assert ends - starts == 8 * DAY
    assert starts.astimezone(ZoneInfo(CITY)).date() == today()


def test_the_short_code_is_the_same_whenever_it_is_asked_for(town, order):
    codes = {code_of(town, order)["short_code"] for _ in range(3)}
    assert len(codes) == 1
    short.parse(codes.pop())


@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_square_is_drawn_once_and_then_confirmed(town, order, form):
    path = f"/orders/{order['order_id']}/code.{form}"
    first = town.call("GET", path, inspector_of(town.safety))
    assert (first.status_code, first.mimetype) == (200, {"png": "image/png", "svg": "image/svg+xml"}[form])
    headers = {**town.office.bearer(inspector_of(town.safety)), "If-None-Match": first.headers["ETag"]}
    again = town.app.test_client().get(f"/api/inspection/v1{path}", headers=headers)
    assert (again.status_code, again.data) == (304, b"")


def test_the_square_reads_as_the_code(town, order):
    path = f"/orders/{order['order_id']}/code.png"
    for query in ("", "?printed=true"):
        picture = town.call("GET", path + query, inspector_of(town.safety))
        assert decoded(picture) == code_of(town, order)["url"]


def test_no_code_before_the_issue(town):
    order = town.approved()
    answer = town.call("GET", f"/orders/{order['order_id']}/code", inspector_of(town.safety))
    assert (answer.status_code, answer.json["code"]) == (409, "wrong_state")


def test_another_agency_gets_no_code(town, order):
    path = f"/orders/{order['order_id']}/code"
    assert town.call("GET", path, inspector_of(town.fire)).status_code == 404
    assert town.call("GET", path + ".png", inspector_of(town.fire)).status_code == 404
    assert town.call("GET", path, a_principal(Role.COORDINATOR)).status_code == 200


def test_an_order_code_says_who_what_when_and_under_which_law(town, order):
    told = checked(town, code_of(town, order)["token"])
    assert (told["kind"], told["genuine"], told["valid"], told["reason"]) == ("order", True, True, "in_force")
    shown, item = told["order"], town.safety.item
    assert shown["enterprise"] == town.enterprise.name
    assert [agency["name"] for agency in shown["agencies"]] == [town.safety.agency.name]
    assert [(i["name"], i["legal_basis"]) for i in shown["items"]] == [(item.name, item.legal_basis)]
    assert {(p["name"], p["certificate_number"]) for p in shown["inspectors"]} == {
        (i.name, i.certificate_number) for i in town.safety.inspectors
    }
    assert (shown["starts_on"], shown["ends_on"]) == (order["starts_on"], order["ends_on"])
    assert len(told["rights"]["zh"]) == len(told["rights"]["en"]) == 8


def test_what_is_told_is_what_the_documentation_says(town, order):
    told = checked(town, code_of(town, order)["token"])
    assert CodeCheckSchema().validate(told) == {}
    assert set(told) == set(CodeCheckSchema().fields)
    assert set(told["order"]) == set(CodeCheckSchema().fields["order"].schema.fields)


def test_visits_of_the_year_are_told_against_the_cap(town):
    told = checked(town, code_of(town, town.issued())["token"])["visits_this_year"]
    assert (told["year"], told["visits"]) == (today().year, 0)
    assert told["by_agency"] == [
        {"agency": town.safety.agency.name, "domain": "emergency", "visits": 0, "cap": None}
    ]


def test_a_visit_that_took_place_is_counted(town, order):
    code = code_of(town, order)["token"]
    copies(town, order, 2)
    assert arrives(town, order).status_code == 201
    told = checked(town, code)["visits_this_year"]
    assert (told["visits"], told["by_agency"][0]["visits"]) == (1, 1)


def test_the_typed_form_says_the_same(town, order):
    code = code_of(town, order)
    typed = checked(town, code["short_code"].lower())
    assert (typed["valid"], typed["order"]["order_id"]) == (True, order["order_id"])


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (spoiled, "forged"),
        (lambda code: code[:-1], "truncated"),
        (lambda code: code + "0", "malformed"),
        (lambda code: "2" + code[1:], "unknown_version"),
        (lambda code: code[0] + "7" + code[2:], "unknown_kind"),
        (lambda code: code[0] + "2" + code[2:], "forged"),
        (lambda code: "abc", "truncated"),
        (lambda code: "HELLO-WORLD-YOU", "malformed"),
        (lambda code: "222222222", "in_force"),
        (lambda code: "33333333" + short.check_character("33333333"), "not_registered"),
    ],
)
def test_what_is_wrong_with_a_code_is_named(town, order, spoil, reason):
    told = checked(town, spoil(code_of(town, order)["token"]))
    assert told["reason"] == reason
    if reason != "in_force":
        assert (told["genuine"], told["valid"], told["order"]) == (False, False, None)


def test_a_code_signed_again_with_a_key_of_ones_own_is_forged(town, order, tmp_path):
    generate_key(tmp_path / "own")
    code = a_credential(town, inspector_of(town.safety), Keyring(tmp_path / "own"))
    assert checked(town, code)["reason"] == "forged"


def test_a_genuine_code_of_no_order_we_know_is_not_registered(town):
    stranger = a_principal(Role.INSPECTOR, inspector_id=new_id())
    assert checked(town, a_credential(town, stranger))["reason"] == "not_registered"


@pytest.mark.parametrize(("when", "reason"), [(8 * DAY, "expired"), (-DAY, "not_yet_valid")])
def test_outside_its_window_an_order_code_is_genuine_but_not_valid(town, order, when, reason):
    code = code_of(town, order)["token"]
    with time_machine.travel(clock.now() + when):
        told = checked(town, code)
    assert (told["genuine"], told["valid"], told["reason"]) == (True, False, reason)
    assert told["order"]["order_id"] == order["order_id"]


def test_the_code_of_a_cancelled_order_says_that_one_may_refuse(town, order):
    code = code_of(town, order)["token"]
    town.call("POST", f"/orders/{order['order_id']}/cancel", town.safety.clerk, json={"reason": "企业停产"})
    told = checked(town, code)
    assert (told["genuine"], told["valid"], told["reason"]) == (True, False, "order_cancelled")
    assert "可以拒绝" in told["text"]["zh"]


def test_a_credential_says_whose_it_is(town):
    who = inspector_of(town.safety)
    told = checked(town, credential(town, who))
    first = town.safety.inspectors[0]
    assert (told["kind"], told["valid"]) == ("credential", True)
    assert told["inspector"]["certificate_number"] == first.certificate_number
    assert told["inspector"]["agency"] == town.safety.agency.name


def test_a_screenshot_of_a_credential_is_worthless_a_minute_later(town):
    code = credential(town, inspector_of(town.safety))
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        told = checked(town, code)
    assert (told["genuine"], told["valid"], told["reason"]) == (True, False, "expired")


def test_a_credential_withdrawn_since_is_not_valid(town):
    first = town.safety.inspectors[0]
    code = credential(town, inspector_of(town.safety))
    withdrawn = an_inspector(town.safety.agency_id, inspector_id=first.inspector_id, version=2, active=False)
    replicate(town.pool, withdrawn)
    assert checked(town, code)["reason"] == "credential_not_valid"
    answer = town.call("GET", "/credential-code", inspector_of(town.safety))
    assert answer.status_code == 409


def test_credential_slots_follow_each_other_without_a_gap_for_hours_without_signal(town):
    answer = town.call("GET", "/credential-code?minutes=720", inspector_of(town.safety))
    slots = answer.json["slots"]
    assert len(slots) == 1440
    assert all(one["until"] == other["from"] for one, other in pairwise(slots))
    now = datetime.fromisoformat(answer.json["server_time"])
    first = slots[0]
    assert datetime.fromisoformat(first["from"]) <= now < datetime.fromisoformat(first["until"])
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_square_of_a_credential_is_that_of_the_slot_under_way(town):
    who = inspector_of(town.safety)
    picture = town.call("GET", "/credential-code.png", who)
    read = checked(town, decoded(picture).rpartition("/")[2])
    assert (read["valid"], read["inspector"]["inspector_id"]) == (True, str(who.inspector_id))


def test_an_assistant_has_no_credential_to_show(town):
    helper = an_inspector(town.safety.agency_id, kind="assistant")
    replicate(town.pool, helper)
    who = a_principal(Role.INSPECTOR, agency_id=town.safety.agency_id, inspector_id=helper.inspector_id)
    assert town.call("GET", "/credential-code", who).status_code == 409


def test_who_is_no_inspector_has_no_credential_code(town):
    assert town.call("GET", "/credential-code", town.safety.clerk).status_code == 403
    assert town.call("GET", "/credential-code", a_principal(Role.INSPECTOR)).status_code == 403


def test_the_plate_is_for_those_who_make_plates(town):
    premises_id = town.enterprise.premises[0].premises_id
    registrar = a_principal(Role.REGISTRAR)
    told = town.call("GET", f"/premises/{premises_id}/code", registrar).json
    assert told["url"] == f"HTTP://YICHA.TEST/Q/P{plate(town)}"
    picture = town.call("GET", f"/premises/{premises_id}/code.png", registrar)
    assert decoded(picture) == told["url"]
    assert town.call("GET", f"/premises/{premises_id}/code", inspector_of(town.safety)).status_code == 403
    assert town.call("GET", f"/premises/{new_id()}/code", registrar).status_code == 404


def test_published_keys_verify_what_is_signed_after_a_rotation(town, order):
    settings = town.app.extensions["yicha.settings"]
    old = code_of(town, order)["token"]
    generate_key(settings.secrets_dir / "code-keys")
    town.app.extensions.pop("yicha.keyring")
    kept = town.call("GET", "/code-keys")
    assert [key["kid"] for key in kept.json["keys"]] == ["1", "2"]
    assert timedelta(seconds=kept.cache_control.max_age) < ripe.CODES_AFTER
    assert code_of(town, order)["token"] == old
    with time_machine.travel(clock.now() + ripe.CODES_AFTER):
        assert checked(town, old)["valid"]
        new = code_of(town, order)["token"]
        assert new != old
        assert checked(town, new)["valid"]


def page(town, code, **headers):
    return town.app.test_client().get(f"/Q/{code}", headers=headers)


def test_a_phone_sees_a_page_in_two_languages(town, order):
    answer = page(town, code_of(town, order)["token"], Accept="text/html,*/*;q=0.8")
    text = answer.text
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    for said in (
        "真实有效",
        "genuine and valid",
        town.enterprise.name,
        town.safety.item.legal_basis,
        town.safety.inspectors[0].certificate_number,
        "八个不得",
        "您的权利",
    ):
        assert said in text
    assert re.findall(r"<script[^>]*>[^<]*", text) == ['<script type="module" src="/enterprise/scanned.js">']
    policy = answer.headers["Content-Security-Policy"].replace(
        "'wasm-unsafe-eval'", ""
    )  # the reader of squares
    assert "unsafe" not in policy
    assert len(answer.data) < 20_000


def test_a_forged_code_gets_a_page_that_says_so(town, order):
    text = page(town, spoiled(code_of(town, order)["token"])).text
    assert "伪造" in text
    assert "真实有效" not in text


def test_what_is_registered_is_shown_as_text_and_not_as_markup(town, order):
    replicate(
        town.pool,
        an_inspector(
            town.safety.agency_id,
            inspector_id=town.safety.inspectors[0].inspector_id,
            version=2,
            name="<script>alert(1)</script>",
        ),
    )
    assert "<script>" not in page(town, code_of(town, order)["token"]).text


def test_a_program_gets_json_at_the_same_address(town, order):
    code = code_of(town, order)["token"]
    answer = page(town, code, Accept="application/json")
    assert answer.mimetype == "application/json"
    assert orjson.loads(answer.data) == checked(town, code)
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize("code", ["%00", "%F0%9F%98%80", "1" * 3000, "<b>", "P", "PPPPPPPPPP"])
def test_odd_addresses_are_answered_calmly(town, code):
    assert page(town, code).status_code == 200


def test_the_check_is_limited_for_those_who_guess(database, tmp_path):
    with a_town(database, tmp_path, rate_limits=True) as town:
        answers = [town.call("GET", "/codes/222222222").status_code for _ in range(125)]
    assert answers.count(429) == 5
