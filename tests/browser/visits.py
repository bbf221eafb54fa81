"""A visit that may be made today, brought about as an office does: drafted, approved and issued over the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import dict_row

from services.chassis.codes import short
from tests.rig.browser_product import Product
from tour import orders
from tour.acts.draft import REGISTRY, suits
from tour.cast import Office

AGENCY = "emergency"


@dataclass(frozen=True)
class IssuedVisit:
    order: dict[str, Any]
    office: Office
    plate: str

    @property
    def order_id(self) -> str:
        return self.order["order_id"]

    @property
    def inspector(self) -> str:
        return f"inspector.{AGENCY}.1"

    def colleague_picture(self) -> bytes:
        """The second inspector's credential, as their screen shows it now."""
        return self.office.inspectors[1].caller.get(f"{orders.API}/credential-code.png").content


def issued_visit(product: Product) -> IssuedVisit:
    office = _office(product)
    premises_id, enterprise_id, plate = _unvisited(product, office)
    request = orders.wanted(office, enterprise_id, premises_id, _items(office))
    order = office.clerk.caller.post(f"{orders.API}/orders", request).json
    orders.decided(office.clerk.caller, order, "submit")
    orders.decided(office.head.caller, order, "approve")
    orders.reviewed(product.logged_in("coordinator").caller, order)
    orders.decided(office.clerk.caller, order, "issue")
    return IssuedVisit(office.clerk.caller.get(orders.path_of(order)).json, office, short.shown(plate))


def entries_of(product: Product, order_id: str) -> list[dict[str, Any]]:
    """Refused ones as well."""
    with psycopg.connect(product.database_url("inspection"), row_factory=dict_row) as connection:
        return connection.execute(
            """
            SELECT online, offline_reason, searched_reason, flags, (SELECT count(*) FROM entry_inspector WHERE entry_id = entry.entry_id) AS people
            FROM entry WHERE order_id = %(order_id)s
            UNION ALL SELECT NULL, 'refused: ' || reason, NULL, '{}', 0 FROM entry_refusal WHERE order_id = %(order_id)s
            """,
            {"order_id": order_id},
        ).fetchall()


def evidence_of(product: Product, order_id: str) -> list[dict[str, Any]]:
    """With the bytes that are kept, and how often an event told of each."""
    with psycopg.connect(product.database_url("inspection"), row_factory=dict_row) as connection:
        return connection.execute(
            """
            SELECT evidence_id, kind, question_id, sha256, stored_sha256, content,
                   (SELECT count(*) FROM outbox WHERE aggregateid = evidence_id::text
                    AND type = 'cn.yicha.inspection.evidence.added.v1') AS told
            FROM evidence WHERE order_id = %(order_id)s ORDER BY evidence_id
            """,
            {"order_id": order_id},
        ).fetchall()


def told_of(product: Product, order_id: str) -> list[str]:
    """The types of the events of an order, in their order."""
    with psycopg.connect(product.database_url("inspection")) as connection:
        rows = connection.execute(
            "SELECT type FROM outbox WHERE aggregateid = %s ORDER BY version", (order_id,)
        ).fetchall()
    return [row[0] for row in rows]


def _office(product: Product) -> Office:
    enter = product.logged_in
    return Office(
        clerk=enter(f"clerk.{AGENCY}"),
        head=enter(f"head.{AGENCY}"),
        inspectors=(enter(f"inspector.{AGENCY}.1"), enter(f"inspector.{AGENCY}.2")),
    )


def _items(office: Office) -> list[str]:
    caller = office.clerk.caller
    agency = caller.get(f"{REGISTRY}/agencies/{office.agency_id}").json
    found = caller.get(f"{REGISTRY}/items", params={"limit": 200}).json["items"]
    return [each["item_id"] for each in found if suits(each, agency)][:2]


def _unvisited(product: Product, office: Office) -> tuple[str, str, str]:
    """The first premises of an enterprise in business against whose visit the gate has no blocking word."""
    items = _items(office)
    with psycopg.connect(product.database_url("inspection")) as connection:
        rows = connection.execute(
            """
            SELECT premises_id::text, enterprise_id::text, short_code FROM premises p
            WHERE active ORDER BY (SELECT count(*) FROM orders o WHERE o.enterprise_id = p.enterprise_id), premises_id
            LIMIT 30
            """
        ).fetchall()
    for premises_id, enterprise_id, plate in rows:
        request = orders.wanted(office, enterprise_id, premises_id, items)
        checked = office.clerk.caller.post(f"{orders.API}/gate-checks", request, expect=(200, 422))
        findings = checked.json.get("findings")
        if findings is not None and all(finding["outcome"] != "block" for finding in findings):
            return premises_id, enterprise_id, plate
    raise AssertionError("the gate blocks a visit to every premises of the demo city")
