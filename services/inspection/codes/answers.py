"""The public answer as JSON: the shape of `CodeCheckSchema`, written without it because anyone may ask."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app

from services.inspection.codes.model import Answer, Burden

_ORDER = (
    "order_id",
    "number",
    "state",
    "trigger",
    "starts_on",
    "ends_on",
    "issued_at",
    "notice_read_at",
    "entered_at",
    "absorbed_into",
    "ratification",
    "receipt_id",
    "enterprise",
    "premises",
    "address",
    "agencies",
    "items",
    "inspectors",
)
_INSPECTOR = ("inspector_id", "name", "certificate_number", "kind", "agency", "valid_until", "valid")
_PREMISES = ("name", "address", "enterprise")


def as_json(answer: Answer) -> Response:
    body = current_app.json.dumps(shown(answer))
    response = current_app.response_class(body, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def shown(answer: Answer) -> dict[str, Any]:
    verdict = answer.verdict
    return {
        "kind": verdict.kind,
        "genuine": verdict.genuine,
        "valid": verdict.valid,
        "reason": verdict.reason,
        "text": verdict.text._asdict(),
        "valid_from": verdict.valid_from,
        "valid_until": verdict.valid_until,
        "order": _picked(answer.order, _ORDER),
        "visits_this_year": answer.burden and _burden(answer.burden),
        "rights": answer.rights and {"zh": answer.rights.zh, "en": answer.rights.en},
        "inspector": _picked(answer.inspector, _INSPECTOR),
        "premises": _picked(answer.premises, _PREMISES),
    }


def _burden(burden: Burden) -> dict[str, Any]:
    return {
        "year": burden.year,
        "visits": burden.visits,
        "by_agency": [_picked(row, ("agency", "domain", "visits", "cap")) for row in burden.by_agency],
    }


def _picked(thing: object | None, names: tuple[str, ...]) -> dict[str, Any] | None:
    return None if thing is None else {name: getattr(thing, name) for name in names}
