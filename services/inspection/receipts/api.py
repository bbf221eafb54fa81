"""回执: whoever holds its number may read it, as JSON or as a page in two languages; an enterprise finds all its own."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from services.chassis.blueprint import Blueprint
from services.chassis.codes import BadCode
from services.chassis.codes.sheet import read_sheet
from services.chassis.errors import NotFound
from services.chassis.identity import open_to_all, principal, requires_enterprise
from services.chassis.limits import limiter
from services.chassis.schema import Page
from services.chassis.transaction import reading
from services.inspection.codes.signing import keyring, settings
from services.inspection.codes.words import TRIGGERS
from services.inspection.receipts import schemas, store
from services.inspection.receipts.model import Receipt
from services.inspection.supplements import commands as supplements

_HERE = Path(__file__).parent
_STYLE = (_HERE / "templates" / "receipt.css").read_text("utf-8")
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TIMES = ("entered_at", "left_at", "refused_at", "notice_read_at")
blueprint = Blueprint(
    "receipts",
    __name__,
    url_prefix="/api/inspection/v1/receipts",
    template_folder="templates",
    description="回执",
)


@blueprint.get("")
@requires_enterprise()
@blueprint.arguments(Page, location="query", as_kwargs=True)
@blueprint.response(200, schemas.OwnReceiptPageSchema)
def list_receipts(limit: int, after: UUID | None) -> ResponseReturnValue:
    """One's own visits and refusals, the newest first."""
    with reading() as connection:
        enterprise_id = cast("UUID", principal().enterprise_id)
        found = store.of_enterprise(connection, enterprise_id, limit=limit + 1, after=after)
    following = found[limit - 1].receipt_id if len(found) > limit else None
    return cast("ResponseReturnValue", {"items": found[:limit], "next": following})


@blueprint.get("/<uuid:receipt_id>")
@open_to_all("both sides keep it: its number cannot be guessed")
@limiter.limit("120/minute")
@blueprint.response(200, schemas.ReceiptSchema, description="A page when Accept asks for text/html")
def show_receipt(receipt_id: UUID) -> Response:
    """The receipt of a visit or of a refusal, and whether it is genuine; and what was added since, each signed by itself."""
    with reading() as connection:
        receipt = store.receipt(connection, receipt_id)
        if receipt is None:
            raise NotFound("receipt", receipt_id)
        since = list(supplements.shown(connection, receipt_id, keyring()))
    content = _content(receipt) | {"supplements": since}
    asked = request.accept_mimetypes.best_match(["application/json", "text/html"])
    response = _page(content) if asked == "text/html" else _json(content)
    response.headers["Cache-Control"] = "private, max-age=60" if content["genuine"] else "no-store"
    response.headers["Vary"] = "Accept"
    return response


def _content(receipt: Receipt) -> dict[str, Any]:
    try:
        said, genuine = read_sheet(receipt.token, keyring()), True
    except BadCode:
        said, genuine = dict[str, Any](), False
    return {
        "receipt_id": receipt.receipt_id,
        "kind": receipt.kind,
        "made_at": receipt.made_at,
        "genuine": genuine,
        "receipt": said,
        "token": receipt.token,
    }


def _json(content: dict[str, Any]) -> Response:
    return current_app.response_class(current_app.json.dumps(content), mimetype="application/json")


def _page(content: dict[str, Any]) -> Response:
    """Whole without script; that of `web/enterprise/scanned` checks on the phone that each `data-said` shows what was
    signed, and offers to save, print and share."""
    said = content["receipt"]
    order = said.get("order") or {}
    page = render_template(
        "receipt.html",
        style=Markup(_STYLE),
        **content,
        local=_local,
        said=said,
        trigger=TRIGGERS[order["trigger"]] if order else None,
        times={name: _local((said | order)[name]) for name in _TIMES if (said | order).get(name)},
    )
    response = Response(page, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def _local(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(ZoneInfo(settings().timezone)):%Y-%m-%d %H:%M}"
