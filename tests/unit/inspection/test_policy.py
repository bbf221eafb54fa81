"""Profiles: which one governs, and what a typo does."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from services.chassis.policy import policies
from services.chassis.policy.load import FOLDER, BadProfile, load, read

GIVEN = (FOLDER / "default.yaml").read_text("utf-8")


def in_china(moment):
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("area", "moment", "label"),
    [
        ("321391", "2026-02-01 00:00", "suqian@2026.1"),
        ("321391", "2026-01-31 23:59", "default@2025.1"),
        ("320102", "2026-06-01 12:00", "default@2025.1"),
        ("510107", "2026-06-01 12:00", "chengdu@2025.1"),
        ("440305", "2026-06-01 12:00", "shenzhen@2025.1"),
        ("", "2026-06-01 12:00", "default@2025.1"),
    ],
)
def test_the_smallest_area_and_the_day_of_its_city_decide(area, moment, label):
    assert policies().governing(area, in_china(moment)).label == label


def test_a_newer_version_takes_over_on_its_day(tmp_path):
    (tmp_path / "a.yaml").write_text(GIVEN, "utf-8")
    newer = GIVEN.replace('"2025.1"', '"2027.1"').replace("2025-01-01", "2027-01-01")
    (tmp_path / "b.yaml").write_text(newer, "utf-8")
    found = load(tmp_path)
    assert found.governing("32", in_china("2026-12-31 23:59")).version == "2025.1"
    assert found.governing("32", in_china("2027-01-01 00:00")).version == "2027.1"


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("join_days: 30", "join_day: 30", "join_day"),
        ("join_days: 30", "join_days: soon", "join_days"),
        ("min_inspectors: 2", "min_inspectors: 0", "min_inspectors"),
        ("min_inspectors: 2", "", "min_inspectors"),
        ("[routine, random, campaign]", "[routine, whim]", "blocking_triggers"),
        ("annual_caps: []", "annual_caps: [{visits: 1, grade: E}]", "grade"),
        ("Asia/Shanghai", "Asia/Suqian", "timezone"),
        ('areas: [""]', "areas: [苏]", "areas"),
        ("in_force_from: 2025-01-01", "in_force_from: 2025-13-01", "in_force_from"),
        ("name: default", "name: [", "a.yaml"),
    ],
)
def test_a_typo_names_its_file_and_field(tmp_path, right, wrong, named):
    assert right in GIVEN
    path = tmp_path / "a.yaml"
    path.write_text(GIVEN.replace(right, wrong, 1), "utf-8")
    with pytest.raises(BadProfile, match=named) as bad:
        read(path)
    assert "a.yaml" in str(bad.value)


PLACES = {
    "suqian": {"reviewed_triggers", "unplanned_reviewed", "quiet_until_day", "top_grade_share"},
    "chengdu": {"visits_per_day", "visits_per_week", "visits_per_month", "zero_finding_streak"},
    "shenzhen": set(),
}


def test_every_place_has_its_profile():
    assert {profile.name for profile in policies().profiles} == {"default", *PLACES}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_differs_only_where_it_says_so(place):
    found = {profile.name: vars(profile) for profile in policies().profiles}
    differing = {name for name, value in found["default"].items() if found[place][name] != value}
    assert differing - {"name", "version", "in_force_from", "areas"} == PLACES[place]


def a_place(folder, text):
    (folder / "default.yaml").write_text(GIVEN, "utf-8")
    (folder / "place.yaml").write_text(text, "utf-8")
    return folder / "place.yaml"


OWN = 'extends: default\nname: place\nversion: "1"\nin_force_from: 2025-01-01\nareas: ["32"]\n'


def test_a_profile_may_extend_another(tmp_path):
    profile = read(a_place(tmp_path, OWN + "join_days: 7"))
    assert (profile.name, profile.join_days, profile.min_inspectors) == ("place", 7, 2)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (OWN + "join_day: 7", "join_day"),
        (OWN.replace('areas: ["32"]', ""), "areas"),
        (OWN.replace("extends: default", "extends: defualt"), "defualt"),
        (OWN.replace("extends: default", "extends: place"), "extends"),
        ("- join_days", "not a mapping"),
    ],
)
def test_a_typo_in_what_extends_another_is_named(tmp_path, text, named):
    with pytest.raises(BadProfile, match=named) as bad:
        read(a_place(tmp_path, text))
    assert "place.yaml" in str(bad.value)


def test_some_profile_must_govern_everywhere(tmp_path):
    (tmp_path / "a.yaml").write_text(GIVEN.replace('areas: [""]', 'areas: ["32"]'), "utf-8")
    with pytest.raises(BadProfile, match="everywhere"):
        load(tmp_path)
