"""Orders in every state an enterprise may meet, taken from the demo city's history and set straight in the tables:
what leads there, and which rules it passes, is for other tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg

from services.chassis import clock, secrets
from services.chassis.codes import Code, Keyring, Kind, sign
from services.chassis.codes.sheet import sign_sheet
from services.chassis.identity.tokens import generate_key
from services.chassis.ids import new_id
from services.inspection.codes import typed
from services.inspection.codes.slots import code_at
from services.inspection.evidence import store as evidence
from services.inspection.evidence.model import Evidence
from services.inspection.orders.model import VISITED
from services.inspection.supplements import store as supplements
from services.inspection.supplements.model import SignedReceipt, Supplement, document
from tests.rig.browser_product import Product

CITY = "Asia/Shanghai"
INSPECTION = "/api/inspection/v1"
_MIDNIGHT = time(tzinfo=ZoneInfo(CITY))


def spoiled(code: str) -> str:
    """One digit changed, in the middle of the signature."""
    return code[:150] + str((int(code[150]) + 1) % 10) + code[151:]


@dataclass
class Scenes:
    product: Product
    keyring: Keyring = field(init=False)
    _past: Iterator[UUID] = field(init=False)

    def __post_init__(self) -> None:
        self.keyring = Keyring(self.product.secrets / secrets.CODE_KEYS)
        self._past = iter(self._orders_of_the_year())

    def order(self, state: str = "issued", starts: int = -1, ends: int = 3) -> UUID:
        """Its window begins and ends so many days from today."""
        order_id = next(self._past)
        today = clock.today(CITY)
        given = {
            "order_id": order_id,
            "state": state,
            "starts_on": today + timedelta(days=starts),
            "ends_on": today + timedelta(days=ends),
            "into": self.order() if state == "absorbed" else None,
            "entered_at": clock.now() if state in VISITED else None,
        }
        with self._connection() as connection:
            connection.execute(
                "UPDATE orders SET state = %(state)s, starts_on = %(starts_on)s, ends_on = %(ends_on)s, "
                "absorbed_into = %(into)s, entered_at = %(entered_at)s WHERE order_id = %(order_id)s",
                given,
            )
        return order_id

    def urgent_code(self, ratification: str) -> str:
        """They are inside; this is the head's word on it (rule A6)."""
        order_id = self.order("entered")
        with self._connection() as connection:
            connection.execute(
                "UPDATE orders SET trigger = 'urgent', ratification = %s WHERE order_id = %s",
                (ratification, order_id),
            )
        return self.code_of(order_id)

    def joint_code(self) -> str:
        """Of two agencies."""
        order_id = self.order()
        with self._connection() as connection:
            connection.execute(
                """
                INSERT INTO order_agency (order_id, agency_id, leads)
                SELECT %(order_id)s, agency_id, false FROM agency
                WHERE agency_id NOT IN (SELECT agency_id FROM order_agency WHERE order_id = %(order_id)s)
                ORDER BY name LIMIT 1
                """,
                {"order_id": order_id},
            )
        return self.code_of(order_id)

    def order_code(self, state: str = "issued", starts: int = -1, ends: int = 3) -> str:
        return self.code_of(self.order(state, starts, ends), starts, ends)

    def code_of(self, order_id: UUID, starts: int = -1, ends: int = 3, keyring: Keyring | None = None) -> str:
        code = Code(
            kind=Kind.ORDER,
            subject=order_id,
            valid_from=_start_of_day(starts),
            valid_until=_start_of_day(ends + 1),
        )
        return sign(code, keyring or self.keyring)

    def code_of_another_key(self) -> str:
        """Whose number the product does not publish."""
        with TemporaryDirectory() as folder:
            *known, _ = [generate_key(Path(folder)) for _ in range(len(self.keyring.published()) + 1)]
            for number in known:
                number.unlink()  # while none is ripe, the oldest signs
            return self.code_of(self.order(), keyring=Keyring(Path(folder)))

    def credential_code(
        self,
        began: timedelta = timedelta(),
        lasts: timedelta = timedelta(hours=1),
        inspector_id: UUID | None = None,
    ) -> str:
        """Else of the inspector who logs in as `inspector.emergency.1`. An hour: the tests may be slow."""
        own = self.product.logged_in("inspector.emergency.1").account["inspector_id"]
        now = clock.now()
        code = Code(
            kind=Kind.CREDENTIAL,
            subject=inspector_id or UUID(own),
            valid_from=now - began,
            valid_until=now - began + lasts,
        )
        return sign(code, self.keyring)

    def digits_of(self, inspector_id: UUID) -> str:
        """As they stand on the inspector's screen now."""
        return typed.digits_of(sign(code_at(inspector_id, clock.now()), self.keyring))

    def inspector_of(self, order_id: UUID) -> UUID:
        """One of those it names, whose credential is valid."""
        with self._connection() as connection:
            row = connection.execute(
                """
                SELECT inspector_id FROM order_inspector JOIN inspector i USING (inspector_id)
                WHERE order_id = %s AND i.active AND i.valid_until > now() AND kind = 'inspector' LIMIT 1
                """,
                (order_id,),
            ).fetchone()
        assert row
        return row[0]

    def supplement(self, receipt_id: UUID) -> None:
        """A photo that came when the receipt had been signed."""
        now, content = clock.now(), f"a photo, {new_id()}".encode()
        digest = sha256(content).hexdigest()
        with self._connection() as connection:
            (row,) = connection.execute(
                "SELECT order_id, token FROM receipt WHERE receipt_id = %s", (receipt_id,)
            ).fetchall()
            photo = Evidence(
                evidence_id=new_id(),
                order_id=row[0],
                kind="photo",
                media_type="image/jpeg",
                item_id=None,
                question_id=None,
                taken_at=now,
                added_at=now,
                added_by=new_id(),
                sha256=digest,
                stored_sha256=digest,
                size=len(content),
            )
            evidence.insert(connection, photo, content)
            receipt = SignedReceipt(receipt_id=receipt_id, token=row[1], signed_record=True)
            token = sign_sheet(document(new_id(), receipt, photo, now), self.keyring)
            more = Supplement(
                supplement_id=new_id(),
                receipt_id=receipt_id,
                evidence_id=photo.evidence_id,
                made_at=now,
                token=token,
            )
            supplements.insert(connection, more)

    def plate_code(self) -> str:
        with self._connection() as connection:
            row = connection.execute(
                "SELECT short_code FROM premises WHERE active ORDER BY length(address) DESC LIMIT 1"
            ).fetchone()
        assert row
        return f"P{row[0]}"

    def premises_id(self) -> UUID:
        with self._connection() as connection:
            row = connection.execute("SELECT premises_id FROM premises WHERE active LIMIT 1").fetchone()
        assert row
        return row[0]

    def _orders_of_the_year(self) -> list[UUID]:
        """Those with the most to show first."""
        with self._connection() as connection:
            rows = connection.execute(
                """
                SELECT order_id FROM orders JOIN enterprise e USING (enterprise_id)
                WHERE state = 'closed'
                ORDER BY (SELECT count(*) FROM order_item i WHERE i.order_id = orders.order_id) DESC,
                         length(e.name) DESC, order_id
                LIMIT 100
                """
            ).fetchall()
        return [row[0] for row in rows]

    def _connection(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.product.database_url("inspection"))


def _start_of_day(days: int) -> datetime:
    return datetime.combine(clock.today(CITY) + timedelta(days=days), _MIDNIGHT).astimezone(UTC)
