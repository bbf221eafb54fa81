"""An agency's clerk imports the agency's own inspectors, and touches nobody else's."""

from __future__ import annotations

import threading
import time

import pytest

from services.chassis.identity import Role
from services.registry.imports import api as importing
from services.registry.imports import run as running
from tests.builders.registry import (
    a_csv,
    a_principal,
    an_agency_form,
    an_export_row,
    events_of,
)

REGISTRAR = a_principal(Role.REGISTRAR)
UNNAMED = ["姓名", "执法证号", "有效期起", "有效期止"]
NAMED = [*UNNAMED, "所属单位"]
OWN, OTHER = "宿迁经开区应急管理局", "宿迁经开区消防救援大队"


@pytest.fixture
def own(registry):
    return a_clerk(registry, OWN)


@pytest.fixture
def other(registry):
    return a_clerk(registry, OTHER)


def a_clerk(registry, name, area="321391"):
    form = an_agency_form(name=name, area_code=area)
    agency = registry.call("POST", "/agencies", REGISTRAR, json=form).json
    return a_principal(Role.AGENCY_CLERK, agency_id=agency["agency_id"], area_code=area)


def people(*rows, header=UNNAMED):
    return a_csv([[name, number, "2026-01-01", "2030-12-31", *more] for name, number, *more in rows], header)


def brought_in(registry, by, *rows, header=UNNAMED, **form):
    return registry.imported(people(*rows, header=header), "inspectors", by, **form)


def registered(registry):
    found = registry.call("GET", "/inspectors", REGISTRAR).json["items"]
    return {each["certificate_number"]: each for each in found}


def faults(registry, done):
    path = f"/imports/{done['import_id']}/errors"
    found = registry.call("GET", path, REGISTRAR).json["items"]
    return [(fault["line"], fault["code"]) for fault in found]


def counted(done):
    return {name: done[name] for name in ("created", "updated", "unchanged", "rejected")}


def test_who_is_named_without_an_agency_is_of_the_clerks_own(registry, own):
    done = brought_in(registry, own, ("李检", "A-1"), ("王查", "A-2"))
    assert (done["state"], done["agency"], done["created"]) == ("finished", OWN, 2)
    assert {each["agency_id"] for each in registered(registry).values()} == {own.agency_id}
    with registry.pool.connection() as connection:
        assert {told["agency_id"] for told in events_of(connection, "inspector.changed")} == {own.agency_id}


def test_rows_of_another_agency_are_errors_and_the_rest_is_brought_in(registry, own, other):
    rows = [("李检", "A-1", OWN), ("王查", "A-2", OTHER), ("赵验", "A-3", ""), ("钱督", "A-4", "没有的局")]
    done = brought_in(registry, own, *rows, header=NAMED)
    assert counted(done) == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 2}
    assert faults(registry, done) == [(3, "outside_agency"), (5, "unknown_agency")]
    assert set(registered(registry)) == {"A-1", "A-3"}


def test_an_error_names_the_column_of_the_file_and_the_way_out_in_both_languages(registry, own, other):
    done = brought_in(registry, own, ("王查", "A-2", OTHER), header=[*UNNAMED, "所在单位"])
    (fault,) = registry.call("GET", f"/imports/{done['import_id']}/errors", own).json["items"]
    assert (fault["column"], fault["value"]) == ("所在单位", OTHER)
    assert "登记管理员" in fault["zh"]
    assert "registrar" in fault["en"]


@pytest.mark.parametrize("dry_run", ["false", "true"])
def test_a_certificate_number_of_another_agency_is_an_error_and_changes_nothing(
    registry, own, other, dry_run
):
    brought_in(registry, other, ("王查", "B-1"))
    known = registered(registry)["B-1"]
    done = brought_in(registry, own, ("王查", "B-1"), ("李检", "A-1"), dry_run=dry_run)
    assert counted(done) == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    assert faults(registry, done) == [(2, "certificate_elsewhere")]
    assert registered(registry)["B-1"] == known
    with registry.pool.connection() as connection:
        told = [event["certificate_number"] for event in events_of(connection, "inspector.changed")]
    assert told.count("B-1") == 1


def test_the_own_are_updated_and_the_same_file_again_changes_nothing(registry, own):
    brought_in(registry, own, ("李检", "A-1"), ("王查", "A-2"))
    again = brought_in(registry, own, ("李检", "A-1", OWN), ("王察", "A-2", OWN), header=NAMED)
    assert counted(again) == {"created": 0, "updated": 1, "unchanged": 1, "rejected": 0}
    assert registered(registry)["A-2"]["name"] == "王察"


def test_of_two_agencies_that_bring_in_one_new_number_at_once_one_has_it_and_the_other_is_told(
    registry, own, other, monkeypatch
):
    """The first keeps its rows uncommitted until the second waits for them: both found the number free."""
    started = {
        clerk.agency_id: registry.upload(people(("李检", "N-1")), "inspectors", clerk).json["import_id"]
        for clerk in (own, other)
    }
    write, first = running._write, threading.Lock()

    def write_together(connection, *args):
        write(connection, *args)
        if first.acquire(blocking=False):
            wait_until_blocking(registry, connection.info.backend_pid)

    monkeypatch.setattr(running, "_write", write_together)
    registry.worked_off_by_two()
    done = {
        agency: registry.call("GET", f"/imports/{ident}", REGISTRAR).json for agency, ident in started.items()
    }
    assert [each["state"] for each in done.values()] == ["finished", "finished"]
    (has,) = [agency for agency, each in done.items() if each["created"]]
    (told,) = [each for agency, each in done.items() if agency != has]
    assert counted(told) == {"created": 0, "updated": 0, "unchanged": 0, "rejected": 1}
    assert faults(registry, told) == [(2, "certificate_elsewhere")]
    assert registered(registry)["N-1"]["agency_id"] == has
    with registry.pool.connection() as connection:
        assert [event["agency_id"] for event in events_of(connection, "inspector.changed")] == [has]


def wait_until_blocking(registry, pid):
    deadline = time.monotonic() + 300
    with registry.pool.connection() as connection:
        connection.autocommit = True
        while not connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))", (pid,)
        ).fetchone():
            assert time.monotonic() < deadline, "nobody waits for the rows of the first"
            time.sleep(0.02)
        connection.autocommit = False


@pytest.mark.parametrize("kind", ["enterprises", "agencies", "items"])
def test_everything_else_is_the_registrars(registry, own, kind):
    for refused in (
        registry.upload(a_csv([an_export_row(1)]), kind, own),
        registry.preview(a_csv([an_export_row(1)]), own, kind=kind),
    ):
        assert (refused.status_code, refused.json["code"]) == (403, "forbidden")
        assert "本单位的执法人员" in refused.json["detail"]
        assert "登记管理员" in refused.json["remedy"]
    assert registry.call("GET", "/imports", own).json["items"] == []


def test_an_account_without_an_agency_imports_nothing_and_sees_no_import(registry, own):
    done = brought_in(registry, own, ("李检", "A-1"))
    nobodys = a_principal(Role.AGENCY_CLERK, Role.COORDINATOR)
    paths = ["/imports", f"/imports/{done['import_id']}", f"/imports/{done['import_id']}/errors.csv"]
    assert [registry.call("GET", path, nobodys).status_code for path in paths] == [403, 403, 403]
    refused = registry.upload(people(("李检", "A-1")), "inspectors", nobodys)
    assert (refused.status_code, "不属于任何单位" in refused.json["detail"]) == (403, True)


def test_who_oversees_everything_still_imports_the_own_agencys_alone(registry, own, other):
    """A coordinator sees all agencies; that opens none to their imports."""
    both = a_principal(Role.AGENCY_CLERK, Role.COORDINATOR, agency_id=own.agency_id, area_code="321391")
    brought_in(registry, other, ("王查", "B-1"))
    done = brought_in(registry, both, ("王查", "B-1"), ("李检", "A-1"))
    assert counted(done) == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    assert [each["agency"] for each in registry.call("GET", "/imports", both).json["items"]] == [OWN]


def test_a_clerk_sees_the_imports_of_the_own_agency_and_a_registrar_those_of_the_area(registry, own, other):
    mine = brought_in(registry, own, ("李检", "A-1"))["import_id"]
    theirs = brought_in(registry, other, ("王查", "B-1"))["import_id"]
    central = brought_in(registry, REGISTRAR, ("赵验", "C-1", OWN), header=NAMED)["import_id"]
    here, elsewhere = (a_principal(Role.REGISTRAR, area_code=area) for area in ("321391", "321302"))

    def listed(by):
        return [each["import_id"] for each in registry.call("GET", "/imports", by).json["items"]]

    assert listed(own) == [mine]
    assert listed(other) == [theirs]
    assert listed(here) == [theirs, mine]
    assert listed(elsewhere) == []
    assert listed(REGISTRAR) == [central, theirs, mine]
    for path in ("", "/errors", "/errors.csv"):
        answers = [
            registry.call("GET", f"/imports/{ident}{path}", own).status_code
            for ident in (mine, theirs, central)
        ]
        assert answers == [200, 404, 404]


def test_a_preview_takes_a_clerks_file_for_inspectors_whose_agency_need_not_be_named(registry, own):
    shown = registry.preview(people(("李检", "A-1")), own).json
    assert (shown["kind"], shown["missing"]) == ("inspectors", [])
    asked = registry.preview(people(("李检", "A-1")), REGISTRAR, kind="inspectors").json
    assert asked["missing"] == ["agency"]
    enterprises = registry.preview(a_csv([an_export_row(1)]), own).json
    assert enterprises["kind"] == "inspectors"
    assert "certificate_number" in enterprises["missing"]


def test_a_registrar_of_one_area_takes_no_inspector_from_another(registry, own):
    away = a_clerk(registry, "宿豫区应急管理局", area="321311")
    brought_in(registry, away, ("王查", "B-1"))
    here = a_principal(Role.REGISTRAR, area_code="321391")
    done = brought_in(registry, here, ("王查", "B-1", OWN), ("李检", "A-1", OWN), header=NAMED)
    assert (done["created"], done["rejected"]) == (1, 1)
    assert faults(registry, done) == [(2, "outside_area")]
    assert registered(registry)["B-1"]["agency_id"] == away.agency_id


def test_an_agencys_file_is_small(registry, own, monkeypatch):
    monkeypatch.setattr(importing, "LARGEST_OWN", 1000)
    rows = [("李检", f"A-{number}", OWN) for number in range(40)]
    content = people(*rows, header=NAMED)
    assert registry.upload(content, "inspectors", own).status_code == 413
    assert registry.upload(content, "inspectors", REGISTRAR).status_code == 202
