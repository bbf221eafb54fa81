"""The gate's answer before anything is written: a dry run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis import clock
from services.chassis.identity import Principal
from services.chassis.policy import policies
from services.inspection.gate import Finding, Stage, judge
from services.inspection.gate.reader import read_facts
from services.inspection.orders import scope
from services.inspection.orders.commands.wish import Draft, content_of, proposed


@dataclass(frozen=True)
class Checked:
    findings: Sequence[Finding]
    policy: str


def check(draft: Draft, connection: Connection[Any], who: Principal, order_id: UUID | None) -> Checked:
    """Stores nothing and locks nothing, so it promises nothing. Raises Invalid."""
    agency_id = scope.own_agency(who)
    content_of(draft, connection, agency_id)
    facts = read_facts(connection, proposed(draft, agency_id, order_id), policies(), clock.now())
    return Checked(judge(facts, Stage.CHECK), facts.profile.label)
