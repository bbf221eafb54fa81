"""案卷: what is in a case file, who may have it, and that it proves itself to those who have only the file."""

import json
import subprocess
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from joserfc import jws
from joserfc.jwk import OKPKey
from werkzeug.http import parse_options_header

from tests.builders import pictures
from tests.builders.arrival import adds, inspector_of
from tests.builders.inspection import COORDINATOR, today
from tests.builders.life import a_door, a_shared_town


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with a_shared_town(postgres, tmp_path_factory.mktemp("case-files")) as town:
        yield town


@pytest.fixture
def door(town):
    return a_door(town)


def exported(town, order, by=None):
    return town.call("GET", f"/orders/{order['order_id']}/case-file", by or town.safety.head)


def archive_of(town, order, by=None):
    answer = exported(town, order, by)
    assert answer.status_code == 200, answer.json
    with ZipFile(BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def a_whole_case(door):
    """Entered, photographed, recorded, left, signed by hand once more, told to put right. With its pictures."""
    town, item = door.town, str(door.town.safety.item.item_id)
    order = door.issued()
    entry = door.enters(order)
    photos = pictures.a_jpeg("red"), pictures.a_png("blue")
    assert adds(town, order, photos[0], item_id=item, question_id="q1").status_code == 201
    assert door.records(order, "problem").status_code == 200
    left = town.call("POST", f"/entries/{entry['entry_id']}/leave", inspector_of(town.safety), json={})
    assert left.status_code == 200, left.json
    assert adds(town, order, photos[1], kind="signature").status_code == 201
    deadline = str(today() + timedelta(days=7))
    assert door.concludes(order, "order_rectification", deadline=deadline).status_code == 200
    return order, photos


def test_it_holds_the_evidence_as_kept_and_all_signed_sheets(town, door):
    order, photos = a_whole_case(door)
    files = archive_of(town, order)
    assert files["evidence/001-photo.jpg"] == photos[0]
    assert files["evidence/002-signature.png"] == photos[1]
    kinds = sorted(name.partition("-")[0] for name in files if name.startswith("receipts/"))
    assert kinds == ["receipts/supplement", "receipts/visit"]
    case = json.loads(files["case.json"])
    assert not case["final"]
    assert case["order"]["order_id"] == order["order_id"]
    assert [answer["finding"] for answer in case["record"]["answers"]] == ["problem"]
    assert case["happened"]["visit"]["inspectors"][0]["certificate_number"]
    assert files["案卷.pdf"].startswith(b"%PDF-")
    assert b"/Subtype/Image" in files["案卷.pdf"].replace(b" ", b"")


def test_whoever_has_only_the_file_can_tell_that_nothing_was_changed(town, door, tmp_path):
    order, _ = a_whole_case(door)
    with ZipFile(BytesIO(exported(town, order).data)) as archive:
        archive.extractall(tmp_path)
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    listed = (tmp_path / "SHA256SUMS").read_text().splitlines()
    there = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert {line.split("  ", 1)[1] for line in listed} == there - {"SHA256SUMS", "SHA256SUMS.jws"}
    keys = json.loads((tmp_path / "code-keys.json").read_text())["keys"]
    token = (tmp_path / "SHA256SUMS.jws").read_text()
    signed = jws.deserialize_compact(token, OKPKey.import_key(keys[-1]), algorithms=["Ed25519"])
    said = json.loads(signed.payload)
    assert said["sha256sums"] == sha256((tmp_path / "SHA256SUMS").read_bytes()).hexdigest()
    (tmp_path / "case.json").write_text("{}")
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode != 0


def test_it_is_named_by_the_orders_number_and_the_audit_says_who_had_it(town, door):
    order = door.issued()
    answer = exported(town, order)
    number = json.loads(archive_of(town, order)["case.json"])["number"]
    named = parse_options_header(answer.headers["Content-Disposition"])[1]["filename"]
    assert named == f"案卷-{number}-{today()}.zip"
    assert answer.headers["Cache-Control"] == "no-store"
    with town.pool.connection() as connection:
        row = connection.execute(
            "SELECT account_id, details FROM audit WHERE tag = 'case_file.exported' AND subject = %s",
            (f"order/{order['order_id']}",),
        ).fetchone()
    assert row["account_id"] == town.safety.head.account_id
    sums = ZipFile(BytesIO(answer.data)).read("SHA256SUMS")
    assert row["details"] == {"sha256sums": sha256(sums).hexdigest()}


def test_there_is_none_before_the_order_is_approved(town, door):
    draft = door.town.drafted(**door.where)
    answer = exported(town, draft)
    assert (answer.status_code, answer.json["code"]) == (409, "no_case_file")
    assert (
        "批准" in answer.json["remedy"]["zh"]
        if isinstance(answer.json["remedy"], dict)
        else answer.json["remedy"]
    )


def test_other_agencies_have_none_and_a_coordinator_has_all(town, door):
    order = door.issued()
    assert exported(town, order, town.fire.head).status_code == 404
    assert exported(town, order, COORDINATOR).status_code == 200
    assert exported(town, order, door.owner).status_code == 403


@pytest.mark.parametrize("words", ["#panic()", "*_`$", "]" * 40, "\\ \" ' ${x} <a>", "长" * 500], ids=len)
def test_no_words_of_anybody_are_read_as_markup(town, words):
    door = a_door(town, name=words[:100])
    order = door.issued(on_site_reason=words)
    assert archive_of(town, order)["案卷.pdf"].startswith(b"%PDF-")
