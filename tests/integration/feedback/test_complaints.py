"""A complaint: found by its number alone, handled in a closed loop, hidden from those it is about."""

import pytest
import time_machine

from services.chassis.identity import Role
from services.chassis.ids import new_id

API = "/api/feedback/v1"
TEXT = "检查人员要求我们支付检测费用。"
FIRM = "宿迁某某机械有限公司"


@pytest.fixture
def client(app):
    return app.test_client()


def file(client, headers, key="key-of-this-complaint", **changes):
    body = {"category": "costs_shifted", "text": TEXT} | changes
    return client.post(f"{API}/complaints", json=body, headers=headers | {"Idempotency-Key": key})


@pytest.fixture
def filed(client, visit, as_enterprise):
    answer = file(client, as_enterprise(visit.enterprise_id), order_id=str(visit.order_id))
    assert answer.status_code == 201, answer.json
    return answer.json["tracking_number"]


def desk(client, coordinator):
    return client.get(f"{API}/desk/complaints", headers=coordinator).json["items"]


def step(client, coordinator, line, name, version, **body):
    return client.post(
        f"{API}/desk/complaints/{line['complaint_id']}/{name}",
        json=body,
        headers=coordinator | {"If-Match": f'"{version}"'},
    )


def test_it_is_taken_from_filing_to_the_return_visit_and_opened_again(
    client, filed, visit, as_enterprise, as_role
):
    coordinator, firm = as_role(Role.COORDINATOR), as_enterprise(visit.enterprise_id)
    [line] = desk(client, coordinator)
    assert (line["state"], line["agency_name"], line["enterprise_name"]) == ("filed", "应急管理局", FIRM)
    assigned = step(client, coordinator, line, "assign", 1).json
    assert (assigned["state"], assigned["enterprise_name"]) == ("assigned", FIRM)
    assert step(client, coordinator, line, "handle", 2, note="已约谈").json["state"] == "handling"
    assert step(client, coordinator, line, "answer", 3, answer="费用已退还。").json["state"] == "answered"
    seen = client.get(f"{API}/complaints/{filed}", headers=firm).json
    assert (seen["state"], seen["answer"], seen["text"]) == ("answered", "费用已退还。", TEXT)
    assert "已约谈" not in str(seen)
    assert step(client, coordinator, line, "follow-up", 4).json["state"] == "followed_up"
    reopened = client.post(
        f"{API}/complaints/{filed}/reopen",
        json={"text": "尚未收到退款。"},
        headers=firm | {"Idempotency-Key": "key-of-reopening"},
    )
    assert reopened.json["state"] == "reopened"
    assert desk(client, coordinator)[0]["reopened"] == 1


def test_the_same_complaint_sent_twice_is_filed_once(client, visit, as_enterprise, as_role):
    headers = as_enterprise(visit.enterprise_id)
    numbers = {file(client, headers).json["tracking_number"] for _ in range(3)}
    assert len(numbers) == 1
    assert len(desk(client, as_role(Role.COORDINATOR))) == 1


@pytest.mark.parametrize(
    ("filed_on", "due_on", "told"),
    [
        ("2026-09-28T02:00Z", "2026-10-23", "调休安排"),
        ("2093-09-28T02:00Z", "2093-10-19", "周一至周五"),
    ],
    ids=["published", "not yet"],
)
def test_the_deadline_says_whether_it_knew_the_holidays(
    client, visit, as_enterprise, as_role, filed_on, due_on, told
):
    with time_machine.travel(filed_on):
        headers = as_enterprise(visit.enterprise_id)
        filed = file(client, headers).json
        seen = client.get(f"{API}/complaints/{filed['tracking_number']}", headers=headers).json
        coordinator = as_role(Role.COORDINATOR)
        [line] = desk(client, coordinator)
        shown = client.get(f"{API}/desk/complaints/{line['complaint_id']}", headers=coordinator).json
    for answer in (filed, seen, shown):
        assert (answer["due_on"], told in answer["due_note"]["zh"]) == (due_on, True)


def test_nobody_else_finds_it_by_its_number(client, filed, as_enterprise):
    answer = client.get(f"{API}/complaints/{filed}", headers=as_enterprise(new_id()))
    assert answer.status_code == 404


def test_it_is_found_however_the_number_is_typed(client, filed, visit, as_enterprise):
    headers = as_enterprise(visit.enterprise_id)
    for typed in (filed.lower(), filed.replace("-", "")):
        assert client.get(f"{API}/complaints/{typed}", headers=headers).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.ENTERPRISE)])
def test_only_coordinators_see_the_desk(client, filed, visit, as_role, role):
    headers = as_role(role, visit.agency_id)
    assert client.get(f"{API}/desk/complaints", headers=headers).status_code == 403


def test_the_text_is_in_no_event_no_list_and_no_stored_answer(client, filed, pool, as_role):
    with pool.connection() as connection:
        for table in ("outbox", "idempotency"):
            assert TEXT not in str(connection.execute(f"SELECT to_jsonb({table}) FROM {table}").fetchall())
    assert TEXT not in str(desk(client, as_role(Role.COORDINATOR)))


def test_its_events_carry_versions_without_gaps(client, filed, pool, as_role):
    coordinator = as_role(Role.COORDINATOR)
    [line] = desk(client, coordinator)
    step(client, coordinator, line, "assign", 1)
    step(client, coordinator, line, "answer", 2, answer="已核查处理。")
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT version, payload->>'state' AS state FROM outbox ORDER BY position"
        ).fetchall()
    assert [(row["version"], row["state"]) for row in rows] == [(1, None), (2, "assigned"), (3, "answered")]


def test_two_coordinators_at_once_do_not_overwrite_each_other(client, filed, as_role):
    coordinator = as_role(Role.COORDINATOR)
    [line] = desk(client, coordinator)
    assert step(client, coordinator, line, "assign", 1).status_code == 200
    stale = step(client, coordinator, line, "answer", 1, answer="另一个答复。")
    assert (stale.status_code, stale.json["code"]) == (412, "stale_version")


def test_a_step_out_of_turn_says_what_is_possible(client, filed, as_role):
    coordinator = as_role(Role.COORDINATOR)
    [line] = desk(client, coordinator)
    answer = step(client, coordinator, line, "follow-up", 1)
    assert (answer.status_code, answer.json["code"], answer.json["allowed"]) == (
        409,
        "wrong_state",
        ["assign"],
    )


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"category": "weather"}, "/category"),
        ({"text": ""}, "/text"),
        ({"text": "x" * 4001}, "/text"),
        ({"order_id": "01936a4e-0000-7000-8000-000000000001"}, "/order_id"),
        ({"agency_id": "01936a4e-0000-7000-8000-000000000001"}, "/agency_id"),
        ({"phone": "13800000000"}, "/phone"),
    ],
)
def test_bad_input_is_named(client, visit, as_enterprise, changes, pointer):
    answer = file(client, as_enterprise(visit.enterprise_id), **changes)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_an_enterprise_lists_its_own_and_nobody_elses(client, filed, visit, as_enterprise):
    own = client.get(f"{API}/complaints?limit=1", headers=as_enterprise(visit.enterprise_id)).json
    assert [(line["tracking_number"], line["state"]) for line in own["items"]] == [(filed, "filed")]
    assert (own["next"], TEXT in str(own)) == (None, False)
    assert client.get(f"{API}/complaints", headers=as_enterprise(new_id())).json["items"] == []
