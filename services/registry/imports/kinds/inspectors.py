from __future__ import annotations

from dataclasses import replace

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
_FROM_AREA = """
DELETE FROM staged s USING inspector i, agency a
WHERE i.certificate_number = s.certificate_number AND a.agency_id = i.agency_id
  AND NOT starts_with(a.area_code, %(area)s)
RETURNING s.line, '执法证号' AS title, s.certificate_number AS value, 'outside_area' AS reason
"""
_UNNAMED_ARE_OWN = """
UPDATE staged SET agency_id = %(agency)s WHERE agency IS NULL
"""
_OF_AGENCY = """
DELETE FROM staged s WHERE s.agency_id <> %(agency)s
RETURNING s.line, '所属单位' AS title, s.agency AS value, 'outside_agency' AS reason
"""
_NOT_ELSEWHERE = """
DELETE FROM staged s USING inspector i
WHERE i.certificate_number = s.certificate_number AND i.agency_id <> s.agency_id
RETURNING s.line, '执法证号' AS title, s.certificate_number AS value, 'certificate_elsewhere' AS reason
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
    checks=(_KNOWN, _IN_AREA, _FROM_AREA),
)
# The people of one agency: whoever is named without one is theirs, and nobody is taken from another.
OWN = replace(
    KIND,
    columns=tuple(
        replace(column, required=False) if column.name == "agency" else column for column in KIND.columns
    ),
    resolve=(_RESOLVE, _UNNAMED_ARE_OWN),
    checks=(_KNOWN, _OF_AGENCY),
    changes="known.agency_id = s.agency_id",
    untouched=(_NOT_ELSEWHERE,),
)
