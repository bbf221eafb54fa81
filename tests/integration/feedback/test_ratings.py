"""A rating: once, by the enterprise, and by nobody's trace."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.identity import Role
from services.chassis.ids import new_id
from services.feedback.policy import Local, RatingPolicy
from services.feedback.ratings.commands import give_rating, release_ratings
from services.feedback.ratings.model import Opinion, Tag
from services.feedback.rights.ticket import Right
from tests.builders.city import AnOrder, an_agency

API = "/api/feedback/v1"
TODAY = date(2026, 3, 31)


@pytest.fixture
def client(app):
    return app.test_client()


def a_ticket(client, headers, order_id):
    answer = client.post(f"{API}/rating-tickets", json={"order_id": str(order_id)}, headers=headers)
    assert answer.status_code == 201, answer.json
    return answer.json["ticket"]


def rate(client, ticket, grade=5, **more):
    return client.post(f"{API}/ratings", json={"ticket": ticket, "grade": grade, **more})


def outbox(pool, type="cn.yicha.feedback.rating.given.v1"):
    with pool.connection() as connection:
        return connection.execute(
            "SELECT payload, time, correlation_id, partition_key FROM outbox WHERE type = %s", (type,)
        ).fetchall()


def dump(pool):
    """Everything that feedback's own tables and outbox say, as text; replicas of public events aside."""
    with pool.connection() as connection:
        tables = ("spent_right", "ballot", "release", "released_ballot", "outbox", "idempotency")
        return "".join(
            str(connection.execute(f"SELECT to_jsonb({table}) FROM {table}").fetchall()) for table in tables
        )


def test_a_concluded_visit_is_rated_once(client, visit, as_enterprise, pool):
    headers = as_enterprise(visit.enterprise_id)
    [rateable] = client.get(f"{API}/rateable", headers=headers).json["items"]
    assert (rateable["order_id"], rateable["agency_name"]) == (str(visit.order_id), "应急管理局")
    ticket = a_ticket(client, headers, visit.order_id)
    assert rate(client, ticket, 2, tags=["repeated"], comment="刚查过").status_code == 201
    again = rate(client, ticket, 5)
    assert (again.status_code, again.json["code"]) == (409, "already_rated")
    assert client.get(f"{API}/rateable", headers=headers).json["items"] == []
    renewed = client.post(f"{API}/rating-tickets", json={"order_id": str(visit.order_id)}, headers=headers)
    assert renewed.json["code"] == "already_rated"
    assert len(outbox(pool)) == 1


def test_twenty_phones_with_tickets_of_one_visit_rate_it_once(app, client, visit, as_enterprise, pool):
    tickets = [a_ticket(client, as_enterprise(visit.enterprise_id), visit.order_id) for _ in range(20)]
    with ThreadPoolExecutor(20) as phones:
        answers = list(phones.map(lambda ticket: rate(app.test_client(), ticket).status_code, tickets))
    assert sorted(answers) == [201] + [409] * 19
    assert len(outbox(pool)) == 1


def test_the_event_of_a_rating_names_only_the_county_the_grade_and_the_day(
    client, visit, as_enterprise, pool
):
    headers = as_enterprise(visit.enterprise_id) | {"X-Correlation-ID": "from-the-phone"}
    rate_headers = {"X-Correlation-ID": "from-the-phone"}
    ticket = a_ticket(client, headers, visit.order_id)
    client.post(f"{API}/ratings", json={"ticket": ticket, "grade": 1}, headers=rate_headers)
    [row] = outbox(pool)
    assert set(row["payload"]) == {"rating_id", "area_code", "grade", "day"}
    assert row["payload"]["area_code"] == "321302"
    assert row["correlation_id"] != "from-the-phone"
    assert (row["time"].hour, row["time"].minute, row["time"].microsecond) == (0, 0, 0)


def test_asking_for_a_ticket_writes_nothing(client, visit, as_enterprise, pool):
    before = dump(pool)
    a_ticket(client, as_enterprise(visit.enterprise_id), visit.order_id)
    assert dump(pool) == before


def test_nothing_in_the_database_names_the_order_or_the_enterprise_of_a_rating(
    client, visit, as_enterprise, pool
):
    rate(client, a_ticket(client, as_enterprise(visit.enterprise_id), visit.order_id), 1)
    written = dump(pool)
    for secret in (visit.order_id, visit.enterprise_id, visit.premises_id):
        assert str(secret) not in written
        assert secret.hex not in written


def test_after_the_nightly_mixing_no_transaction_pairs_a_ballot_with_a_right_or_an_event(pool):
    rights = [a_right(new_id()) for _ in range(6)]
    for right in rights:
        with UnitOfWork(pool, "/feedback") as uow:
            give_rating(right, Opinion(grade=3), TODAY, uow)
            uow.commit()
    with UnitOfWork(pool, "/feedback") as uow:
        release_ratings(everywhere(TODAY + timedelta(days=1)), uow)
        uow.commit()
    with pool.connection() as connection:
        written_by = {
            table: {row["xmin"] for row in connection.execute(f"SELECT xmin::text FROM {table}")}
            for table in ("ballot", "spent_right", "outbox")
        }
    assert len(written_by["ballot"]) == len(written_by["spent_right"]) == 1
    assert not written_by["ballot"] & written_by["outbox"]


def a_right(agency_id):
    return Right(nonce=new_id().bytes + new_id().bytes, about=agency_id, area_code="321302")


def pooled(pool, agency_id, grades, day=TODAY):
    for grade in grades:
        with UnitOfWork(pool, "/feedback") as uow:
            give_rating(a_right(agency_id), Opinion(grade=grade, tags=(Tag.CLEAR,)), day, uow)
            uow.commit()


def everywhere(today, **policy):
    local = Local(ratings=RatingPolicy(**policy), complaint_workdays=15, today=today)
    return lambda _: local


def released(pool, today=TODAY, **policy):
    with UnitOfWork(pool, "/feedback") as uow:
        events = release_ratings(everywhere(today, **policy), uow)
        uow.commit()
    return events


def test_five_pooled_ratings_are_released_together_and_once(pool):
    agency = new_id()
    pooled(pool, agency, [5, 5, 4, 1])
    assert released(pool, TODAY + timedelta(days=365)) == []
    pooled(pool, agency, [5])
    [event] = released(pool)
    assert (event.agency_id, event.grades) == (agency, (1, 0, 0, 1, 3))
    assert released(pool) == []
    assert len(outbox(pool, "cn.yicha.feedback.ratings.released.v1")) == 1


def test_each_agency_is_released_by_the_figures_of_its_area(pool, hear):
    hear(here := an_agency(area_code="321391"), there := an_agency(area_code="510100"))
    for agency in (here, there):
        pooled(pool, agency.agency_id, [5, 5, 4, 1, 2])
    figures = {"321391": RatingPolicy(), "510100": RatingPolicy(floor=6, pool=6)}

    def rules(area):
        return Local(ratings=figures[area], complaint_workdays=15, today=TODAY)

    with UnitOfWork(pool, "/feedback") as uow:
        events = release_ratings(rules, uow)
        uow.commit()
    assert [event.agency_id for event in events] == [here.agency_id]


def test_four_workers_releasing_at_once_release_a_pool_once(pool):
    for _ in range(10):
        pooled(pool, new_id(), [5] * 6)
    with ThreadPoolExecutor(4) as workers:
        events = [event for batch in workers.map(lambda _: released(pool), range(4)) for event in batch]
    assert len(events) == len({event.agency_id for event in events}) == 10
    assert {sum(event.grades) for event in events} == {6}


def test_ratings_that_arrive_during_a_release_never_make_a_small_one(pool):
    agency = new_id()
    pooled(pool, agency, [5] * 5)

    def arrive(_):
        pooled(pool, agency, [4])

    with ThreadPoolExecutor(8) as threads:
        arriving = [threads.submit(arrive, number) for number in range(12)]
        releasing = [threads.submit(released, pool) for _ in range(6)]
        [future.result() for future in arriving]
        events = [event for future in releasing for event in future.result()]
    assert events
    assert all(sum(event.grades) >= 5 for event in events)


def test_an_agency_reads_its_own_releases(client, pool, as_role):
    agency, other = new_id(), new_id()
    pooled(pool, agency, [5, 4, 3, 2, 1])
    released(pool)
    headers = as_role(Role.APPROVER, agency)
    [release] = client.get(f"{API}/released-ratings", headers=headers).json["items"]
    assert release["grades"] == [1, 1, 1, 1, 1]
    assert {remark["tags"][0] for remark in release["remarks"]} == {"clear"}
    headers = as_role(Role.APPROVER, other)
    assert client.get(f"{API}/released-ratings", headers=headers).json["items"] == []


def test_those_who_see_all_narrow_releases_by_agency_and_day_and_read_their_sums(client, pool, hear, as_role):
    here, there = an_agency(), an_agency()
    hear(here, there)
    for agency, grades in ((here, [5, 4, 3, 2, 1]), (there, [5] * 5)):
        pooled(pool, agency.agency_id, grades)
    released(pool)

    def totals(headers, **query):
        return client.get(f"{API}/released-ratings/totals", query_string=query, headers=headers).json

    everybody, own = as_role(Role.COORDINATOR), as_role(Role.APPROVER, here.agency_id)
    assert (totals(everybody)["releases"], totals(everybody)["grades"]) == (2, [1, 1, 1, 1, 6])
    one = totals(everybody, agency_id=str(there.agency_id))
    assert (one["grades"], one["tags"], one["floor"]) == ([0, 0, 0, 0, 5], {"clear": 5}, 5)
    assert totals(own)["grades"] == [1, 1, 1, 1, 1]
    assert totals(own, agency_id=str(there.agency_id))["releases"] == 0
    assert totals(everybody, to=str(TODAY - timedelta(days=1)))["grades"] == [0] * 5
    asked = {"agency_id": str(there.agency_id), "from": str(TODAY)}
    listed = client.get(f"{API}/released-ratings", query_string=asked, headers=everybody).json["items"]
    assert [release["agency_id"] for release in listed] == [str(there.agency_id)]


def test_what_waits_in_a_pool_is_in_no_sum(client, pool, as_role):
    agency = new_id()
    pooled(pool, agency, [1, 1, 1, 1])
    released(pool)
    headers = as_role(Role.APPROVER, agency)
    sums = client.get(f"{API}/released-ratings/totals", headers=headers).json
    assert (sums["releases"], sums["grades"], sums["tags"]) == (0, [0] * 5, {})


def test_an_enterprise_rates_only_its_own_visits(client, visit, as_enterprise):
    headers = as_enterprise(new_id())
    assert client.get(f"{API}/rateable", headers=headers).json["items"] == []
    answer = client.post(f"{API}/rating-tickets", json={"order_id": str(visit.order_id)}, headers=headers)
    assert answer.status_code == 404


def test_the_inspectors_and_their_heads_get_no_ticket(client, visit, as_role):
    for role in (Role.INSPECTOR, Role.APPROVER, Role.COORDINATOR):
        answer = client.post(
            f"{API}/rating-tickets", json={"order_id": str(visit.order_id)}, headers=as_role(role)
        )
        assert answer.status_code == 403


def test_a_visit_is_rated_after_its_conclusion_and_not_years_later(client, hear, as_enterprise):
    fresh = AnOrder().issued().entered()
    old = AnOrder(fresh.enterprise_id, at=clock.now() - timedelta(days=120)).issued().entered().concluded()
    hear(*fresh.events, *old.events)
    for order in (fresh, old):
        answer = client.post(
            f"{API}/rating-tickets",
            json={"order_id": str(order.order_id)},
            headers=as_enterprise(fresh.enterprise_id),
        )
        assert (answer.status_code, answer.json["code"]) == (409, "not_rateable")


@pytest.mark.parametrize(
    "body",
    [
        {"grade": 6},
        {"grade": 0},
        {"grade": "5"},
        {"tags": ["unheard_of"]},
        {"comment": ""},
        {"order_id": "x"},
    ],
)
def test_bad_input_is_named_and_spends_nothing(client, visit, as_enterprise, body):
    ticket = a_ticket(client, as_enterprise(visit.enterprise_id), visit.order_id)
    assert client.post(f"{API}/ratings", json={"ticket": ticket, "grade": 5} | body).status_code == 422
    assert rate(client, ticket).status_code == 201


def test_a_forged_ticket_is_refused(client):
    answer = rate(client, "A" * 160)
    assert (answer.status_code, answer.json["code"]) == (403, "bad_ticket")


def test_events_that_come_again_or_late_change_nothing(hear, visit, pool):
    hear(*visit.events, *visit.events[:2])
    with pool.connection() as connection:
        [row] = connection.execute("SELECT state, version FROM visit").fetchall()
    assert (row["state"], row["version"]) == ("concluded", len(visit.events))
