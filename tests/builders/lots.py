"""A list that is drawn from, and the file of a draw: without a database."""

from datetime import date
from fractions import Fraction
from uuid import UUID

from services.inspection.draws.file import DrawFile
from services.inspection.draws.model import DrawList, Inspector, Object, commitment, draw, stratify

SEED = "5e" * 32


def an_id(kind, number):
    return UUID(int=kind << 96 | number)


def objects(count, grade="B", industry="C", start=0):
    return [
        Object(premises_id=an_id(1, n), enterprise_id=an_id(2, n), grade=grade, industry=industry)
        for n in range(start, start + count)
    ]


def inspectors(count):
    return [Inspector(inspector_id=an_id(3, n), certificate=f"3213****{n:03}") for n in range(count)]


def a_list(of=None, share=Fraction(1, 2), limits=None, **changes):
    of = objects(20) if of is None else of
    shares = dict.fromkeys({one.grade for one in of}, share)
    given = {
        "draw_id": an_id(4, 1),
        "agency_id": an_id(5, 1),
        "number": 1,
        "previous": None,
        "purpose": "“双随机”抽查\n",
        "domain": "emergency",
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 6, 30),
        "per_object": 2,
        "industries": ("C",),
        "public_source": None,
        "public_on": None,
        "strata": stratify(of, shares, limits),
        "objects": tuple(of),
        "inspectors": tuple(inspectors(6)),
        "recusals": (),
    }
    return DrawList(**given | changes)


def a_file(listed=None, seed=SEED, **changes):
    listed = listed or a_list()
    given = {
        "state": "revealed",
        "commitment": commitment(seed, listed.document()),
        "lists": listed.document(),
        "seed": seed,
        "public_value": None,
        "reason": None,
        "results": draw(listed, seed, changes.get("public_value")),
    }
    return DrawFile(**given | changes)
