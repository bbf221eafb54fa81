"""A survey: drafted and locked, answered once and by nobody's trace, shown when enough have answered and no more can."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine

from services.chassis import clock
from services.chassis.identity import Principal, Role
from services.chassis.ids import new_id
from services.feedback import jobs
from tests.builders.city import an_enterprise
from tests.builders.surveys import API, DESK, a_survey, some_answers

TODAY = clock.today("Asia/Shanghai")
ANSWERED = "cn.yicha.feedback.survey.answered.v1"


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def firms(hear):
    """Six that a survey of the city asks, and one of another city."""
    known = [an_enterprise(area_code="321302005012", industry="C2614") for _ in range(6)]
    hear(*known, an_enterprise(area_code="320102", industry="C2614"))
    return [firm.enterprise_id for firm in known]


@pytest.fixture
def coordinator(as_role):
    return as_role(Role.COORDINATOR)


@pytest.fixture
def of_area(office):
    def headers(area_code):
        who = Principal(
            account_id=new_id(), name="统筹", roles=frozenset({Role.COORDINATOR}), area_code=area_code
        )
        return office.bearer(who)

    return headers


def draft(client, headers, **changes):
    return client.post(
        DESK, json=a_survey(TODAY, **changes), headers=headers | {"Idempotency-Key": str(new_id())}
    )


def take(client, headers, survey, step):
    version = {"If-Match": f'"{survey["version"]}"'}
    return client.post(f"{DESK}/{survey['survey_id']}/{step}", headers=headers | version)


@pytest.fixture
def published(client, firms, coordinator):
    drafted = draft(client, coordinator)
    assert drafted.status_code == 201, drafted.json
    answer = take(client, coordinator, drafted.json, "publish")
    assert answer.status_code == 200, answer.json
    return answer.json


def asked(client, headers):
    return client.get(f"{API}/surveys", headers=headers).json["items"]


def ask_for_ticket(client, headers, survey):
    return client.post(f"{API}/survey-tickets", json={"survey_id": survey["survey_id"]}, headers=headers)


def answer(client, ticket, answers=None):
    return client.post(f"{API}/survey-answers", json={"ticket": ticket, "answers": answers or some_answers()})


@pytest.fixture
def answered_by(client, as_enterprise):
    """One after another of these enterprises answers."""

    def answered_by(survey, firms, **said):
        for firm in firms:
            ticket = ask_for_ticket(client, as_enterprise(firm), survey).json["ticket"]
            assert answer(client, ticket, some_answers(**said)).status_code == 201

    return answered_by


def results(client, headers, survey):
    return client.get(f"{DESK}/{survey['survey_id']}/results", headers=headers).json


def outbox(pool):
    with pool.connection() as connection:
        return connection.execute("SELECT * FROM outbox ORDER BY position").fetchall()


def test_it_is_drafted_changed_published_answered_and_closed(
    client, firms, coordinator, as_enterprise, answered_by
):
    drafted = draft(client, coordinator, industry="C")
    assert (drafted.json["audience"], drafted.json["allowed"]) == (6, ["revise", "publish"])
    path, etag = f"{DESK}/{drafted.json['survey_id']}", {"If-Match": drafted.headers["ETag"]}
    changed = client.put(path, json=a_survey(TODAY, area_code="321300"), headers=coordinator | etag)
    assert (changed.json["area_code"], changed.json["version"]) == ("3213", 2)
    published = take(client, coordinator, changed.json, "publish").json
    assert (published["state"], published["audience"]) == ("published", 6)
    answered_by(published, firms[:5], grade=5, text="只来过一次")
    closed = take(client, coordinator, published, "close").json
    assert (closed["state"], closed["answered"], closed["allowed"]) == ("closed", 5, [])
    shown = results(client, coordinator, closed)
    first, second, third, last = shown["questions"]
    assert (shown["answered"], shown["audience"], shown["hidden"]) == (5, 6, None)
    assert first["counts"] == {"often": 0, "once": 5, "never": 0}
    assert second["counts"] == {"gifts": 5, "dinners": 5, "nothing": 0}
    assert (third["mean"], third["counts"]["5"]) == (5.0, 5)
    assert last["texts"] == ["只来过一次"] * 5
    assert asked(client, as_enterprise(firms[5])) == []


def test_nothing_is_shown_while_it_is_open_nor_of_fewer_than_five(
    client, published, firms, coordinator, answered_by
):
    answered_by(published, firms[:4])
    shown = results(client, coordinator, published)
    assert (shown["hidden"], shown["answered"], shown["questions"]) == ("open", 4, [])
    closed = take(client, coordinator, published, "close").json
    shown = results(client, coordinator, closed)
    assert (shown["hidden"], shown["floor"], shown["questions"]) == ("too_few", 5, [])


def test_what_is_published_cannot_be_changed(client, published, coordinator):
    path, etag = f"{DESK}/{published['survey_id']}", {"If-Match": f'"{published["version"]}"'}
    changed = client.put(path, json=a_survey(TODAY), headers=coordinator | etag)
    assert (changed.status_code, changed.json["code"]) == (409, "wrong_state")
    assert changed.json["allowed"] == ["close"]


def test_two_coordinators_at_once_do_not_overwrite_each_other(client, firms, coordinator):
    drafted = draft(client, coordinator).json
    path, etag = f"{DESK}/{drafted['survey_id']}", {"If-Match": '"1"'}
    assert client.put(path, json=a_survey(TODAY), headers=coordinator | etag).status_code == 200
    assert client.put(path, json=a_survey(TODAY), headers=coordinator | etag).json["code"] == "stale_version"
    assert take(client, coordinator, drafted, "publish").json["code"] == "stale_version"
    assert client.post(f"{path}/publish", headers=coordinator).status_code == 428


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"area_code": "320102"}, 409, "audience_too_small"),
        ({"industry": "A"}, 409, "audience_too_small"),
        ({"opens_on": "2026-01-01", "closes_on": "2026-01-14"}, 422, "invalid"),
    ],
    ids=["one enterprise", "none of the industry", "days that are over"],
)
def test_what_could_never_be_answered_or_shown_is_not_published(
    client, firms, coordinator, changes, status, code
):
    refused = take(client, coordinator, draft(client, coordinator, **changes).json, "publish")
    assert (refused.status_code, refused.json["code"]) == (status, code)


def test_two_phones_at_once_answer_it_once(app, client, published, firms, as_enterprise, pool):
    headers = as_enterprise(firms[0])
    tickets = [ask_for_ticket(client, headers, published).json["ticket"] for _ in range(12)]
    with ThreadPoolExecutor(12) as phones:
        answers = list(phones.map(lambda ticket: answer(app.test_client(), ticket), tickets))
    assert sorted(each.status_code for each in answers) == [201] + [409] * 11
    assert {each.json["code"] for each in answers if each.status_code == 409} == {"already_answered"}
    with pool.connection() as connection:
        assert connection.execute("SELECT count(*) AS n FROM survey_sheet").fetchone() == {"n": 1}
        assert connection.execute("SELECT count(*) AS n FROM survey_ballot").fetchone() == {"n": 3}
    [line] = asked(client, headers)
    assert line["answered"] is True
    assert ask_for_ticket(client, headers, published).json["code"] == "already_answered"


def test_answers_and_a_close_at_once_leave_no_answer_uncounted(
    app, client, published, firms, coordinator, as_enterprise, pool
):
    tickets = [ask_for_ticket(client, as_enterprise(firm), published).json["ticket"] for firm in firms]
    with ThreadPoolExecutor(7) as crowd:
        closing = crowd.submit(take, app.test_client(), coordinator, published, "close")
        answers = list(crowd.map(lambda ticket: answer(app.test_client(), ticket).status_code, tickets))
    assert closing.result().status_code == 200
    assert set(answers) <= {201, 409}
    counted = outbox(pool)
    [closed] = [row["payload"] for row in counted if row["type"].endswith("survey.closed.v1")]
    assert closed["answered"] == answers.count(201)


def test_only_those_it_asks_find_it(client, published, firms, hear, as_enterprise):
    other = an_enterprise(area_code="320102", industry="C2614")
    gone = an_enterprise(area_code="321302", active=False)
    hear(other, gone)
    for stranger in (other.enterprise_id, gone.enterprise_id, new_id()):
        assert asked(client, as_enterprise(stranger)) == []
        assert ask_for_ticket(client, as_enterprise(stranger), published).status_code == 404
    assert [line["survey_id"] for line in asked(client, as_enterprise(firms[0]))] == [published["survey_id"]]


def test_nobody_answers_before_its_first_day_or_after_its_last(client, firms, coordinator, as_enterprise):
    opens = (TODAY + timedelta(days=2)).isoformat()
    survey = take(client, coordinator, draft(client, coordinator, opens_on=opens).json, "publish").json
    headers = as_enterprise(firms[0])
    assert asked(client, headers) == []
    assert ask_for_ticket(client, headers, survey).json["code"] == "survey_not_open"
    with time_machine.travel(clock.now() + timedelta(days=30)):
        headers = as_enterprise(firms[0])
        assert asked(client, headers) == []
        assert ask_for_ticket(client, headers, survey).json["code"] == "survey_not_open"


def test_after_its_last_day_it_is_told_as_ended_before_the_night_has_closed_it(
    client, published, firms, as_role, as_enterprise
):
    with time_machine.travel(clock.now() + timedelta(days=14)):
        desk = as_role(Role.COORDINATOR)
        shown = client.get(f"{DESK}/{published['survey_id']}", headers=desk).json
        assert (shown["state"], shown["allowed"]) == ("ended", ["close"])
        assert [
            line["state"] for line in client.get(f"{DESK}?state=published", headers=desk).json["items"]
        ] == ["ended"]
        assert (
            results(client, desk, published)["hidden"],
            results(client, desk, published)["questions"],
        ) == ("ended", [])
        refused = ask_for_ticket(client, as_enterprise(firms[0]), published).json
        assert published["closes_on"] in refused["zh"]["detail"]
        assert take(client, desk, published, "close").json["state"] == "closed"


def test_a_ticket_that_outlives_its_survey_is_of_no_use(client, published, firms, coordinator, as_enterprise):
    ticket = ask_for_ticket(client, as_enterprise(firms[0]), published).json["ticket"]
    take(client, coordinator, published, "close")
    refused = answer(client, ticket)
    assert (refused.status_code, refused.json["code"]) == (409, "survey_not_open")


def test_an_answer_of_the_wrong_kind_says_where_and_costs_nothing(client, published, firms, as_enterprise):
    ticket = ask_for_ticket(client, as_enterprise(firms[0]), published).json["ticket"]
    refused = answer(client, ticket, some_answers() | {"q1": {"grade": 5}, "q3": {"text": "好"}})
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json["errors"]] == ["/answers/q1", "/answers/q3"]
    assert answer(client, ticket, {"q1": {"choices": "once"}}).status_code == 422
    assert answer(client, ticket).status_code == 201


def test_a_right_to_rate_is_no_right_to_answer(client, published, visit, as_enterprise):
    rating = client.post(
        f"{API}/rating-tickets",
        json={"order_id": str(visit.order_id)},
        headers=as_enterprise(visit.enterprise_id),
    ).json["ticket"]
    refused = answer(client, rating)
    assert (refused.status_code, refused.json["code"]) == (403, "bad_ticket")


def test_coordinators_see_and_ask_their_own_area_only(client, published, of_area):
    county, city, elsewhere = of_area("321302"), of_area("321300"), of_area("320100")
    path = f"{DESK}/{published['survey_id']}"
    for stranger in (county, elsewhere):
        assert client.get(DESK, headers=stranger).json["items"] == []
        assert client.get(path, headers=stranger).status_code == 404
        assert client.get(f"{path}/results", headers=stranger).status_code == 404
        assert take(client, stranger, published, "close").status_code == 404
        assert draft(client, stranger).status_code == 403
    assert [line["survey_id"] for line in client.get(DESK, headers=city).json["items"]] == [
        published["survey_id"]
    ]
    assert draft(client, county, area_code="321302").status_code == 201


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.ENTERPRISE)])
def test_only_coordinators_see_the_desk(client, published, as_role, role):
    assert client.get(DESK, headers=as_role(role, new_id())).status_code == 403
    assert client.get(f"{DESK}/{published['survey_id']}/results", headers=as_role(role)).status_code == 403


def test_the_list_comes_by_state_and_by_pages(client, published, coordinator):
    drafts = [draft(client, coordinator).json["survey_id"] for _ in range(3)]
    page = client.get(f"{DESK}?state=drafted&limit=2", headers=coordinator).json
    assert [line["survey_id"] for line in page["items"]] == drafts[:0:-1]
    rest = client.get(f"{DESK}?state=drafted&limit=2&after={page['next']}", headers=coordinator).json
    assert ([line["survey_id"] for line in rest["items"]], rest["next"]) == (drafts[:1], None)


def test_its_events_name_no_enterprise_and_no_answer(
    client, published, firms, coordinator, as_enterprise, pool
):
    headers = as_enterprise(firms[0]) | {"X-Correlation-ID": "from-the-phone"}
    ticket = ask_for_ticket(client, headers, published).json["ticket"]
    client.post(
        f"{API}/survey-answers",
        json={"ticket": ticket, "answers": some_answers(text="不要告诉别人")},
        headers={"X-Correlation-ID": "from-the-phone"},
    )
    take(client, coordinator, published, "close")
    told = outbox(pool)
    assert [row["type"].split(".")[-2] for row in told] == ["published", "answered", "closed"]
    [row] = [row for row in told if row["type"] == ANSWERED]
    assert row["payload"] | {"answer_id": ""} == {
        "answer_id": "",
        "survey_id": published["survey_id"],
        "area_code": "321302",
        "day": TODAY.isoformat(),
    }
    assert row["correlation_id"] != "from-the-phone"
    assert (row["time"].hour, row["time"].minute, row["time"].microsecond) == (0, 0, 0)
    assert told[-1]["payload"]["answered"] == 1
    assert "不要告诉别人" not in str(told)


def test_nothing_in_the_database_names_who_answered(client, published, firms, answered_by, pool):
    answered_by(published, firms[:1])
    with pool.connection() as connection:
        written = "".join(
            str(connection.execute(f"SELECT to_jsonb({table}) FROM {table}").fetchall())
            for table in ("spent_right", "survey", "survey_sheet", "survey_ballot", "outbox", "idempotency")
        )
    assert str(firms[0]) not in written
    assert firms[0].hex not in written


def written_by(pool):
    with pool.connection() as connection:
        return {
            table: {row["xmin"] for row in connection.execute(f"SELECT xmin::text FROM {table}")}
            for table in ("survey_sheet", "survey_ballot", "spent_right", "outbox")
        }


def night(app, pool):
    context = SimpleNamespace(additional_context={"pool": pool, "settings": app.extensions["yicha.settings"]})
    jobs.close_surveys.func(context, 0)


def test_every_night_answers_are_mixed_apart_from_rights_and_events(app, published, firms, answered_by, pool):
    answered_by(published, firms)
    assert len(written_by(pool)["survey_ballot"]) == 6
    night(app, pool)
    by = written_by(pool)
    assert len(by["survey_ballot"]) == len(by["survey_sheet"]) == len(by["spent_right"]) == 1
    assert not by["survey_ballot"] & by["outbox"]


def test_closing_mixes_at_once(client, published, firms, coordinator, answered_by, pool):
    answered_by(published, firms)
    take(client, coordinator, published, "close")
    by = written_by(pool)
    assert len(by["survey_ballot"]) == 1
    assert not by["survey_ballot"] & by["spent_right"]


def test_the_night_after_its_last_day_closes_it_and_may_come_again(
    app, client, published, firms, coordinator, answered_by, pool
):
    answered_by(published, firms)
    night(app, pool)
    assert results(client, coordinator, published)["hidden"] == "open"
    with time_machine.travel(clock.now() + timedelta(days=14)):
        for _ in range(2):
            night(app, pool)
    shown = client.get(f"{DESK}/{published['survey_id']}", headers=coordinator).json
    assert (shown["state"], shown["version"]) == ("closed", 3)
    assert results(client, coordinator, published)["hidden"] is None
    assert [row["type"].split(".")[-2] for row in outbox(pool)].count("closed") == 1


def test_an_enterprise_known_before_its_industry_was_is_asked_once_that_is_told(
    client, firms, pool, hear, coordinator
):
    with pool.connection() as connection:
        connection.execute("UPDATE enterprise SET industry = NULL, active = NULL")
    assert draft(client, coordinator).json["audience"] == 6
    assert draft(client, coordinator, industry="C").json["audience"] == 0
    hear(*(an_enterprise(firm, area_code="321302", industry="C2614") for firm in firms))
    assert draft(client, coordinator, industry="C").json["audience"] == 6


def test_the_template_can_be_published_as_it_is(client, firms, coordinator):
    [shown] = client.get(f"{API}/desk/survey-templates", headers=coordinator).json["items"]
    content = {name: shown[name] for name in ("title", "purpose", "questions")}
    drafted = draft(client, coordinator, **content)
    assert drafted.json["questions"] == shown["questions"]
    assert take(client, coordinator, drafted.json, "publish").json["state"] == "published"
