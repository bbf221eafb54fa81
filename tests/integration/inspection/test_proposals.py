"""联合提议: agencies agree to one visit, offer other terms, or say why not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.chassis.database import UnitOfWork
from services.chassis.ids import new_id
from services.inspection.joint.proposals.settle import lapse_due
from tests.builders.inspection import COORDINATOR, a_staff, a_town, an_inspector, days, replicate, today


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


@pytest.fixture
def health(town):
    """A third agency."""
    staff = a_staff("health", name="经开区卫生监督所")
    replicate(town.pool, *staff.events)
    return staff


def proposed(town, *orders, by=COORDINATOR, **offer):
    answer = town.call(
        "POST", "/join-proposals", by, json={"orders": [order["order_id"] for order in orders], **offer}
    )
    assert answer.status_code == 201, answer.json
    return answer.json


def answered(town, proposal, how, by, **body):
    if how in ("accept", "counter"):
        body = {"round": proposal["round"]} | body
    return town.call("POST", f"/join-proposals/{proposal['proposal_id']}/{how}", by, json=body)


def accepted(town, proposal, *staffs):
    for staff in staffs:
        answer = answered(town, proposal, "accept", staff.clerk)
        assert answer.status_code == 200, answer.json
    return answer.json


def shown(town, proposal, by=COORDINATOR):
    return town.call("GET", f"/join-proposals/{proposal['proposal_id']}", by)


def told(town, proposal):
    return town.told({"order_id": proposal["proposal_id"]})


def agencies(order):
    return [agency["agency_id"] for agency in order["agencies"]]


def test_when_all_have_accepted_the_orders_are_one(town):
    mine, theirs = town.drafted(**days(0, 9)), town.submitted(town.fire, **days(4, 20))
    proposal = proposed(town, mine, theirs, by=town.safety.clerk)
    [terms] = proposal["terms"]
    assert (terms["starts_on"], terms["ends_on"]) == tuple(days(4, 9).values())
    assert {a["agency_id"]: a["answer"] for a in proposal["agencies"]} == {
        str(town.safety.agency_id): "accepted",
        str(town.fire.agency_id): None,
    }
    proposal = accepted(town, proposal, town.fire)
    assert proposal["state"] == "joined"
    joint = town.read({"order_id": proposal["joint_order_id"]})
    assert joint["order_id"] == mine["order_id"], "the draft is the host: both heads will read it"
    assert (joint["state"], joint["starts_on"], joint["ends_on"]) == ("drafted", *days(4, 9).values())
    assert len(joint["items"]) == 2
    assert len(joint["inspectors"]) == 4
    assert town.read(theirs)["absorbed_into"] == joint["order_id"]
    assert [event for event, *_ in told(town, proposal)] == [
        "join.proposed.v1",
        "join.answered.v1",
        "join.settled.v1",
    ]


def test_the_industry_department_leads_unless_another_is_named(town):
    lead = replace(town.fire.agency, version=2, lead_industries=("C",))
    replicate(town.pool, lead)
    mine, theirs = town.submitted(), town.submitted(town.fire)
    proposal = proposed(town, mine, theirs)
    assert proposal["terms"][0]["lead_agency_id"] == str(town.fire.agency_id)
    joint = town.read({"order_id": accepted(town, proposal, town.safety, town.fire)["joint_order_id"]})
    assert (joint["order_id"], joint["agency_id"]) == (theirs["order_id"], str(town.fire.agency_id))
    assert [agency["leads"] for agency in joint["agencies"]] == [True, False]


def test_an_order_still_to_be_approved_is_the_host_even_when_another_leads(town):
    approved = town.approved()
    waiting = town.submitted(town.fire)
    proposal = proposed(town, approved, waiting, lead_agency_id=str(town.safety.agency_id))
    joint = town.read({"order_id": accepted(town, proposal, town.safety, town.fire)["joint_order_id"]})
    assert (joint["order_id"], joint["agency_id"]) == (waiting["order_id"], str(town.safety.agency_id))
    assert [a["agency_id"] for a in joint["approvals"]] == [str(town.safety.agency_id)]
    approved = town.does("approve", joint, town.fire.head).json
    assert approved["state"] == "approved"
    assert town.does("issue", approved, town.safety.clerk).json["state"] == "issued"


def test_issued_orders_become_one_that_is_issued_and_keep_both_approvals(town):
    mine, theirs = town.issued(**days(0, 5)), town.issued(town.fire, **days(2, 9))
    proposal = proposed(town, mine, theirs)
    joint = town.read({"order_id": accepted(town, proposal, town.safety, town.fire)["joint_order_id"]})
    assert (joint["state"], len(joint["approvals"])) == ("issued", 2)
    assert (joint["starts_on"], joint["ends_on"]) == tuple(days(2, 5).values())
    assert [item["checklist_version"] for item in joint["items"]] == [1, 1]
    planned = {visits["agency_id"]: visits["planned"] for visits in joint["visits"]}
    assert planned[None] == 1, "one visit, counted once"


def test_three_orders_become_one(town, health):
    third = an_inspector(health.agency_id, scope=("health",), name="赵三")
    replicate(town.pool, third)
    crowd = [str(i.inspector_id) for i in (*health.inspectors, third)]
    orders = [town.submitted(), town.submitted(town.fire), town.submitted(health, inspectors=crowd)]
    proposal = proposed(town, *orders, headcount=6)
    assert proposal["terms"][0]["headcount"] == 6
    proposal = accepted(town, proposal, town.safety, town.fire)
    assert (proposal["state"], len(proposal["agencies"])) == ("open", 3)
    joint = town.read({"order_id": accepted(town, proposal, health)["joint_order_id"]})
    assert (len(agencies(joint)), len(joint["items"]), len(joint["inspectors"])) == (3, 3, 6)
    assert {i["agency_id"] for i in joint["inspectors"]} == set(agencies(joint))
    versions = [version for _, version, _ in town.told(joint)]
    assert versions == list(range(1, len(versions) + 1))


def test_a_counter_proposal_is_answered_by_everyone_again(town, health):
    orders = [town.submitted(**days(0, 9)), town.submitted(town.fire, **days(0, 9)), town.submitted(health)]
    first = accepted(town, proposed(town, *orders), town.safety)
    countered = answered(town, first, "counter", town.fire.head, reason="当周有演练", **days(8, 9)).json
    assert (countered["round"], countered["terms"][0]["starts_on"]) == (2, days(8, 9)["starts_on"])
    assert {a["agency_id"]: a["answer"] for a in countered["agencies"]} == {
        str(town.safety.agency_id): None,
        str(town.fire.agency_id): "accepted",
        str(health.agency_id): None,
    }
    late = answered(town, first, "accept", health.clerk)
    assert (late.status_code, late.json["code"]) == (409, "terms_changed")
    joined = accepted(town, countered, town.safety, health)
    assert town.read({"order_id": joined["joint_order_id"]})["starts_on"] == days(8, 9)["starts_on"]
    assert [e for e, *_ in told(town, first)] == [
        "join.proposed.v1",
        "join.answered.v1",
        "join.answered.v1",
        "join.proposed.v1",
        "join.answered.v1",
        "join.answered.v1",
        "join.settled.v1",
    ]


def test_a_reason_to_decline_answers_j2_until_the_data_changes(town):
    theirs, mine = town.submitted(town.fire), town.drafted()
    proposal = proposed(town, mine, theirs, by=town.safety.clerk)
    declined = answered(town, proposal, "decline", town.fire.head, reason="需夜间停产时查").json
    assert (declined["state"], declined["reason"]) == ("declined", "需夜间停产时查")
    override = next(p for e, _, p in town.told(theirs) if e == "finding.overridden.v1")
    assert (override["rule"], override["reason"]) == ("J2", "需夜间停产时查")
    assert override["finding_key"] == f"J2:{mine['order_id']}:{mine['revision']}"
    looked = town.call(
        "PUT",
        f"/orders/{mine['order_id']}",
        town.safety.clerk,
        town.read(mine)["version"],
        json=town.a_draft(on_site_reason="另一理由"),
    ).json
    assert [f["outcome"] for f in looked["findings"] if f["rule"] == "J2"] == ["justify"]
    reopened = [p["other"] for e, _, p in town.told(mine) if e == "duplicate.reopened.v1"]
    assert reopened == [theirs["order_id"]]


def test_after_a_decline_the_order_goes_on_without_another_reason(town):
    theirs, mine = town.submitted(town.fire), town.drafted()
    answered(town, proposed(town, mine, theirs), "decline", town.fire.head, reason="需夜间停产时查")
    submitted = town.does("submit", town.read(mine), town.safety.clerk)
    assert submitted.status_code == 200, submitted.json
    assert [f["outcome"] for f in submitted.json["findings"] if f["rule"] == "J2"] == ["notice"]


def test_a_coordinator_decides_over_the_agencies(town):
    proposal = proposed(town, town.submitted(), town.submitted(town.fire), by=town.safety.clerk)
    assert answered(town, proposal, "decide", town.fire.head, decision="join", reason="x").status_code == 403
    joined = answered(town, proposal, "decide", COORDINATOR, decision="join", reason="同日可查").json
    assert (joined["state"], joined["by_coordinator"], joined["reason"]) == ("joined", True, "同日可查")
    settled = told(town, proposal)[-1][2]
    assert (settled["outcome"], settled["by_coordinator"]) == ("joined", True)
    joint = town.read({"order_id": joined["joint_order_id"]})
    assert joint["approvals"] == [], "both heads must approve still (R1, A5)"


def test_a_coordinator_may_let_them_go_apart(town):
    mine, theirs = town.submitted(), town.submitted(town.fire)
    proposal = proposed(town, mine, theirs)
    dismissed = answered(town, proposal, "decide", COORDINATOR, decision="dismiss", reason="两处厂房").json
    assert (dismissed["state"], dismissed["by_coordinator"]) == ("declined", True)
    approved = town.does("approve", town.read(mine), town.safety.head).json
    assert [f["outcome"] for f in approved["findings"] if f["rule"] == "J2"] == ["notice"]


def test_only_who_proposed_withdraws_and_nothing_is_answered_afterwards(town):
    proposal = proposed(town, town.submitted(), town.submitted(town.fire), by=town.safety.clerk)
    assert answered(town, proposal, "withdraw", town.fire.clerk).status_code == 403
    assert answered(town, proposal, "withdraw", town.safety.clerk).json["state"] == "withdrawn"
    late = answered(town, proposal, "accept", town.fire.clerk)
    assert (late.status_code, late.json["code"], late.json["outcome"]) == (
        409,
        "proposal_settled",
        "withdrawn",
    )


def test_a_proposal_lapses_when_an_order_moved_on(town):
    mine, theirs = town.submitted(), town.submitted(town.fire)
    proposal = proposed(town, mine, theirs, by=town.safety.clerk)
    town.does("return", town.read(mine), town.safety.head)
    town.call("POST", f"/orders/{theirs['order_id']}/return", town.fire.head, json={"reason": "改"})
    late = answered(town, proposal, "accept", town.fire.clerk)
    assert (late.status_code, late.json["code"]) == (409, "proposal_lapsed")
    assert theirs["order_id"] in late.json["moved_on"]
    assert shown(town, proposal).json["state"] == "lapsed", "the lapse is kept"


def test_the_clock_lets_go_of_what_moved_on_or_ran_out(town):
    mine, theirs = town.submitted(), town.submitted(town.fire, **days(0, 20))
    over = proposed(town, mine, theirs)
    with UnitOfWork(town.pool, "/inspection") as uow:
        assert lapse_due(uow, today()) == 0
        assert lapse_due(uow, today() + timedelta(days=8)) == 1
        uow.commit()
    assert shown(town, over).json["state"] == "lapsed"
    again = proposed(town, mine, theirs)
    town.call("POST", f"/orders/{theirs['order_id']}/cancel", town.fire.clerk, json={"reason": "撤销"})
    assert shown(town, again).json["orders"][1]["moved_on"]
    with UnitOfWork(town.pool, "/inspection") as uow:
        assert (lapse_due(uow, today()), lapse_due(uow, today())) == (1, 0)
        uow.commit()


def test_submitting_and_approving_is_not_moving_on(town):
    mine, theirs = town.drafted(), town.submitted(town.fire)
    proposal = proposed(town, mine, theirs)
    town.does("approve", town.read(theirs), town.fire.head)
    joint = town.read({"order_id": accepted(town, proposal, town.safety, town.fire)["joint_order_id"]})
    assert [a["agency_id"] for a in joint["approvals"]] == [str(town.fire.agency_id)]


def test_an_order_is_in_one_open_proposal(town, health):
    first, second, third = town.submitted(), town.submitted(town.fire), town.submitted(health)
    proposal = proposed(town, first, second)
    body = {"orders": [third["order_id"], second["order_id"]]}
    refused = town.call("POST", "/join-proposals", COORDINATOR, json=body)
    assert (refused.status_code, refused.json["code"]) == (409, "already_proposed")
    assert refused.json["proposal_id"] == proposal["proposal_id"]
    town.call("POST", f"/orders/{first['order_id']}/cancel", town.safety.clerk, json={"reason": "撤销"})
    assert proposed(town, third, second)["state"] == "open", "the one that moved on is no hindrance"
    assert shown(town, proposal).json["state"] == "lapsed"


def test_windows_without_a_day_in_common_are_named_and_a_new_one_is_taken(town):
    mine, theirs = town.submitted(**days(0, 3)), town.submitted(town.fire, **days(6, 9))
    body = {"orders": [mine["order_id"], theirs["order_id"]]}
    refused = town.call("POST", "/join-proposals", COORDINATOR, json=body)
    [error] = refused.json["errors"]
    assert (refused.status_code, error["pointer"]) == (422, "/starts_on")
    assert days(0, 3)["ends_on"] in error["message"]
    assert days(6, 9)["starts_on"] in error["message"]
    proposal = proposed(town, mine, theirs, **days(4, 7))
    joint = town.read({"order_id": accepted(town, proposal, town.safety, town.fire)["joint_order_id"]})
    assert (joint["starts_on"], joint["ends_on"]) == tuple(days(4, 7).values())


def test_what_was_approved_everywhere_is_not_moved_out_of_its_window(town):
    mine, theirs = town.approved(**days(0, 5)), town.approved(town.fire, **days(0, 9))
    body = {"orders": [mine["order_id"], theirs["order_id"]], **days(4, 8)}
    refused = town.call("POST", "/join-proposals", COORDINATOR, json=body)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/starts_on")


@pytest.mark.parametrize(
    ("offer", "pointer"),
    [
        ({"lead_agency_id": str(new_id())}, "/lead_agency_id"),
        ({"inspectors": [str(new_id())]}, "/inspectors/0"),
        ({"headcount": 1}, "/inspectors"),
        ({"ends_on": "2020-01-01", "starts_on": "2019-12-01"}, "/ends_on"),
        ({"reasons": {"J4:x": "没有这一条"}}, "/reasons/J4:x"),
    ],
)
def test_a_bad_offer_names_the_field(town, offer, pointer):
    body = {"orders": [town.submitted()["order_id"], town.submitted(town.fire)["order_id"]], **offer}
    refused = town.call("POST", "/join-proposals", COORDINATOR, json=body)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)


def test_what_cannot_be_proposed_is_told(town):
    mine, theirs = town.drafted(), town.drafted(town.fire)

    def refused(*orders, by=COORDINATOR):
        return town.call("POST", "/join-proposals", by, json={"orders": [o["order_id"] for o in orders]})

    assert refused(mine, mine).status_code == 422
    assert refused(mine, {"order_id": str(new_id())}).status_code == 404
    assert refused(mine, theirs, by=town.safety.clerk).status_code == 404, "another's draft is not seen"
    same = refused(mine, town.drafted(**days(0, 1)))
    assert same.json["errors"][0]["pointer"] == "/orders"
    town.call("POST", f"/orders/{theirs['order_id']}/cancel", town.fire.clerk, json={"reason": "撤销"})
    assert refused(mine, theirs).json["errors"][0]["pointer"] == "/orders/1"


def test_each_agency_sees_the_proposals_that_concern_it(town, health):
    proposal = proposed(town, town.submitted(), town.submitted(town.fire))
    listed = town.call("GET", "/join-proposals?waiting=true", town.fire.clerk).json
    assert [one["proposal_id"] for one in listed["items"]] == [proposal["proposal_id"]]
    assert town.call("GET", "/join-proposals", health.clerk).json["items"] == []
    assert shown(town, proposal, health.clerk).status_code == 404
    assert answered(town, proposal, "accept", health.clerk).status_code == 404
    accepted(town, proposal, town.fire)
    assert town.call("GET", "/join-proposals?waiting=true", town.fire.clerk).json["items"] == []
    assert len(town.call("GET", "/join-proposals?state=open", COORDINATOR).json["items"]) == 1


def test_an_answer_may_name_the_version_it_was_read_in_and_be_repeated(town):
    proposal = proposed(town, town.submitted(), town.submitted(town.fire))
    path, body = f"/join-proposals/{proposal['proposal_id']}/accept", {"round": 1}
    stale = town.call("POST", path, town.fire.clerk, 7, json=body)
    assert (stale.status_code, stale.json["code"]) == (412, "stale_version")
    first = town.call("POST", path, town.fire.clerk, 1, key="the-same-key", json=body)
    again = town.call("POST", path, town.fire.clerk, 1, key="the-same-key", json=body)
    assert (first.status_code, again.status_code, first.json) == (200, 200, again.json)
    twice = town.call("POST", path, town.fire.clerk, json=body)
    assert (twice.status_code, twice.json["code"]) == (409, "already_accepted")


def test_too_many_people_need_a_reason_that_holds_for_the_joint_order(town, health):
    """Rule J4: nine of three agencies, eight are let in without a word."""
    crowds = []
    for staff, domain in ((town.safety, "emergency"), (town.fire, "fire"), (health, "health")):
        third = an_inspector(staff.agency_id, scope=(domain,), name="赵三")
        replicate(town.pool, third)
        crowds.append([str(i.inspector_id) for i in (*staff.inspectors, third)])
    orders = [
        town.submitted(staff, inspectors=crowd)
        for staff, crowd in zip((town.safety, town.fire, health), crowds, strict=True)
    ]
    body = {"orders": [order["order_id"] for order in orders]}
    refused = town.call("POST", "/join-proposals", COORDINATOR, json=body)
    assert (refused.status_code, refused.json["code"]) == (409, "reason_required")
    [finding] = refused.json["findings"]
    assert (finding["rule"], finding["figures"]["people"]) == ("J4", 9)
    proposal = proposed(town, *orders, reasons={finding["key"]: "三个车间同时查"})
    joined = accepted(town, proposal, town.safety, town.fire, health)
    joint = town.read({"order_id": joined["joint_order_id"]})
    [kept] = [f for f in joint["findings"] if f["rule"] == "J4"]
    assert kept["reason"] == "三个车间同时查"
