"""`/Q/<code>`: where a phone lands that scanned a square. One small page, no script, two languages."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from flask import Response, render_template, request
from markupsafe import Markup

from services.chassis.blueprint import Blueprint
from services.chassis.identity import open_to_all
from services.chassis.limits import limiter
from services.chassis.transaction import reading
from services.inspection.codes import queries
from services.inspection.codes.answers import as_json
from services.inspection.codes.api import moment
from services.inspection.codes.model import Answer
from services.inspection.codes.signing import keyring
from services.inspection.codes.words import TRIGGERS

_HERE = Path(__file__).parent
page = Blueprint("page", __name__, url_prefix="/Q", template_folder="templates", description="扫码落地页")
_STYLE = (_HERE / "templates" / "page.css").read_text("utf-8")
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


@page.get("/<code>")
@open_to_all("whoever scans a square sees what it stands for")
@limiter.limit("120/minute")
@page.response(200, content_type="text/html", description="JSON when Accept asks for it")
def show(code: str) -> Response:
    with reading() as connection:
        answer = queries.check(connection, code, keyring(), moment())
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        response = as_json(answer)
    else:
        response = Response(_rendered(answer), mimetype="text/html")
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept"
    return response


def _rendered(answer: Answer) -> str:
    order = answer.order
    return render_template(
        "code.html",
        style=Markup(_STYLE),
        verdict=answer.verdict,
        order=order,
        trigger=order and TRIGGERS[order.trigger],
        burden=answer.burden,
        inspector=answer.inspector,
        premises=answer.premises,
        rights=answer.rights,
    )
