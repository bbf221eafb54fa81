"""A POST that is sent again, because its answer was lost, is answered again and done once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import request

from services.chassis import idempotency
from services.chassis.identity import Role
from services.chassis.ids import new_id
from tests.builders.registry import (
    a_csv,
    a_principal,
    an_agency_form,
    an_enterprise_form,
    an_export_row,
    an_item_form,
)

REGISTRAR = a_principal(Role.REGISTRAR)
SECURITY = a_principal(Role.SECURITY_ADMIN)
ACCOUNT = {"username": "desk", "name": "窗口", "roles": ["registrar"], "password": "correct horse battery"}
POSTS = [
    ("/enterprises", REGISTRAR, an_enterprise_form()),
    ("/agencies", REGISTRAR, an_agency_form()),
    ("/items", REGISTRAR, an_item_form()),
    ("/accounts", SECURITY, ACCOUNT),
]


@pytest.mark.parametrize(("path", "by", "form"), POSTS)
def test_the_same_post_is_answered_again_and_done_once(registry, path, by, form):
    key = str(new_id())
    first = registry.call("POST", path, by, json=form, key=key)
    again = registry.call("POST", path, by, json=form, key=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.json, first.headers["ETag"]) == (again.json, again.headers["ETag"])
    assert again.headers["Idempotent-Replay"] == "true"
    other = registry.call("POST", path, by, json=form | {"name": "别的名称"}, key=key)
    assert (other.status_code, other.json["code"]) == (422, "idempotency_key_reused")


@pytest.mark.parametrize(("path", "by", "form"), POSTS)
def test_a_post_without_a_key_is_told_to_bring_one(registry, path, by, form):
    answer = registry.client.post(f"/api/registry/v1{path}", json=form, headers=registry.office.bearer(by))
    assert answer.status_code == 428


def test_another_account_may_use_the_same_key(registry):
    key = str(new_id())
    other = a_principal(Role.REGISTRAR)
    assert registry.call("POST", "/items", REGISTRAR, json=an_item_form(), key=key).status_code == 201
    second = registry.call("POST", "/items", other, json=an_item_form(code="YJ-002"), key=key)
    assert second.status_code == 201


def test_a_refusal_is_not_kept_and_the_mended_request_goes_through(registry):
    registry.call("POST", "/agencies", REGISTRAR, json=an_agency_form())
    key = str(new_id())
    assert registry.call("POST", "/agencies", REGISTRAR, json=an_agency_form(), key=key).status_code == 409
    mended = registry.call("POST", "/agencies", REGISTRAR, json=an_agency_form(name="另一个局"), key=key)
    assert mended.status_code == 201


def test_an_upload_sent_again_with_another_boundary_is_one_import(registry):
    key, content = str(new_id()), a_csv([an_export_row(1)])
    first, again = (registry.upload(content, key=key, by=REGISTRAR) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json["import_id"] == again.json["import_id"]
    assert len(registry.call("GET", "/imports", REGISTRAR).json["items"]) == 1


@pytest.mark.parametrize("change", [{"content": a_csv([an_export_row(2)])}, {"dry_run": "true"}])
def test_another_upload_under_the_same_key_is_refused(registry, change):
    key, given = str(new_id()), {"content": a_csv([an_export_row(1)])}
    registry.upload(**given, key=key, by=REGISTRAR)
    answer = registry.upload(**(given | change), key=key, by=REGISTRAR)
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")


def test_uploads_at_once_under_one_key_are_one_import(registry):
    key, content = str(new_id()), a_csv([an_export_row(number) for number in range(1, 200)])
    with ThreadPoolExecutor(6) as senders:
        uploads = list(senders.map(lambda _: registry.upload(content, key=key, by=REGISTRAR), range(6)))
    assert {upload.status_code for upload in uploads} == {202}
    assert len({upload.json["import_id"] for upload in uploads}) == 1


def test_the_stored_fingerprint_of_an_account_costs_a_guesser_as_much_as_the_password(registry):
    key = str(new_id())
    registry.call("POST", "/accounts", SECURITY, json=ACCOUNT, key=key)
    with registry.pool.connection() as connection:
        kept = connection.execute("SELECT fingerprint, body FROM idempotency").fetchone()
    with registry.app.test_request_context("/api/registry/v1/accounts", method="POST", json=ACCOUNT):
        slow = idempotency.slow_fingerprint(request, f"{SECURITY.account_id} {key}")
        unsalted = idempotency.slow_fingerprint(request, "")
        quick = idempotency.fingerprint(request, "")
    assert bytes(kept["fingerprint"]) == slow
    assert len({slow, unsalted, quick}) == 3
    assert ACCOUNT["password"].encode() not in bytes(kept["body"])


def test_the_document_names_the_key_on_every_post_that_may_be_repeated(registry):
    document = registry.client.get("/api/registry/docs/openapi.json").json
    named = {
        path.removeprefix("/api/registry/v1")
        for path, item in document["paths"].items()
        if any(one["name"] == "Idempotency-Key" for one in item.get("post", {}).get("parameters", ()))
    }
    assert named == {"/enterprises", "/agencies", "/inspectors", "/items", "/accounts", "/imports"}
