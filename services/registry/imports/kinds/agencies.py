from __future__ import annotations

from events.catalogue.registry import AgencyChanged
from services.registry import words
from services.registry.imports import values
from services.registry.imports.kind import Column, Kind

_RESOLVE = """
UPDATE staged s SET entrusted_by = a.agency_id FROM agency a WHERE a.name = s.entrusting_agency
"""
_KNOWN = """
DELETE FROM staged s WHERE s.entrusting_agency IS NOT NULL AND s.entrusted_by IS NULL
RETURNING s.line, '委托机关' AS title, s.entrusting_agency AS value, 'unknown_agency' AS reason
"""
_IN_AREA = """
DELETE FROM staged s
WHERE NOT starts_with(s.area_code, %(area)s)
   OR EXISTS (SELECT FROM agency a WHERE a.name = s.name AND NOT starts_with(a.area_code, %(area)s))
RETURNING s.line, '区划代码' AS title, s.area_code AS value, 'outside_area' AS reason
"""

KIND = Kind(
    name="agencies",
    table="agency",
    ident="agency_id",
    key="name",
    event=AgencyChanged,
    columns=(
        Column(name="name", parse=values.text(100), required=True),
        Column(name="level", parse=values.word(words.meanings("level")), required=True),
        Column(name="domain", parse=values.word(words.meanings("domain")), required=True),
        Column(name="area_code", parse=values.area_code, required=True),
        Column(name="entrusting_agency", parse=values.text(100), stored=False),
        Column(name="entrusted_by", type="uuid"),
        Column(name="lead_industries", type="text[]", default="'{}'", parse=values.letters),
        Column(name="active", type="boolean", default="true", parse=values.yes_no),
    ),
    resolve=(_RESOLVE,),
    checks=(_KNOWN, _IN_AREA),
)
