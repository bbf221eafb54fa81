"""An order's later life over HTTP: urgent visits, refusals, rectification. Each at a door of its own, so that many
tests may share a town."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from events.catalogue.registry import EnterpriseChanged
from services.chassis.codes import short
from services.chassis.identity import Principal, Role
from tests.builders.arrival import arrives, inspector_of
from tests.builders.inspection import (
    Staff,
    Town,
    a_premises,
    a_principal,
    a_town,
    an_enterprise,
    replicate,
    today,
)
from tests.rig.postgres import PostgresRig


@contextmanager
def a_shared_town(postgres: PostgresRig, folder: Path) -> Generator[Town]:
    with postgres.database() as database, a_town(database, folder) as town:
        yield town


@dataclass(frozen=True)
class Door:
    """One enterprise with one premises in the town."""

    town: Town
    enterprise: EnterpriseChanged

    @property
    def plate(self) -> str:
        return self.enterprise.premises[0].short_code

    @property
    def where(self) -> dict[str, str]:
        return {
            "enterprise_id": str(self.enterprise.enterprise_id),
            "premises_id": str(self.enterprise.premises[0].premises_id),
        }

    @property
    def owner(self) -> Principal:
        return a_principal(Role.ENTERPRISE, enterprise_id=self.enterprise.enterprise_id)

    def urgent(self, staff: Staff | None = None, **changes: Any) -> dict[str, Any]:
        """A draft of an urgent order."""
        return self.town.drafted(staff, trigger="urgent", **(self.where | changes))

    def issued(self, **changes: Any) -> dict[str, Any]:
        return self.town.issued(**(self.where | changes))

    def arrives(self, order: dict[str, Any], by: Principal | None = None, **changes: Any) -> TestResponse:
        return arrives(self.town, order, by, premises_code=self.plate, **changes)

    def enters(self, order: dict[str, Any], **changes: Any) -> dict[str, Any]:
        answer = self.arrives(order, **changes)
        assert answer.status_code == 201, answer.json
        return answer.json

    def records(self, order: dict[str, Any], finding: str = "ok") -> TestResponse:
        answer = {"item_id": str(self.town.safety.item.item_id), "question_id": "q1", "finding": finding}
        body = {"answers": [answer], "signed_by": "赵经理"}
        return self.town.call(
            "PUT", f"/orders/{order['order_id']}/record", inspector_of(self.town.safety), json=body
        )

    def concludes(self, order: dict[str, Any], result: str, **more: Any) -> TestResponse:
        path = f"/orders/{order['order_id']}/conclusion"
        return self.town.call("POST", path, inspector_of(self.town.safety), json={"result": result, **more})

    def says(
        self, what: str, order: dict[str, Any], by: Principal | None = None, **more: Any
    ) -> TestResponse:
        """`ratify` or `disapprove`, by the head unless told otherwise."""
        path = f"/orders/{order['order_id']}/{what}"
        return self.town.call("POST", path, by or self.town.safety.head, **({"json": {}} | more))

    def rectifying(self, **changes: Any) -> dict[str, Any]:
        """An order that waits for something to be put right within a week."""
        order = self.issued(**changes)
        self.enters(order)
        assert self.records(order, "problem").status_code == 200
        deadline = str(today() + timedelta(days=7))
        assert self.concludes(order, "order_rectification", deadline=deadline).status_code == 200
        return order

    def told(self, order: dict[str, Any]) -> list[str]:
        """The events of an order, whose versions go up by one."""
        told = [(event, version) for event, version, _ in self.town.told(order)]
        assert [version for _, version in told] == list(range(1, len(told) + 1)), told
        return [event for event, _ in told]


def a_door(town: Town, **changes: Any) -> Door:
    given = {"premises": (a_premises(short_code=short.new()),)}
    enterprise = an_enterprise(**given | changes)
    replicate(town.pool, enterprise)
    return Door(town, enterprise)
