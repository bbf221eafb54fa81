from __future__ import annotations

import pytest

from services.chassis.codes import short
from services.chassis.identity import Permission, Role
from services.chassis.identity.permissions import GRANTS
from services.chassis.ids import new_id
from tests.builders.registry import PHONE, a_principal, a_uscc, an_enterprise_form, events_of

REGISTRAR = a_principal(Role.REGISTRAR)
COORDINATOR = a_principal(Role.COORDINATOR)


def registered(registry, number: int = 1, **changes):
    answer = registry.call("POST", "/enterprises", REGISTRAR, json=an_enterprise_form(number, **changes))
    assert answer.status_code == 201, answer.json
    return answer.json


def test_an_enterprise_is_registered_with_its_address_as_premises(registry):
    made = registered(registry)
    (premises,) = made["premises"]
    assert premises["address"] == made["address"]
    assert premises["registered"]
    assert len(premises["short_code"]) == 9
    assert made["version"] == 1


def test_the_event_says_the_whole_enterprise_and_nothing_personal(registry):
    made = registered(registry)
    with registry.pool.connection() as connection:
        (payload,) = events_of(connection, "enterprise.changed")
    assert payload["enterprise_id"] == made["enterprise_id"]
    assert payload["premises"][0]["premises_id"] == made["premises"][0]["premises_id"]
    assert "张三丰" not in str(payload)
    assert PHONE not in str(payload)


def test_the_contact_is_masked_in_every_read(registry):
    made = registered(registry)
    path = f"/enterprises/{made['enterprise_id']}"
    for answer in (registry.call("GET", path, REGISTRAR), registry.call("GET", "/enterprises", REGISTRAR)):
        assert PHONE not in answer.text
        assert "139****5678" in answer.text
    assert registry.call("GET", path, COORDINATOR).json["legal_representative"] == "张**"


def test_the_contact_in_clear_is_for_who_may_read_contacts(registry):
    path = f"/enterprises/{registered(registry)['enterprise_id']}/contact"
    assert registry.call("GET", path, REGISTRAR).json == {"phone": PHONE}
    assert registry.call("GET", path, COORDINATOR).status_code == 403


def test_the_same_code_twice_is_a_conflict(registry):
    registered(registry)
    answer = registry.call("POST", "/enterprises", REGISTRAR, json=an_enterprise_form(1, name="别的公司"))
    assert answer.status_code == 409
    assert answer.json["field"] == "uscc"


def test_a_change_needs_the_version_that_was_read(registry):
    made = registered(registry)
    path = f"/enterprises/{made['enterprise_id']}"
    change = an_enterprise_form(name="宿迁新名有限公司", premises=[_given(made["premises"][0])])
    assert registry.call("PUT", path, REGISTRAR, json=change).status_code == 428
    assert registry.call("PUT", path, REGISTRAR, version=7, json=change).status_code == 412
    answer = registry.call("PUT", path, REGISTRAR, version=1, json=change)
    assert answer.json["version"] == 2
    assert answer.headers["ETag"] == '"2"'


def test_a_premises_is_added_and_none_vanishes(registry):
    made = registered(registry)
    path = f"/enterprises/{made['enterprise_id']}"
    second = {"name": "二厂区", "address": "富民大道 8 号", "area_code": "321391"}
    dropped = registry.call("PUT", path, REGISTRAR, version=1, json=an_enterprise_form(premises=[second]))
    assert dropped.status_code == 422
    both = an_enterprise_form(premises=[_given(made["premises"][0]), second])
    answer = registry.call("PUT", path, REGISTRAR, version=1, json=both)
    assert len(answer.json["premises"]) == 2
    with registry.pool.connection() as connection:
        assert len(events_of(connection, "enterprise.changed")[-1]["premises"]) == 2


def test_a_premises_of_another_enterprise_is_refused(registry):
    first, second = registered(registry, 1), registered(registry, 2)
    stolen = _given(first["premises"][0])
    answer = registry.call(
        "PUT",
        f"/enterprises/{second['enterprise_id']}",
        REGISTRAR,
        version=1,
        json=an_enterprise_form(2, premises=[_given(second["premises"][0]), stolen | {"registered": False}]),
    )
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/premises/1/premises_id"


def test_an_agency_sees_the_enterprises_of_its_area(registry):
    here = registered(registry, 1)
    there = registered(registry, 2, area_code="321302")
    clerk = a_principal(Role.AGENCY_CLERK, agency_id=new_id(), area_code="321391")
    seen = registry.call("GET", "/enterprises", clerk).json["items"]
    assert [row["uscc"] for row in seen] == [here["uscc"]]
    assert registry.call("GET", f"/enterprises/{there['enterprise_id']}", clerk).status_code == 404
    city = a_principal(Role.AGENCY_CLERK, agency_id=new_id(), area_code="321300")
    assert len(registry.call("GET", "/enterprises", city).json["items"]) == 2


def test_a_registrar_of_one_area_does_not_write_into_another(registry):
    there = registered(registry, 1, area_code="321302")
    local = a_principal(Role.REGISTRAR, agency_id=new_id(), area_code="321391")
    made = registry.call("POST", "/enterprises", local, json=an_enterprise_form(2, area_code="321302"))
    assert made.status_code == 403
    taken = registry.call(
        "PUT",
        f"/enterprises/{there['enterprise_id']}",
        local,
        version=1,
        json=an_enterprise_form(1, premises=[_given(there["premises"][0])]),
    )
    assert taken.status_code == 404


def test_part_of_a_name_finds_it(registry):
    registered(registry, 1)
    registered(registry, 2, name="江苏绿源食品有限公司")
    found = registry.call("GET", "/enterprises?q=绿源", COORDINATOR).json["items"]
    assert [row["name"] for row in found] == ["江苏绿源食品有限公司"]
    assert registry.call("GET", "/enterprises?q=源", COORDINATOR).status_code == 422


def test_pages_follow_each_other(registry):
    for number in range(1, 6):
        registered(registry, number)
    first = registry.call("GET", "/enterprises?limit=3", COORDINATOR).json
    second = registry.call("GET", f"/enterprises?limit=3&after={first['next']}", COORDINATOR).json
    assert [len(first["items"]), len(second["items"]), second["next"]] == [3, 2, None]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"uscc": "91321391MA0000001"}, "/uscc"),
        ({"uscc": a_uscc()[:-1] + ("A" if a_uscc()[-1] != "A" else "B")}, "/uscc"),
        ({"uscc": "9.13E+17"}, "/uscc"),
        ({"uscc": 0}, "/uscc"),
        ({"name": "  "}, "/name"),
        ({"area_code": "32139"}, "/area_code"),
        ({"grade": "S"}, "/grade"),
        ({"active": "maybe"}, "/active"),
        ({"color": "red"}, "/color"),
        ({"latitude": 120}, "/latitude"),
        ({"contact_phone": "12345"}, "/contact_phone"),
    ],
)
def test_bad_input_names_its_field(registry, change, pointer):
    answer = registry.call("POST", "/enterprises", REGISTRAR, json=an_enterprise_form(**change))
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def _given(premises):
    return {name: value for name, value in premises.items() if name != "short_code"}


@pytest.mark.parametrize(
    "role", [role for role, granted in GRANTS.items() if Permission.REGISTRY_READ in granted]
)
def test_a_gate_code_is_shown_to_registrars_and_to_nobody_else(registry, role):
    made = registered(registry)
    code = made["premises"][0]["short_code"]
    reader = a_principal(role)
    one = registry.call("GET", f"/enterprises/{made['enterprise_id']}", reader)
    (listed,) = registry.call("GET", "/enterprises", reader, query_string={"uscc": made["uscc"]}).json[
        "items"
    ]
    expected = code if Permission.REGISTRY_WRITE in GRANTS[role] else "*********"
    for shown in (one.json, listed):
        assert shown["premises"][0]["short_code"] == expected
    assert (code in one.text) is (expected == code)


def test_short_codes_are_what_the_scanner_expects(registry):
    with registry.pool.connection() as connection:
        rows = connection.execute(
            "SELECT short_code(n) AS code FROM generate_series(1, 2000) n UNION ALL SELECT short_code(500246412960)"
        ).fetchall()
    codes = [row["code"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert all(short.parse(code) == code for code in codes)
