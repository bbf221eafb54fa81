"""Draws over HTTP: what most tests of them say."""

from datetime import timedelta

from services.inspection.draws.file import read
from tests.builders.inspection import a_premises, an_enterprise, replicate, today


def some(town, count, **changes):
    area = {"area_code": changes["area_code"]} if "area_code" in changes else {}
    new = [an_enterprise(premises=(a_premises(**area),), **changes) for _ in range(count)]
    replicate(town.pool, *new)
    return new


def path(draw, step=""):
    return f"/draws/{draw['draw_id']}{step}"


def file_of(town, draw):
    return read(town.call("GET", path(draw, "/file")).data)


def pointers(answer):
    assert answer.status_code == 422, answer.json
    return [error["pointer"] for error in answer.json["errors"]]


def commits(town, body, by=None):
    return town.call("POST", "/draws", by or town.safety.clerk, json=body)


def wanted(town, **changes):
    given = {
        "items": [str(town.safety.item.item_id)],
        "starts_on": str(today()),
        "ends_on": str(today() + timedelta(days=30)),
        "on_site_reason": "现场核查有限空间",
        "considered": ["written"],
    }
    return given | changes
