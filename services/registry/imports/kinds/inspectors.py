from __future__ import annotations

from events.catalogue.registry import InspectorChanged
from services.registry import words
from services.registry.imports import values
from services.registry.imports.kind import Column, Kind, Values
from services.registry.imports.values import Bad


def _validity(row: Values) -> None:
    begins, ends = row["valid_from"], row["valid_until"]
    if isinstance(begins, str) and isinstance(ends, str) and ends < begins:
        raise Bad("ends_before_it_begins")


_RESOLVE = """
UPDATE staged s SET agency_id = a.agency_id FROM agency a WHERE a.name = s.agency
"""
_KNOWN = """
DELETE FROM staged s WHERE s.agency_id IS NULL
RETURNING s.line, '所属单位' AS title, s.agency AS value, 'unknown_agency' AS reason
"""
_IN_AREA = """
DELETE FROM staged s USING agency a
WHERE a.agency_id = s.agency_id AND NOT starts_with(a.area_code, %(area)s)
RETURNING s.line, '所属单位' AS title, s.agency AS value, 'outside_area' AS reason
"""

KIND = Kind(
    name="inspectors",
    table="inspector",
    ident="inspector_id",
    key="certificate_number",
    event=InspectorChanged,
    columns=(
        Column(name="certificate_number", parse=values.text(40), required=True),
        Column(name="name", parse=values.text(50), required=True),
        Column(name="agency", parse=values.text(100), required=True, stored=False),
        Column(name="agency_id", type="uuid"),
        Column(name="kind", default="'inspector'", parse=values.word(words.meanings("inspector_kind"))),
        Column(name="scope", type="text[]", default="'{}'", parse=values.words(words.meanings("domain"))),
        Column(name="valid_from", type="date", parse=values.day, required=True),
        Column(name="valid_until", type="date", parse=values.day, required=True),
        Column(name="active", type="boolean", default="true", parse=values.yes_no),
    ),
    finish=_validity,
    resolve=(_RESOLVE,),
    checks=(_KNOWN, _IN_AREA),
)
