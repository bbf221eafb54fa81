"""SQL of the codes. Everything is read from the service's own tables and its replica."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from services.chassis.database import many, one
from services.chassis.policy import Profile
from services.inspection.codes.model import CodedOrder, PublicInspector, PublicOrder, PublicPremises, Visits
from services.inspection.orders.model import LONGEST_WINDOW_DAYS

C = Connection[Any]


@dataclass(frozen=True)
class Year:
    """A year as the profile counts it: a visit belongs to the year in which it was made, so orders whose
    window began in the old one are looked at too."""

    number: int
    profile: Profile

    def asked(self) -> dict[str, Any]:
        return {
            "first": date(self.number, 1, 1),
            "last": date(self.number, 12, 31),
            "window": LONGEST_WINDOW_DAYS,
            "uncounted": sorted(self.profile.uncounted_triggers),
            "timezone": self.profile.timezone,
        }


_PREMISES = """
    SELECT p.premises_id, p.enterprise_id, p.area_code, p.short_code, p.name, p.address, e.name AS enterprise
    FROM premises p JOIN enterprise e USING (enterprise_id)
"""


def public_order(connection: C, order_id: UUID, day: date) -> PublicOrder | None:
    return one(
        connection,
        PublicOrder,
        """
        SELECT o.order_id, o.state, o.trigger, o.starts_on, o.ends_on, o.issued_at, o.entered_at, o.absorbed_into,
               o.ratification,
               (SELECT short_code FROM order_code c WHERE c.order_id = o.order_id) AS short_code,
               (SELECT read_at FROM notice_reading n WHERE n.order_id = o.order_id) AS notice_read_at,
               (SELECT receipt_id FROM receipt r WHERE r.order_id = o.order_id AND r.kind = 'visit') AS receipt_id,
               o.enterprise_id, e.name AS enterprise, e.grade, p.name AS premises, p.address, a.area_code,
               ARRAY(SELECT jsonb_build_object('agency_id', g.agency_id, 'name', g.name, 'leads', og.leads)
                     FROM order_agency og JOIN agency g USING (agency_id)
                     WHERE og.order_id = o.order_id ORDER BY og.leads DESC, g.name) AS agencies,
               ARRAY(SELECT jsonb_build_object('item_id', i.item_id, 'code', i.code, 'name', i.name,
                            'legal_basis', i.legal_basis, 'agency_id', oi.agency_id)
                     FROM order_item oi JOIN item i USING (item_id)
                     WHERE oi.order_id = o.order_id ORDER BY i.code) AS items,
               ARRAY(SELECT jsonb_build_object('inspector_id', i.inspector_id, 'name', i.name, 'kind', i.kind,
                            'certificate_number', i.certificate_number, 'agency', g.name,
                            'valid', i.active AND %(day)s BETWEEN i.valid_from AND i.valid_until)
                     FROM order_inspector oi JOIN inspector i USING (inspector_id)
                     LEFT JOIN agency g ON g.agency_id = oi.agency_id
                     WHERE oi.order_id = o.order_id ORDER BY i.kind DESC, i.name) AS inspectors
        FROM orders o
        JOIN enterprise e USING (enterprise_id)
        JOIN premises p USING (premises_id)
        JOIN agency a USING (agency_id)
        WHERE o.order_id = %(order_id)s
        """,
        {"order_id": order_id, "day": day},
    )


def visits(connection: C, order_id: UUID, year: Year) -> list[Visits]:
    """Per agency and domain of the order: visits to its enterprise that took place (rule F1)."""
    return many(
        connection,
        Visits,
        """
        SELECT mine.agency_id, a.name AS agency, mine.domain, mine.caps, made.visits
        FROM (SELECT oi.agency_id, oi.enterprise_id, oi.domain, array_agg(i.annual_cap) AS caps
              FROM order_item oi LEFT JOIN item i USING (item_id)
              WHERE oi.order_id = %(order_id)s GROUP BY 1, 2, 3) AS mine
        LEFT JOIN agency a USING (agency_id)
        CROSS JOIN LATERAL (
            SELECT count(DISTINCT o.order_id) AS visits
            FROM order_item past JOIN orders o USING (order_id)
            WHERE past.enterprise_id = mine.enterprise_id AND past.agency_id = mine.agency_id
              AND past.domain = mine.domain AND past.starts_on BETWEEN %(first)s - %(window)s AND %(last)s
              AND o.visited AND COALESCE(past.trigger, o.trigger) <> ALL (%(uncounted)s)
              AND COALESCE((o.entered_at AT TIME ZONE %(timezone)s)::date, o.starts_on)
                  BETWEEN %(first)s AND %(last)s) AS made
        ORDER BY a.name, mine.domain
        """,
        {"order_id": order_id, **year.asked()},
    )


def visits_of_all(connection: C, enterprise_id: UUID, year: Year) -> int:
    row = connection.execute(
        """
        SELECT count(*) AS visits FROM orders
        WHERE enterprise_id = %(enterprise_id)s AND starts_on BETWEEN %(first)s - %(window)s AND %(last)s
          AND visited AND (trigger <> ALL (%(uncounted)s) OR EXISTS (
              SELECT FROM order_item i WHERE i.order_id = orders.order_id AND i.trigger <> ALL (%(uncounted)s)))
          AND COALESCE((entered_at AT TIME ZONE %(timezone)s)::date, starts_on) BETWEEN %(first)s AND %(last)s
        """,
        {"enterprise_id": enterprise_id, **year.asked()},
    ).fetchone()
    return row["visits"] if row else 0


def inspector(connection: C, inspector_id: UUID, day: date) -> PublicInspector | None:
    return one(
        connection,
        PublicInspector,
        """
        SELECT i.inspector_id, i.name, i.certificate_number, i.kind, a.name AS agency, i.valid_until,
               i.active AND %(day)s BETWEEN i.valid_from AND i.valid_until AS valid
        FROM inspector i LEFT JOIN agency a USING (agency_id) WHERE i.inspector_id = %(inspector_id)s
        """,
        {"inspector_id": inspector_id, "day": day},
    )


def holders_of_certificate(connection: C, certificate_number: str) -> list[UUID]:
    rows = connection.execute(
        "SELECT inspector_id FROM inspector WHERE certificate_number = %s LIMIT 4", (certificate_number,)
    )
    return [row["inspector_id"] for row in rows]


def premises(connection: C, premises_id: UUID) -> PublicPremises | None:
    return one(connection, PublicPremises, _PREMISES + " WHERE p.premises_id = %s", (premises_id,))


def premises_of_short_code(connection: C, short_code: str) -> PublicPremises | None:
    return one(connection, PublicPremises, _PREMISES + " WHERE p.short_code = %s AND p.active", (short_code,))


def order_of_short_code(connection: C, short_code: str) -> UUID | None:
    row = connection.execute(
        "SELECT order_id FROM order_code WHERE short_code = %s", (short_code,)
    ).fetchone()
    return row["order_id"] if row else None


def known_order(connection: C, order_id: UUID) -> UUID | None:
    row = connection.execute("SELECT order_id FROM orders WHERE order_id = %s", (order_id,)).fetchone()
    return row["order_id"] if row else None


def short_codes_of(connection: C, orders: Sequence[UUID]) -> dict[UUID, str]:
    rows = connection.execute(
        "SELECT order_id, short_code FROM order_code WHERE order_id = ANY (%s)", (list(orders),)
    )
    return {row["order_id"]: row["short_code"] for row in rows}


def keep_short_codes(connection: C, codes: Mapping[UUID, str]) -> None:
    """Sorted, so that two who keep the same cannot deadlock. None is kept where somebody was faster, or where a code
    belongs to another order."""
    connection.execute(
        """
        INSERT INTO order_code (order_id, short_code)
        SELECT * FROM unnest(%s::uuid[], %s::text[]) AS given (order_id, short_code) ORDER BY order_id
        ON CONFLICT DO NOTHING
        """,
        (list(codes), list(codes.values())),
    )


def visible_order(
    connection: C, order_id: UUID, *, agency_id: UUID | None, sees_all: bool
) -> CodedOrder | None:
    """The order, if the agency takes part in it or the caller sees all."""
    return one(
        connection,
        CodedOrder,
        """
        SELECT o.order_id, o.state, o.trigger, o.starts_on, o.ends_on FROM orders o
        WHERE o.order_id = %(order_id)s AND (%(sees_all)s OR EXISTS (
            SELECT FROM order_agency og WHERE og.order_id = o.order_id AND og.agency_id = %(agency_id)s))
        """,
        {"order_id": order_id, "agency_id": agency_id, "sees_all": sees_all},
    )
