"""Gate plates: what is printed is read back by a decoder that is not ours, and opens the gate."""

from __future__ import annotations

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from services.chassis.codes import short
from services.chassis.codes.link import code_in
from services.chassis.identity import Role
from services.chassis.ids import new_id
from services.inspection.plates import sheet
from services.inspection.plates.api import _plate
from services.inspection.plates.store import gates
from tests.builders.inspection import a_premises, a_principal, a_town, an_enterprise, replicate

REGISTRAR = a_principal(Role.REGISTRAR)
LONG = "宿迁经济技术开发区" * 20


@pytest.fixture
def town(database, tmp_path):
    with a_town(database, tmp_path) as town:
        yield town


def a_row_of_gates(town, number, **changes):
    """So many premises of one enterprise, each with a code of its own."""
    premises = tuple(
        a_premises(short_code=short.new(), name=f"{index} 号门", **changes) for index in range(number)
    )
    replicate(town.pool, an_enterprise(name=LONG, uscc="91320000MA1XXXXX1B", premises=premises))
    return premises


def printed(town, premises_ids, by=REGISTRAR):
    return town.call("POST", "/plates", by, json={"premises_ids": [str(one) for one in premises_ids]})


def squares_of(page):
    return [found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(page)))]


def test_every_square_on_the_sheet_is_the_code_of_its_gate(town):
    premises = a_row_of_gates(town, 12, address=LONG)
    with town.app.app_context(), town.pool.connection() as connection:
        plates = [_plate(gate) for gate in gates(connection, [one.premises_id for one in premises])]
        pages = sheet.pictures(plates)
    read = [squares_of(page) for page in pages]
    assert [len(page) for page in read] == [10, 2]
    codes = {code_in(link) for page in read for link in page}
    assert codes == {f"P{one.short_code}" for one in premises}
    checked = town.call("GET", f"/codes/{codes.pop()}").json
    assert (checked["kind"], checked["valid"]) == ("premises", True)


def test_a_registrar_gets_a_pdf_and_the_audit_says_so(town):
    premises = a_row_of_gates(town, 3)
    answer = printed(town, [one.premises_id for one in premises])
    assert answer.status_code == 200, answer.json
    assert answer.data.startswith(b"%PDF-")
    assert b"NotoSansCJK" in answer.data, "the fonts travel with the file"
    with town.pool.connection() as connection:
        row = connection.execute("SELECT details FROM audit WHERE tag = 'plates.printed'").fetchone()
    assert row["details"] == {"premises": [str(one.premises_id) for one in premises]}


def test_there_is_no_plate_for_a_premises_that_is_closed_or_unknown(town):
    (closed,) = a_row_of_gates(town, 1, active=False)
    there = town.enterprise.premises[0].premises_id
    answer = printed(town, [there, closed.premises_id, new_id()])
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == ["/premises_ids/1", "/premises_ids/2"]


def test_a_registrar_of_another_area_prints_none(town):
    elsewhere = a_principal(Role.REGISTRAR, area_code="110000")
    assert printed(town, [town.enterprise.premises[0].premises_id], elsewhere).status_code == 422


def test_an_inspector_prints_none(town):
    answer = printed(town, [town.enterprise.premises[0].premises_id], town.safety.clerk)
    assert answer.status_code == 403
