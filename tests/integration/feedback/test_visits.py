"""An enterprise reads its own visits: which, by whom, and what it may still say of each."""

from datetime import timedelta

import pytest

from services.chassis import clock
from services.chassis.identity import Role
from services.chassis.ids import new_id
from tests.builders.city import AnOrder

API = "/api/feedback/v1"


@pytest.fixture
def client(app):
    return app.test_client()


def own(client, headers, **query):
    answer = client.get(f"{API}/visits", query_string=query, headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def orders(page):
    return [visit["order_id"] for visit in page["items"]]


def rated(client, headers, order_id):
    asked = client.post(f"{API}/rating-tickets", json={"order_id": str(order_id)}, headers=headers)
    assert client.post(f"{API}/ratings", json={"ticket": asked.json["ticket"], "grade": 4}).status_code == 201


def a_visit_of(visit, days_ago):
    at = clock.now() - timedelta(days=days_ago)
    return AnOrder(visit.enterprise_id, visit.agency_id, at=at).drafted().issued().entered()


def test_each_visit_says_whose_it_was_and_what_became_of_the_right_to_rate(
    client, hear, visit, as_enterprise
):
    headers = as_enterprise(visit.enterprise_id)
    [shown] = own(client, headers)["items"]
    assert (shown["order_id"], shown["agency_name"]) == (str(visit.order_id), "应急管理局")
    assert (shown["rating"], shown["complaint"]) == ("open", None)
    running, old = a_visit_of(visit, 0), a_visit_of(visit, 200).concluded()
    hear(*running.events, *old.events)
    rated(client, headers, visit.order_id)
    rights = {each["order_id"]: each["rating"] for each in own(client, headers)["items"]}
    assert rights == {
        str(running.order_id): "not_yet",
        str(visit.order_id): "used",
        str(old.order_id): "expired",
    }


def test_once_its_time_is_over_nothing_says_whether_a_visit_was_rated(
    client, visit, as_enterprise, pool, hear
):
    headers = as_enterprise(visit.enterprise_id)
    rated(client, headers, visit.order_id)
    with pool.connection() as connection:
        connection.execute("UPDATE visit SET concluded_at = now() - interval '91 days'")
    [shown] = own(client, headers)["items"]
    assert shown["rating"] == "expired"


def test_reading_them_writes_nothing(client, visit, as_enterprise, pool):
    headers = as_enterprise(visit.enterprise_id)
    rated(client, headers, visit.order_id)
    own(client, headers)
    with pool.connection() as connection:
        rows = connection.execute(
            "SELECT (SELECT count(*) FROM spent_right) + (SELECT count(*) FROM outbox) AS n"
        )
        assert rows.fetchone()["n"] == 2


def test_a_complaint_about_a_visit_is_found_beside_it(client, visit, as_enterprise):
    headers = as_enterprise(visit.enterprise_id)
    numbers = [
        client.post(
            f"{API}/complaints",
            json={"category": "no_code", "text": "没有出示检查码", "order_id": str(visit.order_id)},
            headers=headers | {"Idempotency-Key": f"complaint-{number}"},
        ).json["tracking_number"]
        for number in "12"
    ]
    [shown] = own(client, headers)["items"]
    assert shown["complaint"] == numbers[1]


def test_pages_go_from_the_newest_to_the_oldest(client, hear, visit, as_enterprise):
    headers = as_enterprise(visit.enterprise_id)
    others = [a_visit_of(visit, days) for days in (3, 1, 2)]
    hear(*(event for order in others for event in order.events))
    first = own(client, headers, limit=3)
    rest = own(client, headers, limit=3, after=first["next"])
    newest_first = [visit, others[1], others[2], others[0]]
    assert orders(first) + orders(rest) == [str(order.order_id) for order in newest_first]
    assert rest["next"] is None


def test_an_order_nobody_came_for_is_not_told(client, hear, visit, as_enterprise):
    planned = AnOrder(visit.enterprise_id, visit.agency_id).drafted().issued()
    hear(*planned.events)
    assert orders(own(client, as_enterprise(visit.enterprise_id))) == [str(visit.order_id)]


def test_nobody_else_reads_them(client, visit, as_enterprise, as_role):
    stranger = as_enterprise(new_id())
    assert own(client, stranger)["items"] == []
    assert own(client, stranger, after=visit.order_id)["items"] == []
    for role in (Role.INSPECTOR, Role.APPROVER, Role.COORDINATOR):
        assert client.get(f"{API}/visits", headers=as_role(role)).status_code == 403
    assert client.get(f"{API}/visits").status_code == 401
