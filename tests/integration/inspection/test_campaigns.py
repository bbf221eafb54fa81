"""Campaigns: filed, published, revised, ended; and how orders draw down the quota (rule A7)."""

from datetime import timedelta

import pytest

from tests.builders.grounds import a_campaign, a_filing, under
from tests.builders.inspection import COORDINATOR, a_premises, a_town, an_enterprise, replicate, today


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def path(campaign, step=""):
    return f"/campaigns/{campaign['campaign_id']}{step}"


def filed(town, **changes):
    answer = town.call("POST", "/campaigns", town.safety.clerk, json=a_filing(**changes))
    assert answer.status_code == 201, answer.json
    return answer.json


def enterprises(town, count):
    """The bodies that point at `count` new enterprises."""
    new = [an_enterprise(premises=(a_premises(),)) for _ in range(count)]
    replicate(town.pool, *new)
    return [
        {"enterprise_id": str(e.enterprise_id), "premises_id": str(e.premises[0].premises_id)} for e in new
    ]


def elsewhere(town):
    (other,) = enterprises(town, 1)
    return other


def test_what_the_clerk_files_the_head_publishes_and_everybody_reads(town):
    campaign = filed(town)
    assert (campaign["state"], campaign["allowed"]) == ("filed", ["correct", "publish", "end"])
    assert town.call("GET", path(campaign)).status_code == 404
    assert town.call("GET", "/campaigns").json["items"] == []
    published = town.call("POST", path(campaign, "/publish"), town.safety.head, 1).json
    assert (published["state"], published["published_on"]) == ("published", str(today()))
    read = town.call("GET", path(campaign)).json
    assert (read["agency"], read["used"], read["left"]) == (town.safety.agency.name, 0, 5)
    assert [each["campaign_id"] for each in town.call("GET", "/campaigns").json["items"]] == [
        campaign["campaign_id"]
    ]
    assert [(event, version) for event, version, _ in town.told()] == [
        ("campaign.changed.v1", 1),
        ("campaign.changed.v1", 2),
    ]


def test_a_filing_is_seen_by_its_agency_and_the_coordinator(town):
    campaign = filed(town)
    one = f"/campaign-filings/{campaign['campaign_id']}"
    for by, status, count in (
        (town.safety.clerk, 200, 1),
        (COORDINATOR, 200, 1),
        (town.fire.clerk, 404, 0),
    ):
        assert town.call("GET", one, by).status_code == status
        assert len(town.call("GET", "/campaign-filings", by).json["items"]) == count


def test_a_published_filing_is_read_by_others_and_the_coordinator_asks_for_one_agency(town):
    campaign = a_campaign(town)
    one = f"/campaign-filings/{campaign['campaign_id']}"
    assert town.call("GET", one, town.fire.clerk).json["name"] == campaign["name"]

    def found(by, agency):
        query = {"agency_id": str(agency.agency_id)}
        return len(town.call("GET", "/campaign-filings", by, query_string=query).json["items"])

    assert (found(COORDINATOR, town.safety), found(COORDINATOR, town.fire)) == (1, 0)
    assert found(town.fire.clerk, town.safety) == 0


def test_a_filing_is_corrected_before_it_is_public_and_revised_after(town):
    campaign = filed(town)
    assert town.call("PUT", path(campaign), town.fire.clerk, 1, json=a_filing()).status_code == 404
    corrected = town.call("PUT", path(campaign), town.safety.clerk, 1, json=a_filing(quota=7)).json
    assert (corrected["version"], corrected["quota"]) == (2, 7)
    assert town.call("PUT", path(campaign), town.safety.clerk, 1, json=a_filing()).status_code == 412
    town.call("POST", path(campaign, "/publish"), town.safety.head, 2)
    late = town.call("PUT", path(campaign), town.safety.clerk, 3, json=a_filing())
    assert (late.status_code, late.json["allowed"]) == (409, ["revise", "end"])
    body = a_filing(quota=9) | {"reason": "市政府增加名额"}
    revised = town.call("POST", path(campaign, "/revise"), town.safety.head, 3, json=body).json
    assert (revised["quota"], revised["state"]) == (9, "published")
    public = town.call("GET", path(campaign)).json
    assert [version["content"]["quota"] for version in public["versions"]] == [9, 7, 7, 5]
    assert public["versions"][0]["reason"] == "市政府增加名额"


def test_an_ended_campaign_says_why_and_stays_readable(town):
    campaign = a_campaign(town)
    ended = town.call(
        "POST", path(campaign, "/end"), town.safety.head, campaign["version"], json={"reason": "任务完成"}
    ).json
    assert (ended["state"], ended["active"], ended["allowed"]) == ("ended", False, [])
    assert town.call("GET", path(campaign)).json["versions"][0]["reason"] == "任务完成"
    again = town.call("POST", path(campaign, "/publish"), town.safety.head, ended["version"])
    assert (again.status_code, again.json["code"]) == (409, "wrong_state")


def test_one_filing_number_is_one_campaign(town):
    number = {"filing_number": "宿政检备〔2026〕1号"}
    filed(town, **number)
    again = town.call("POST", "/campaigns", town.fire.clerk, json=a_filing(**number))
    assert (again.status_code, again.json["code"]) == (409, "filing_taken")
    other = filed(town)
    taken = town.call("PUT", path(other), town.safety.clerk, 1, json=a_filing(**number))
    assert (taken.status_code, taken.json["code"]) == (409, "filing_taken")
    assert town.call("GET", f"/campaign-filings/{other['campaign_id']}", COORDINATOR).json["version"] == 1


def test_a_campaign_published_long_after_its_approval_says_so(town):
    campaign = a_campaign(town, approved_on=str(today() - timedelta(days=40)))
    assert [notice["rule"] for notice in campaign["notices"]] == ["A7"]
    assert a_campaign(town)["notices"] == []


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"name": " "}, "/name"),
        ({"filing_number": ""}, "/filing_number"),
        ({"approved_on": str(today() + timedelta(days=1))}, "/approved_on"),
        ({"ends_on": str(today() - timedelta(days=1))}, "/ends_on"),
        ({"starts_on": "9999-12-31", "ends_on": "9999-12-30"}, "/ends_on"),
        (
            {"starts_on": str(today() - timedelta(days=9)), "ends_on": str(today() - timedelta(days=1))},
            "/ends_on",
        ),
        ({"ends_on": str(today() + timedelta(days=1000))}, "/ends_on"),
        ({"quota": 0}, "/quota"),
        ({"objects": "many"}, "/objects"),
        ({"nonsense": 1}, "/nonsense"),
    ],
)
def test_what_is_wrong_in_a_filing_is_named(town, changes, pointer):
    answer = town.call("POST", "/campaigns", town.safety.clerk, json=a_filing(**changes))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert town.told() == []


def test_a_repeated_filing_is_one_campaign(town):
    body = a_filing()
    twice = [
        town.call("POST", "/campaigns", town.safety.clerk, key="once-and-again", json=body) for _ in "12"
    ]
    assert twice[0].json["campaign_id"] == twice[1].json["campaign_id"]


def test_a_submitted_order_uses_the_quota_a_draft_does_not(town):
    campaign = a_campaign(town)
    order = town.drafted(**under(campaign))
    assert town.call("GET", path(campaign)).json["used"] == 0
    order = town.does("submit", order, town.safety.clerk).json
    assert order["state"] == "submitted", order
    assert town.call("GET", path(campaign)).json["left"] == 4
    town.call("POST", f"/orders/{order['order_id']}/cancel", town.safety.clerk, json={"reason": "企业停产"})
    assert town.call("GET", path(campaign)).json["left"] == 5


def test_an_order_that_lives_on_in_a_joint_one_still_uses_the_quota(town):
    campaign = a_campaign(town)
    host, guest = town.submitted(town.fire), town.submitted(**under(campaign))
    assert town.joins(host, guest).status_code == 200
    assert town.call("GET", path(campaign)).json["used"] == 1


def test_a_guest_of_a_guest_gives_its_place_back_with_the_outermost_order(town):
    campaign = a_campaign(town)
    inner = town.joins(town.submitted(town.fire), town.submitted(**under(campaign))).json
    outer = town.joins(town.drafted(), inner).json
    assert town.call("GET", path(campaign)).json["used"] == 1
    ended = {"reason": "企业停产"}
    answer = town.call("POST", f"/orders/{outer['order_id']}/cancel", town.safety.clerk, json=ended)
    assert answer.json["state"] == "cancelled"
    assert town.call("GET", path(campaign)).json["used"] == 0


def test_a7_the_quota_stops_the_order_that_would_overrun_it(town):
    campaign = a_campaign(town, quota=1)
    town.submitted(**under(campaign))
    order = town.drafted(**under(campaign, **elsewhere(town)))
    refused = town.does("submit", order, town.safety.clerk)
    assert (refused.status_code, [f["rule"] for f in refused.json["findings"]]) == (409, ["A7"])
    assert town.call("GET", path(campaign)).json["used"] == 1


def test_a_draft_of_a_campaign_does_not_slip_past_the_quota_into_a_joint_order(town):
    campaign = a_campaign(town, quota=1)
    town.submitted(**under(campaign))
    place = elsewhere(town)
    host, guest = town.submitted(town.fire, **place), town.drafted(**under(campaign, **place))
    refused = town.joins(host, guest)
    assert (refused.status_code, refused.json["code"]) == (409, "quota_used")
    assert town.read(guest)["state"] == "drafted"


def test_a_quota_does_not_fall_below_what_is_used(town):
    campaign = a_campaign(town)
    town.submitted(**under(campaign))
    other = elsewhere(town)
    town.submitted(**under(campaign, **other))
    body = a_filing(quota=1) | {"reason": "减少"}
    refused = town.call("POST", path(campaign, "/revise"), town.safety.head, campaign["version"], json=body)
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/quota")
    body = a_filing(quota=2) | {"reason": "减少"}
    revised = town.call("POST", path(campaign, "/revise"), town.safety.head, campaign["version"], json=body)
    assert (revised.status_code, revised.json["left"]) == (200, 0)
