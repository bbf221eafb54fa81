"""Which refusals are asked for, of both kinds: those at the gate and those by enterprises."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, LiteralString
from uuid import UUID

from services.chassis.identity import Principal


@dataclass(frozen=True, kw_only=True)
class Asked:
    """None: any. `first` and `last` are days on the city's calendar."""

    newest_first: bool = False
    after: UUID | None = None
    first: date | None = None
    last: date | None = None
    agency_id: UUID | None = None
    enterprise_id: UUID | None = None
    ground: str | None = None
    rule: str | None = None
    reason: str | None = None

    def of(self, who: Principal, timezone: str) -> dict[str, Any]:
        """The parameters of `chosen`: one's own agency's refusals, or all for those who see all."""
        return asdict(self) | {"mine": who.agency_id, "sees_all": who.sees_all, "timezone": timezone}

    def chosen(self) -> LiteralString:
        """Conditions and order, of rows `r`; of the filters those that are given."""
        given: list[LiteralString] = [
            sql for name, sql in _FILTERS.items() if getattr(self, name) is not None
        ]
        if self.after is not None:
            given.append("r.refusal_id < %(after)s" if self.newest_first else "r.refusal_id > %(after)s")
        direction: LiteralString = "DESC" if self.newest_first else "ASC"
        conditions = " AND ".join(["(%(sees_all)s OR r.agency_id = %(mine)s)", *given])
        return f"WHERE {conditions} ORDER BY r.refusal_id {direction} LIMIT %(limit)s"


_FILTERS: dict[str, LiteralString] = {
    "first": "r.refused_at >= %(first)s::date::timestamp AT TIME ZONE %(timezone)s",
    "last": "r.refused_at < (%(last)s::date + 1)::timestamp AT TIME ZONE %(timezone)s",
    "agency_id": "r.agency_id = %(agency_id)s",
    "enterprise_id": "r.enterprise_id = %(enterprise_id)s",
    "ground": "r.ground = %(ground)s",
    "rule": "r.rule = %(rule)s",
    "reason": "r.reason = %(reason)s",
}
