"""Enterprises. The registered address becomes the premises that is visited, unless others are registered."""

from __future__ import annotations

from events.catalogue.registry import EnterpriseChanged
from services.registry import words
from services.registry.enterprises import uscc
from services.registry.enterprises.contacts import Vault
from services.registry.imports import values
from services.registry.imports.kind import Column, Kind, Values
from services.registry.imports.values import Bad


def _uscc(given: str) -> str:
    try:
        return uscc.parse(given)
    except uscc.WrongUscc as error:
        raise Bad(error.wrong) from None


_COLUMNS = (
    Column(name="uscc", parse=_uscc, required=True),
    Column(name="name", parse=values.text(200), required=True),
    Column(name="industry", default="''", parse=values.industry),
    Column(name="area_code", default="substr(uscc, 3, 6)", parse=values.area_code),
    Column(name="active", type="boolean", default="true", parse=values.yes_no),
    Column(name="grade", parse=values.word(words.meanings("grade"))),
    Column(name="registered_on", type="date", parse=values.day),
    Column(name="kind", default="''", parse=values.text(100)),
    Column(name="legal_representative", default="''", parse=values.text(100)),
    Column(name="registered_capital", default="''", parse=values.text(100)),
    Column(name="business_scope", default="''", parse=values.text(10_000)),
    Column(name="province", default="''", parse=values.text(50)),
    Column(name="region", default="''", parse=values.text(100)),
    Column(name="address", default="''", parse=values.text(300)),
    Column(name="grid", default="''", parse=values.text(40)),
    Column(name="latitude", type="float8", parse=values.coordinate(90)),
    Column(name="longitude", type="float8", parse=values.coordinate(180)),
    Column(name="contact_phone", parse=values.phone, stored=False),
    Column(name="contact_cipher", type="bytea", compared=False),
    Column(name="contact_digest", type="bytea"),
    Column(name="contact_masked"),
)

_IN_AREA = """
DELETE FROM staged s
WHERE NOT starts_with(COALESCE(s.area_code, substr(s.uscc, 3, 6)), %(area)s)
   OR EXISTS (SELECT FROM enterprise e WHERE e.uscc = s.uscc AND NOT starts_with(e.area_code, %(area)s))
RETURNING s.line, '区划代码' AS title, COALESCE(s.area_code, substr(s.uscc, 3, 6)) AS value,
          'outside_area' AS reason
"""

_DOMICILE = """
INSERT INTO premises AS known (premises_id, enterprise_id, registered, name, address, area_code, grid,
                               latitude, longitude)
SELECT s.premises_id, e.enterprise_id, true, '住所', e.address, e.area_code, e.grid, e.latitude, e.longitude
FROM changed c
JOIN staged s ON s.uscc = c.key
JOIN enterprise e ON e.enterprise_id = c.id
ORDER BY s.uscc
ON CONFLICT (enterprise_id) WHERE registered DO UPDATE
SET address = excluded.address, area_code = excluded.area_code, grid = excluded.grid,
    latitude = excluded.latitude, longitude = excluded.longitude
WHERE (known.address, known.area_code, known.grid, known.latitude, known.longitude)
      IS DISTINCT FROM
      (excluded.address, excluded.area_code, excluded.grid, excluded.latitude, excluded.longitude)
"""


def kind(vault: Vault) -> Kind:
    def seal_contact(row: Values) -> None:
        phone = row["contact_phone"]
        if isinstance(phone, str):
            sealed = vault.seal(phone, str(row["uscc"]))
            row["contact_cipher"] = sealed.cipher
            row["contact_digest"] = sealed.digest
            row["contact_masked"] = sealed.masked
            row["contact_phone"] = None

    return Kind(
        name="enterprises",
        table="enterprise",
        ident="enterprise_id",
        key="uscc",
        event=EnterpriseChanged,
        columns=_COLUMNS,
        finish=seal_contact,
        ids=("id", "event_id", "premises_id"),
        checks=(_IN_AREA,),
        after=(_DOMICILE,),
    )
