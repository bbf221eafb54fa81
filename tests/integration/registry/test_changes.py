"""Who registered and changed what, as registrars read it; and every checklist an item had."""

from __future__ import annotations

from services.chassis.database import UnitOfWork
from services.chassis.identity import Role
from services.registry.accounts import commands
from services.registry.accounts.model import AccountDraft
from tests.builders.registry import (
    a_csv,
    a_principal,
    an_agency_form,
    an_enterprise_form,
    an_export_row,
    an_item_form,
)

REGISTRAR = a_principal(Role.REGISTRAR)


def changes(registry, what, ident, by=REGISTRAR, query=""):
    return registry.call("GET", f"/changes/{what}/{ident}{query}", by)


def test_an_enterprise_remembers_who_changed_which_fields(registry):
    with UnitOfWork(registry.pool, "/registry") as uow:
        account = commands.register(
            AccountDraft(username="registrar", name="王登记", roles=(Role.REGISTRAR,)), "long enough", uow
        )
        uow.commit()
    by = account.principal()
    made = registry.call("POST", "/enterprises", by, json=an_enterprise_form()).json
    path = f"/enterprises/{made['enterprise_id']}"
    places = [{n: v for n, v in place.items() if n != "short_code"} for place in made["premises"]]
    form = an_enterprise_form(grade="A", contact_phone=None) | {"premises": places}
    assert registry.call("PUT", path, by, version=1, json=form).status_code == 200
    places[0]["grid"] = "G7"
    assert registry.call("PUT", path, by, version=2, json=form | {"premises": places}).status_code == 200
    found = changes(registry, "enterprise", made["enterprise_id"]).json["items"]
    assert [(one["version"], one["changed"], one["account"]) for one in found] == [
        (3, ["premises"], "王登记"),
        (2, ["grade"], "王登记"),
        (1, [], "王登记"),
    ]


def test_changes_come_in_pages(registry):
    agency = registry.call("POST", "/agencies", REGISTRAR, json=an_agency_form()).json
    for version in (1, 2):
        form = an_agency_form(domain=("fire", "health")[version - 1])
        registry.call("PUT", f"/agencies/{agency['agency_id']}", REGISTRAR, version=version, json=form)
    first = changes(registry, "agency", agency["agency_id"], query="?limit=2").json
    rest = changes(registry, "agency", agency["agency_id"], query=f"?limit=2&after={first['next']}").json
    assert [one["version"] for one in first["items"] + rest["items"]] == [3, 2, 1]
    assert rest["next"] is None


def test_the_changes_of_another_area_are_not_shown(registry):
    registry.imported(a_csv([an_export_row(1)]))
    (row,) = registry.call("GET", "/enterprises", REGISTRAR).json["items"]
    elsewhere = a_principal(Role.REGISTRAR, area_code="110000")
    assert changes(registry, "enterprise", row["enterprise_id"], elsewhere).status_code == 404
    assert changes(registry, "enterprise", row["enterprise_id"]).json["items"] == []


def test_every_checklist_an_item_had_is_there(registry):
    item = registry.call("POST", "/items", REGISTRAR, json=an_item_form()).json
    other = [{"question_id": "q1", "text": "是否有人监护？"}]
    path = f"/items/{item['item_id']}"
    registry.call("PUT", path, REGISTRAR, version=1, json=an_item_form(checklist=other))
    found = registry.call("GET", f"{path}/checklists", REGISTRAR).json["items"]
    assert [one["checklist_version"] for one in found] == [2, 1]
    assert found[0]["questions"][0]["text"] == "是否有人监护？"
