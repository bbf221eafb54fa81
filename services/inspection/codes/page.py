"""`/Q/<code>`: where a phone lands that scanned a square. One small page in two languages, whole without script: the
script of `web/enterprise/scanned` adds the check on the phone itself, the lawful refusal and the look at credentials."""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

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
from services.inspection.codes.signing import keyring, settings
from services.inspection.codes.words import TITLES, TRIGGERS, advice_for
from services.inspection.notices.model import READABLE
from services.inspection.orders.model import VISITED, State

_HERE = Path(__file__).parent
page = Blueprint("page", __name__, url_prefix="/Q", template_folder="templates", description="扫码落地页")
_STYLE = (_HERE / "templates" / "page.css").read_text("utf-8")
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; script-src 'self' 'wasm-unsafe-eval'; "
    "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_CHOICES = {"lang": ("zh", "en"), "large": ("0", "1")}
LANGUAGE = {
    "name": "lang",
    "in": "query",
    "description": "Which of the two languages comes first; without it Accept-Language decides.",
    "schema": {"type": "string", "enum": [*_CHOICES["lang"]]},
}
LARGE = {
    "name": "large",
    "in": "query",
    "description": "1: 长辈版, in large type.",
    "schema": {"type": "string", "enum": [*_CHOICES["large"]]},
}
_A_YEAR = 365 * 24 * 3600


@page.get("/<code>")
@open_to_all("whoever scans a square sees what it stands for")
@limiter.limit("120/minute")
@page.doc(parameters=[LANGUAGE, LARGE])
@page.response(200, content_type="text/html", description="JSON when Accept asks for it")
def show(code: str) -> Response:
    now = moment()
    with reading() as connection:
        answer = queries.check(connection, code, keyring(), now)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        response = as_json(answer)
        response.headers["Vary"] = "Accept"
    else:
        response = Response(_rendered(answer, now.at), mimetype="text/html")
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Cache-Control"] = "no-store"
        response.headers["Vary"] = "Accept, Accept-Language, Cookie"
        _remember(response)
    return response


def _rendered(answer: Answer, at: datetime) -> str:
    english, order, inspector = _in_english(), answer.order, answer.inspector
    return render_template(
        "code.html",
        style=Markup(_STYLE),
        english=english,
        large=_chosen("large") == "1",
        may_refuse=_may_refuse(answer),
        may_confirm=_may_confirm(answer),
        title=TITLES[answer.verdict.kind],
        verdict=answer.verdict,
        advice=advice_for(answer.verdict),
        checked_at=_time(at),
        order=order,
        window=order and _window(order.starts_on, order.ends_on, english),
        trigger=order and TRIGGERS[order.trigger],
        read_at=order and order.notice_read_at and _time(order.notice_read_at),
        entered_at=order and order.entered_at and _time(order.entered_at),
        burden=answer.burden,
        inspector=inspector,
        inspector_until=inspector and _day(inspector.valid_until, english),
        premises=answer.premises,
        rights=answer.rights,
    )


def _may_refuse(answer: Answer) -> str | None:
    """Under the order that was shown until there is a record, or from one's own plate when none is shown."""
    if answer.order and answer.order.state in VISITED - {State.ENTERED}:
        return None
    return answer.verdict.kind if answer.order or answer.premises else None


def _may_confirm(answer: Answer) -> bool:
    """That the notice was read, while it is in force; once."""
    order = answer.order
    return order is not None and order.state in READABLE and order.notice_read_at is None


def _in_english() -> bool:
    """As the link on the page says, else as the phone prefers; whoever says nothing reads Chinese."""
    return (_chosen("lang") or request.accept_languages.best_match(["zh", "en"], "zh")) == "en"


def _chosen(name: str) -> str | None:
    """By the link just tapped, else by one tapped before on this phone."""
    return request.args.get(name) or request.cookies.get(f"yicha-{name}")


def _remember(response: Response) -> None:
    """Language and size of type, nothing of the visit: the next square is another page."""
    for name, choices in _CHOICES.items():
        chosen = request.args.get(name)
        if chosen and chosen in choices:
            response.set_cookie(f"yicha-{name}", chosen, max_age=_A_YEAR, samesite="Lax")


def _window(starts_on: date, ends_on: date, english: bool) -> str:
    return f"{_day(starts_on, english)} {'–' if english else '至'} {_day(ends_on, english)}"


def _day(day: date, english: bool) -> str:
    return day.isoformat() if english else f"{day.year}年{day.month}月{day.day}日"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(settings().timezone)):%Y-%m-%d %H:%M}"
