from __future__ import annotations

from events.catalogue.registry import ItemChanged
from services.registry import words
from services.registry.imports import values
from services.registry.imports.kind import Column, Kind, Values
from services.registry.imports.values import Bad


def _in_force(row: Values) -> None:
    begins, ends = row["in_force_from"], row["in_force_until"]
    if isinstance(begins, str) and isinstance(ends, str) and ends < begins:
        raise Bad("ends_before_it_begins")


_NEXT_CHECKLIST = """
UPDATE item SET checklist_version = item.checklist_version + 1
FROM changed c, checklist k
WHERE item.item_id = c.id AND k.item_id = item.item_id
  AND k.checklist_version = item.checklist_version AND k.questions <> item.questions
"""
_KEEP_CHECKLIST = """
INSERT INTO checklist (item_id, checklist_version, questions)
SELECT item_id, checklist_version, questions FROM item JOIN changed c ON c.id = item.item_id
ON CONFLICT DO NOTHING
"""

KIND = Kind(
    name="items",
    table="item",
    ident="item_id",
    key="code",
    event=ItemChanged,
    columns=(
        Column(name="code", parse=values.text(60), required=True),
        Column(name="name", parse=values.text(200), required=True),
        Column(name="domain", parse=values.word(words.meanings("domain")), required=True),
        Column(name="levels", type="text[]", parse=values.words(words.meanings("level")), required=True),
        Column(name="legal_basis", parse=values.text(2000), required=True),
        Column(name="annual_cap", type="int", parse=values.whole(366)),
        Column(name="min_interval_days", type="int", parse=values.whole(3660)),
        Column(name="in_force_from", type="date", parse=values.day, required=True),
        Column(name="in_force_until", type="date", parse=values.day),
        Column(name="questions", type="jsonb", parse=values.questions, required=True),
        Column(name="published", type="boolean", default="true", parse=values.yes_no),
    ),
    finish=_in_force,
    after=(_NEXT_CHECKLIST, _KEEP_CHECKLIST),
)
