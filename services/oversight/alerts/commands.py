"""Setting an alert aside, and taking that back. The only things that are said in oversight itself (ADR 64)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from services.chassis import audit
from services.chassis.audit import Act, Tag
from services.chassis.database import UnitOfWork
from services.chassis.errors import NotFound
from services.chassis.identity import Principal
from services.oversight.alerts import store
from services.oversight.alerts.model import Watch
from services.oversight.alerts.words import KINDS

_ALERT_ID = re.compile(r"[a-z_]{1,40}\.[0-9a-f.-]{1,120}")


@dataclass(frozen=True, kw_only=True)
class SetAside:
    alert_id: str
    reason: str


def set_aside(command: SetAside, watch: Watch, uow: UnitOfWork, who: Principal) -> None:
    """A second time changes nothing, whoever says it. Raises NotFound for an alert that is not raised."""
    kind = command.alert_id.partition(".")[0]
    if kind not in KINDS or not _ALERT_ID.fullmatch(command.alert_id):
        raise NotFound("alert", command.alert_id)
    either = (replace(watch, aside=aside, days=366) for aside in (False, True))
    if not any(store.is_raised(uow.connection, one, kind, command.alert_id) for one in either):
        raise NotFound("alert", command.alert_id)
    if store.set_aside(uow.connection, command.alert_id, command.reason, who, watch.now):
        _note(uow, Tag.ALERT_SET_ASIDE, command.alert_id, who)


def take_back(alert_id: str, uow: UnitOfWork, who: Principal) -> None:
    """The alert is raised again, if there is still ground for it. A second time changes nothing."""
    if _ALERT_ID.fullmatch(alert_id) and store.take_back(uow.connection, alert_id):
        _note(uow, Tag.ALERT_TAKEN_BACK, alert_id, who)


def _note(uow: UnitOfWork, tag: Tag, alert_id: str, who: Principal) -> None:
    audit.write(uow.connection, Act(tag=tag, subject=f"alert/{alert_id}", account_id=who.account_id))
