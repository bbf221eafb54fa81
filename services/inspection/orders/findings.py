"""SQL of what the gate said, and what people answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from services.chassis.ids import new_id
from services.inspection.gate.errors import text
from services.inspection.gate.model import Finding, Stage
from services.inspection.orders.model import Order

C = Connection[Any]
MOST_AN_HOUR = 100
"""Different findings of one act that are kept: whoever names ever other questions fills no table."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`nth` is the visit it was given for: it says nothing of the one after that."""

    reason: str
    by: UUID
    nth: int

    def holds_for(self, finding: Finding) -> bool:
        return finding.nth <= self.nth


def answers_of(connection: C, order: Order) -> dict[str, Answer]:
    """What was answered to each key, as long as the order says what it said then; where that was done for several
    counts, the answer to the highest of them."""
    rows = connection.execute(
        """
        SELECT DISTINCT ON (key) key, reason, reason_by, COALESCE((figures ->> 'nth')::int, 0) AS nth FROM finding
        WHERE order_id = %s AND revision = %s AND reason IS NOT NULL ORDER BY key, nth DESC, finding_id DESC
        """,
        (order.order_id, order.revision),
    ).fetchall()
    return {row["key"]: Answer(reason=row["reason"], by=row["reason_by"], nth=row["nth"]) for row in rows}


def insert_findings(
    connection: C,
    order: Order,
    stage: Stage,
    findings: Sequence[Finding],
    answers: Mapping[str, Answer],
    now: datetime,
    hour: datetime | None = None,
) -> None:
    """A row each; where an `hour` is given, one more on the row of the same key in it."""
    if not findings:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            _INSERT,
            [
                _row(order, stage, finding, answers.get(finding.key), now) | {"hour": hour}
                for finding in findings
            ],
        )


_INSERT = """
INSERT INTO finding (finding_id, judgement_id, order_id, revision, stage, rule, key, outcome, explanation, remedy,
                     citations, figures, orders, items, judged_at, reason, reason_by, hour)
VALUES (%(finding_id)s, %(judgement_id)s, %(order_id)s, %(revision)s, %(stage)s, %(rule)s, %(key)s, %(outcome)s,
        %(explanation)s, %(remedy)s, %(citations)s, %(figures)s, %(orders)s, %(items)s, %(judged_at)s,
        %(reason)s, %(reason_by)s, %(hour)s)
ON CONFLICT (order_id, stage, hour, key) WHERE hour IS NOT NULL DO UPDATE SET
    times = finding.times + 1, last_at = GREATEST(finding.last_at, excluded.judged_at)
"""


def count_findings(
    connection: C, order: Order, stage: Stage, findings: Sequence[Finding], now: datetime
) -> None:
    """What stops an act of a locked order: a row each, or one more on its row of this hour, which keeps the words and
    figures it was first said with. Of those that were not said before in the hour, no more than `MOST_AN_HOUR` in all."""
    if not findings:
        return
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    rows = connection.execute(
        "SELECT key FROM finding WHERE order_id = %s AND stage = %s AND hour = %s",
        (order.order_id, stage, hour),
    ).fetchall()
    known = {row["key"] for row in rows}
    new = (finding.key for finding in findings if finding.key not in known)
    kept = known | set(islice(new, max(0, MOST_AN_HOUR - len(known))))
    insert_findings(connection, order, stage, [f for f in findings if f.key in kept], {}, now, hour)


def _row(
    order: Order,
    stage: Stage,
    finding: Finding,
    answer: Answer | None,
    now: datetime,
) -> dict[str, Any]:
    return {
        "finding_id": new_id(),
        "judgement_id": order.judgement_id,
        "order_id": order.order_id,
        "revision": order.revision,
        "stage": stage,
        "rule": finding.rule,
        "key": finding.key,
        "outcome": finding.outcome,
        "explanation": Jsonb(text(finding.explanation)),
        "remedy": Jsonb(text(finding.remedy)),
        "citations": Jsonb([text(citation) for citation in finding.citations]),
        "figures": Jsonb(dict(finding.figures)),
        "orders": list(finding.orders),
        "items": list(finding.items),
        "judged_at": now,
        "reason": answer and answer.reason,
        "reason_by": answer and answer.by,
    }


def meet_duplicates(
    connection: C, order: Order, rule: str, others: Iterable[UUID], now: datetime
) -> tuple[UUID, ...]:
    """Remember the pairs; returns the others that nobody had seen with this order before."""
    rows = connection.execute(
        """
        INSERT INTO duplicate (one, other, rule, found_at)
        SELECT LEAST(%(order_id)s::uuid, found), GREATEST(%(order_id)s::uuid, found), %(rule)s, %(now)s
        FROM unnest(%(others)s::uuid[]) AS found
        ON CONFLICT DO NOTHING
        RETURNING CASE WHEN one = %(order_id)s THEN other ELSE one END AS found
        """,
        {"order_id": order.order_id, "rule": rule, "others": list(others), "now": now},
    ).fetchall()
    return tuple(sorted(row["found"] for row in rows))


def answer_duplicates(
    connection: C, order: Order, others: Iterable[UUID], reason: str, by: UUID, now: datetime
) -> None:
    """Someone said why these go on apart: it holds for both sides, until either changes."""
    connection.execute(
        """
        UPDATE duplicate SET reason = %(reason)s, answered_by = %(by)s, answered_at = %(now)s
        FROM unnest(%(others)s::uuid[]) AS found
        WHERE one = LEAST(%(order_id)s::uuid, found) AND duplicate.other = GREATEST(%(order_id)s::uuid, found)
        """,
        {"order_id": order.order_id, "others": list(others), "reason": reason, "by": by, "now": now},
    )


def forget_answers(connection: C, order: Order) -> tuple[UUID, ...]:
    """The order changed: what was said of it and others was said of something else. Returns those others."""
    rows = connection.execute(
        """
        UPDATE duplicate SET reason = NULL, answered_by = NULL, answered_at = NULL, said_of = NULL
        WHERE (one = %(order_id)s OR other = %(order_id)s) AND reason IS NOT NULL
        RETURNING CASE WHEN one = %(order_id)s THEN other ELSE one END AS other
        """,
        {"order_id": order.order_id},
    ).fetchall()
    return tuple(sorted(row["other"] for row in rows))
