"""Alerts: what is overdue, what should not have happened, and who has to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask.typing import ResponseReturnValue

from services.chassis import clock
from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, idempotent, reading, transactional
from services.oversight import calendar
from services.oversight.alerts import commands, schemas, store
from services.oversight.alerts.commands import SetAside
from services.oversight.alerts.cursor import cursor_of, place_of
from services.oversight.alerts.model import Alert, Watch
from services.oversight.alerts.words import KINDS, said
from services.oversight.scope import agency_scope

alerts = Blueprint("alerts", __name__, url_prefix="/api/oversight/v1", description="预警")


@alerts.get("/alerts")
@requires(Permission.OVERSIGHT_READ)
@alerts.arguments(schemas.AlertsQuery, location="query")
@alerts.response(200, schemas.AlertPageSchema)
def list_alerts(query: Mapping[str, Any]):
    """The newest first. An agency sees those of the visits that it leads, and none of complaints."""
    kinds = [query["kind"]] if query["kind"] else list(KINDS)
    limit, after = query["limit"], place_of(query["after"])
    with reading() as connection:
        found = store.alerts(connection, _watch(query), kinds, after, limit + 1)
    items = found[:limit]
    following = cursor_of(items[-1]) if len(found) > limit else None
    return {"items": [_shown(alert) for alert in items], "next": following}


@alerts.get("/alerts/counts")
@requires(Permission.OVERSIGHT_READ)
@alerts.arguments(schemas.WatchQuery, location="query")
@alerts.response(200, schemas.AlertCountsSchema)
def count_alerts(query: Mapping[str, Any]):
    """How many there are of each kind."""
    with reading() as connection:
        counted = store.counts(connection, _watch(query), list(KINDS))
    return {"items": [_kind(kind) | {"count": counted.get(kind, 0)} for kind in KINDS]}


@alerts.post("/alerts/<alert_id>/set-aside")
@requires(Permission.ALERT_SET_ASIDE)
@idempotent
@alerts.arguments(schemas.SetAsideSchema)
@alerts.response(204)
def set_aside(body: dict[str, Any], alert_id: str) -> ResponseReturnValue:
    """Somebody looked, and nothing more is to be done. What it was raised for being told anew raises it again."""
    command = SetAside(alert_id=alert_id, reason=body["reason"])
    commands.set_aside(command, _watch({}), current_uow(), principal())
    return "", 204


@alerts.post("/alerts/<alert_id>/take-back")
@requires(Permission.ALERT_SET_ASIDE)
@transactional
@alerts.response(204)
def take_back(alert_id: str) -> ResponseReturnValue:
    """It is raised again, if there is still ground for it. A second time changes nothing."""
    commands.take_back(alert_id, current_uow(), principal())
    return "", 204


def _watch(query: Mapping[str, Any]) -> Watch:
    who = principal()
    wanted = {name: query[name] for name in ("enterprise_id", "aside", "days") if name in query}
    return Watch(
        now=clock.now(),
        today=calendar.today(),
        zone=calendar.zone().key,
        sees_all=who.sees_all,
        agency_id=agency_scope(who, query.get("agency_id")),
        **wanted,
    )


def _kind(kind: str) -> dict[str, Any]:
    return {"kind": kind, **KINDS[kind].title._asdict(), "waits": KINDS[kind].waits}


def _shown(alert: Alert) -> dict[str, Any]:
    kind = KINDS[alert.kind]
    aside = {
        "at": alert.set_aside_at,
        "by": alert.set_aside_by,
        "name": alert.set_aside_name,
        "reason": alert.reason,
    }
    return asdict(alert) | {
        "title": kind.title._asdict(),
        "text": said(alert.kind, alert.figures, calendar.zone())._asdict(),
        "remedy": kind.remedy._asdict(),
        "waits": kind.waits,
        "aside": aside if alert.set_aside_at else None,
    }
