"""The photo on a credential: small, without a camera's notes, and shown while the credential holds."""

from __future__ import annotations

from io import BytesIO

import pytest
import time_machine
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from services.chassis.identity import Role
from tests.builders.registry import a_principal, an_agency_form

REGISTRAR = a_principal(Role.REGISTRAR)
LAST_DAY = "2030-06-30"


@pytest.fixture
def inspector(registry):
    agency = registry.call("POST", "/agencies", REGISTRAR, json=an_agency_form()).json
    form = {
        "agency_id": agency["agency_id"],
        "name": "李检",
        "certificate_number": "1013000001",
        "valid_from": "2020-01-01",
        "valid_until": LAST_DAY,
    }
    return registry.call("POST", "/inspectors", REGISTRAR, json=form).json


def a_picture(size=(900, 1600), form="JPEG", **more):
    out = BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, form, **more)
    return out.getvalue()


def put(registry, inspector, content, by=REGISTRAR):
    boundary, body = encode_multipart({"file": FileStorage(BytesIO(content), "photo.jpg")})
    return registry.call(
        "PUT",
        f"/inspectors/{inspector['inspector_id']}/photo",
        by,
        data=body,
        content_type=f'multipart/form-data; boundary="{boundary}"',
    )


def seen(registry, inspector, **headers):
    return registry.client.get(
        f"/api/registry/v1/inspectors/{inspector['inspector_id']}/photo", headers=headers
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_anyone_who_was_told_the_id_sees_it_small(registry, inspector, form):
    kept = put(registry, inspector, a_picture(form=form)).json
    answer = seen(registry, inspector)
    assert (answer.status_code, answer.mimetype, len(answer.data)) == (200, "image/jpeg", kept["size"])
    assert Image.open(BytesIO(answer.data)).size == (360, 640)
    assert seen(registry, inspector, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304
    shown = registry.call("GET", f"/inspectors/{inspector['inspector_id']}", REGISTRAR).json
    assert shown["photo"] == kept["sha256"]


def test_what_the_camera_noted_is_gone_and_the_picture_upright(registry, inspector):
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "a camera"
    put(registry, inspector, a_picture((800, 400), exif=notes))
    picture = Image.open(BytesIO(seen(registry, inspector).data))
    assert (picture.size, dict(picture.getexif())) == ((320, 640), {})


def test_when_the_credential_is_over_nobody_sees_it(registry, inspector):
    put(registry, inspector, a_picture())
    with time_machine.travel(f"{LAST_DAY}T23:59:00+08:00"):
        assert seen(registry, inspector).status_code == 200
    with time_machine.travel(f"{LAST_DAY}T16:01:00+00:00"):
        assert seen(registry, inspector).status_code == 204


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff", b"GIF89a" + b"0" * 50, b"<svg/>"])
def test_what_is_no_picture_is_refused(registry, inspector, content):
    answer = put(registry, inspector, content)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/file")


def test_a_picture_that_is_huge_when_unpacked_is_refused(registry, inspector):
    out = BytesIO()
    Image.new("1", (8001, 8001)).save(out, "PNG")
    assert put(registry, inspector, out.getvalue()).status_code == 422


def test_only_a_registrar_puts_one_and_the_audit_says_who(registry, inspector):
    assert put(registry, inspector, a_picture(), a_principal(Role.INSPECTOR)).status_code == 403
    put(registry, inspector, a_picture())
    changes = registry.call("GET", f"/changes/inspector/{inspector['inspector_id']}", REGISTRAR).json["items"]
    assert [change["tag"] for change in changes] == ["inspector.photo_put", "registry.registered"]
