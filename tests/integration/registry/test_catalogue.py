"""Agencies, inspectors and items: through the API and from spreadsheets."""

from __future__ import annotations

import pytest

from services.chassis.identity import Role
from services.chassis.ids import new_id
from tests.builders.registry import a_csv, a_principal, an_agency_form, an_item_form, events_of

REGISTRAR = a_principal(Role.REGISTRAR)
COORDINATOR = a_principal(Role.COORDINATOR)
AGENCIES = ["检查主体名称", "层级", "领域", "行政区划代码", "委托机关", "主管行业"]
INSPECTORS = ["姓名", "执法证号", "所属单位", "人员类别", "执法领域", "发证日期", "有效期至"]
ITEMS = ["事项编码", "事项名称", "领域", "实施层级", "检查依据", "检查内容", "年度频次上限", "生效日期"]


def an_agency(registry, **changes):
    return registry.call("POST", "/agencies", REGISTRAR, json=an_agency_form(**changes)).json


def an_inspector_form(agency, **changes):
    return {
        "agency_id": agency["agency_id"],
        "name": "王建国",
        "certificate_number": "32139100001",
        "scope": ["emergency"],
        "valid_from": "2024-01-01",
        "valid_until": "2028-12-31",
    } | changes


def test_an_agency_is_registered_changed_and_told(registry):
    agency = an_agency(registry)
    path = f"/agencies/{agency['agency_id']}"
    changed = registry.call("PUT", path, REGISTRAR, version=1, json=an_agency_form(active=False)).json
    assert (changed["version"], changed["active"]) == (2, False)
    assert registry.call("PUT", path, REGISTRAR, version=1, json=an_agency_form()).status_code == 412
    with registry.pool.connection() as connection:
        assert [event["active"] for event in events_of(connection, "agency.changed")] == [True, False]


def test_an_agency_entrusts_not_itself_and_nobody_unknown(registry):
    agency = an_agency(registry)
    path = f"/agencies/{agency['agency_id']}"
    itself = an_agency_form(entrusted_by=agency["agency_id"])
    assert registry.call("PUT", path, REGISTRAR, version=1, json=itself).status_code == 422
    nobody = registry.call(
        "POST", "/agencies", REGISTRAR, json=an_agency_form(name="乙", entrusted_by=str(new_id()))
    )
    assert nobody.json["errors"][0]["pointer"] == "/entrusted_by"


def test_an_inspector_is_seen_by_his_agency_and_by_who_oversees(registry):
    agency = an_agency(registry)
    made = registry.call("POST", "/inspectors", REGISTRAR, json=an_inspector_form(agency))
    assert made.status_code == 201
    path = f"/inspectors/{made.json['inspector_id']}"
    own = a_principal(Role.AGENCY_CLERK, agency_id=_id(agency))
    other = a_principal(Role.AGENCY_CLERK, agency_id=new_id())
    assert [registry.call("GET", path, who).status_code for who in (own, COORDINATOR, other)] == [
        200,
        200,
        404,
    ]
    assert registry.call("GET", f"/inspectors?agency_id={agency['agency_id']}", other).json["items"] == []


def test_two_inspectors_cannot_hold_one_certificate(registry):
    agency = an_agency(registry)
    assert registry.call("POST", "/inspectors", REGISTRAR, json=an_inspector_form(agency)).status_code == 201
    again = registry.call("POST", "/inspectors", REGISTRAR, json=an_inspector_form(agency, name="李四"))
    assert (again.status_code, again.json["field"]) == (409, "certificate_number")


def test_a_changed_checklist_is_a_new_version_and_the_old_one_stays(registry):
    item = registry.call("POST", "/items", REGISTRAR, json=an_item_form()).json
    path = f"/items/{item['item_id']}"
    renamed = registry.call("PUT", path, REGISTRAR, version=1, json=an_item_form(name="新名")).json
    assert (renamed["version"], renamed["checklist_version"]) == (2, 1)
    questions = [{"question_id": "q1", "text": "监护人是否在场？"}]
    changed = registry.call("PUT", path, REGISTRAR, version=2, json=an_item_form(checklist=questions)).json
    assert (changed["version"], changed["checklist_version"]) == (3, 2)
    first = registry.call("GET", f"{path}/checklists/1", COORDINATOR).json
    assert first["questions"][0]["text"] == "作业前是否通风检测？"
    with registry.pool.connection() as connection:
        assert events_of(connection, "item.changed")[-1]["checklist"][0]["text"] == "监护人是否在场？"


@pytest.mark.parametrize("path", ["agencies", "inspectors", "items", "enterprises", "accounts"])
def test_writing_needs_the_permission(registry, path):
    assert registry.call("POST", f"/{path}", COORDINATOR, json={}).status_code == 403
    assert registry.call("POST", f"/{path}", json={}).status_code == 401


def test_spreadsheets_of_agencies_inspectors_and_items(registry):
    agencies = a_csv(
        [
            ["宿迁经开区应急管理局", "区级", "应急管理", "321391", "", "C、B"],
            ["宿迁经开区消防救援大队", "县级", "消防", "321391", "宿迁经开区应急管理局", ""],
            ["某局", "省级", "应急管理", "321391", "", ""],
        ],
        AGENCIES,
        "gb18030",
    )
    done = registry.imported(agencies, "agencies")
    assert (done["created"], done["rejected"]) == (1, 2)
    again = registry.imported(agencies, "agencies")
    assert (again["created"], again["unchanged"], again["rejected"]) == (1, 1, 1)

    inspectors = a_csv(
        [
            [
                "王建国",
                "32139100001",
                "宿迁经开区应急管理局",
                "执法人员",
                "应急、消防",
                "2024/1/1",
                "2028年12月31日",
            ],
            ["李助理", "32139100002", "宿迁经开区应急管理局", "辅助人员", "", "20240101", "2028-12-31"],
            ["无单位", "32139100003", "没有这个局", "", "", "2024-01-01", "2028-12-31"],
            ["倒日期", "32139100004", "宿迁经开区应急管理局", "", "", "2028-01-01", "2024-12-31"],
        ],
        INSPECTORS,
    )
    done = registry.imported(inspectors, "inspectors")
    assert (done["created"], done["rejected"]) == (2, 2)
    reasons = {error["代码"] for error in registry.errors(done["import_id"])}
    assert reasons == {"unknown_agency", "ends_before_it_begins"}

    item = [
        "YJ-001",
        "有限空间作业",
        "应急管理",
        "市级、县级",
        "安全生产法",
        "1. 是否通风？|第三条\n2、是否监护？",
        "2",
        "2026-01-01",
    ]
    assert registry.imported(a_csv([item], ITEMS), "items")["created"] == 1
    item[5] += "\n3. 是否登记？"
    assert registry.imported(a_csv([item], ITEMS), "items")["updated"] == 1
    shown = registry.call("GET", "/items", COORDINATOR).json["items"][0]
    assert (shown["version"], shown["checklist_version"], shown["annual_cap"]) == (2, 2, 2)
    assert shown["checklist"][0] == {"question_id": "q1", "text": "是否通风？", "basis": "第三条"}
    first = registry.call("GET", f"/items/{shown['item_id']}/checklists/1", COORDINATOR).json
    assert len(first["questions"]) == 2


def _id(agency):
    from uuid import UUID

    return UUID(agency["agency_id"])
