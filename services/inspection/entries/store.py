"""SQL of entries. The scan has two statements of its own: one reads everything, one writes everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from psycopg import Connection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from services.chassis.database import one
from services.inspection.entries.facts import Known
from services.inspection.entries.model import Arrival, Entry, Refusal

C = Connection[DictRow]
NEAR_IN_TIME = timedelta(hours=2)
DEVICE_DAY = timedelta(hours=24)
MONTH = timedelta(days=31)


def read_known(connection: C, arrival: Arrival, short_code: str, present: tuple[UUID, ...]) -> Known | None:
    """Lock the order and read all that the rules ask; None when there is no such order.

    A row lock waits, the rest of the statement does not: it sees what was committed when it began. Should the
    order have changed meanwhile, `seen` differs from `version`, and under the lock now held it is read again.
    """
    asked = {
        "order_id": arrival.order_id,
        "short_code": short_code,
        "premises_id": arrival.premises_id,
        "present": list(present),
        "at": arrival.at,
        "near": NEAR_IN_TIME,
        "day": DEVICE_DAY,
        "month": MONTH,
        "device_id": arrival.device_id,
        "made_by": arrival.made_by,
        "online": arrival.online,
        "received_at": arrival.received_at,
    }
    connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")  # to plan takes longer than to run
    while True:
        row = connection.execute(_KNOWN, asked).fetchone()
        if row is None:
            return None
        known = msgspec.json.decode(row["known"], type=Known)
        if known.seen == known.version:
            return known


# One JSON text, decoded into its type in one step. What a person or a phone did before is asked one by one
# (LATERAL): with `= ANY` a cached generic plan may read the whole history. An urgent draft adds a visit that nobody
# has counted yet, so its enterprise is locked before its row, as by everyone who adds one (locks.lock_enterprise). One
# that is brought after its order expired adds one as well, and so may one whose window is over: it may expire meanwhile.
_KNOWN = """
WITH unplanned AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended('enterprise ' || enterprise_id, 0))
    FROM orders WHERE order_id = %(order_id)s AND (
        (state = 'drafted' AND trigger = 'urgent')
        OR (state IN ('issued', 'expired') AND ends_on <= %(received_at)s::date AND NOT %(online)s))),
locked AS MATERIALIZED (
    SELECT order_id, version, state, trigger, agency_id, enterprise_id, premises_id, starts_on, ends_on, drafted_at,
           issued_at, refusals
    FROM orders WHERE order_id = %(order_id)s AND (SELECT count(*) FROM unplanned) >= 0 FOR UPDATE)
SELECT (to_jsonb(l) || jsonb_build_object(
    'seen', (SELECT version FROM orders WHERE order_id = %(order_id)s),
    'area_code', COALESCE((SELECT area_code FROM agency a WHERE a.agency_id = l.agency_id), ''),
    'agencies', ARRAY(SELECT agency_id FROM order_agency a WHERE a.order_id = l.order_id
                      ORDER BY leads DESC, agency_id),
    'brought', ARRAY(SELECT DISTINCT jsonb_build_object('agency_id', i.agency_id,
                                                        'trigger', COALESCE(i.trigger, l.trigger))
                     FROM order_item i WHERE i.order_id = %(order_id)s),
    'place', (SELECT to_jsonb(p) || jsonb_build_object('enterprise', e.name)
              FROM premises p LEFT JOIN enterprise e USING (enterprise_id) WHERE p.premises_id = l.premises_id),
    'scanned', (SELECT to_jsonb(p) || jsonb_build_object('enterprise', e.name)
                FROM premises p LEFT JOIN enterprise e USING (enterprise_id)
                WHERE p.active AND p.premises_id = COALESCE(%(premises_id)s::uuid, (
                    SELECT premises_id FROM premises WHERE short_code = %(short_code)s AND active LIMIT 1))),
    'present', ARRAY(
        SELECT jsonb_build_object('inspector_id', here.inspector_id, 'name', i.name, 'kind', i.kind,
               'active', i.active, 'valid_from', i.valid_from, 'valid_until', i.valid_until,
               'on_order', o.inspector_id IS NOT NULL)
        FROM unnest(%(present)s::uuid[]) WITH ORDINALITY AS here (inspector_id, nth)
        LEFT JOIN inspector i ON i.inspector_id = here.inspector_id
        LEFT JOIN order_inspector o ON o.order_id = %(order_id)s AND o.inspector_id = here.inspector_id
        ORDER BY here.nth),
    'elsewhere', ARRAY(
        SELECT jsonb_build_object('inspector_id', here.inspector_id, 'entered_at', e.entered_at,
               'latitude', e.latitude, 'longitude', e.longitude)
        FROM unnest(%(present)s::uuid[]) AS here (inspector_id)
        CROSS JOIN LATERAL (
            SELECT i.entered_at, p.latitude, p.longitude
            FROM entry_inspector i LEFT JOIN premises p ON p.premises_id = i.premises_id
            WHERE i.inspector_id = here.inspector_id AND i.premises_id <> l.premises_id
              AND i.entered_at BETWEEN %(at)s - %(near)s AND %(at)s + %(near)s
            ORDER BY abs(extract(epoch FROM i.entered_at - %(at)s)) LIMIT 4) AS e),
    'device_shared', EXISTS (
        SELECT FROM entry e
        WHERE e.device_id = %(device_id)s AND e.made_by <> %(made_by)s
          AND e.entered_at > %(at)s - %(day)s AND e.entered_at <= %(at)s),
    'withdrawn', ARRAY(
        SELECT jsonb_build_object('agency_id', a.agency_id, 'name', COALESCE(g.name, a.agency_id::text))
        FROM order_agency a LEFT JOIN agency g ON g.agency_id = a.agency_id
        LEFT JOIN agency e ON e.agency_id = g.entrusted_by
        WHERE a.order_id = %(order_id)s
          AND NOT COALESCE(g.active AND (g.entrusted_by IS NULL OR e.active), false)),
    'doubtful', ARRAY(
        SELECT to_jsonb(n) FROM order_item i JOIN item n ON n.item_id = i.item_id
        WHERE i.order_id = %(order_id)s
          AND NOT (n.published AND n.in_force_from < %(at)s AND COALESCE(n.in_force_until > %(at)s, true))),
    'visits', ARRAY(
        SELECT e.entered_at FROM entry e
        WHERE e.enterprise_id = l.enterprise_id
          AND e.entered_at BETWEEN %(at)s - %(month)s AND %(at)s + %(month)s)))::text AS known
FROM locked l
"""


def write_entry(connection: C, entry: Entry, moved: dict[str, Any]) -> None:
    """The entry, those who were there, the order's move and the step in its history; the order is locked."""
    connection.execute(
        _WRITE,
        vars(entry) | {"inspectors": list(entry.inspectors), "flags": list(entry.flags)} | moved,
    )


_WRITE = """
WITH moved AS (
    UPDATE orders SET state = 'entered', version = %(version)s, entered_at = %(entered_at)s,
                      conclude_by = %(conclude_by)s, ratify_by = %(ratify_by)s,
                      ratification = CASE WHEN %(ratify_by)s::timestamptz IS NULL THEN NULL ELSE 'pending' END
    WHERE order_id = %(order_id)s),
made AS (
    INSERT INTO entry (entry_id, order_id, enterprise_id, premises_id, made_by, entered_at, device_time, received_at,
                       device_id, latitude, longitude, accuracy, distance, online, offline_reason,
                       searched_reason, flags)
    VALUES (%(entry_id)s, %(order_id)s, %(enterprise_id)s, %(premises_id)s, %(made_by)s, %(entered_at)s,
            %(device_time)s, %(received_at)s, %(device_id)s, %(latitude)s, %(longitude)s, %(accuracy)s,
            %(distance)s, %(online)s, %(offline_reason)s, %(searched_reason)s, %(flags)s)),
present AS (
    INSERT INTO entry_inspector (entry_id, inspector_id, premises_id, entered_at)
    SELECT %(entry_id)s, inspector_id, %(premises_id)s, %(entered_at)s
    FROM unnest(%(inspectors)s::uuid[]) AS inspector_id)
INSERT INTO step (step_id, order_id, version, action, by, name, at)
VALUES (%(step_id)s, %(order_id)s, %(version)s, 'enter', %(by)s, %(name)s, %(received_at)s)
"""


def keep_refusal(connection: C, refusal: Refusal, said: str, arrival: Arrival, findings: Jsonb) -> Refusal:
    """A row of its own, or one more on the row of this hour; where and when the phone was stays as it was first told."""
    position = arrival.position
    kept = connection.execute(
        _REFUSED,
        vars(refusal)
        | {
            "said": said,
            "findings": findings,
            "device_id": arrival.device_id,
            "device_time": arrival.device_time,
            "online": arrival.online,
            "latitude": position and position.latitude,
            "longitude": position and position.longitude,
            "accuracy": position and position.accuracy,
        },
    ).fetchone()
    assert kept is not None
    return replace(refusal, **kept)


_REFUSED = """
INSERT INTO entry_refusal (refusal_id, order_id, enterprise_id, premises_id, agency_id, inspector_id, rule, reason,
                           findings, device_id, device_time, refused_at, latitude, longitude, accuracy, online, said,
                           hour, last_at)
VALUES (%(refusal_id)s, %(order_id)s, %(enterprise_id)s, %(premises_id)s, %(agency_id)s, %(inspector_id)s, %(rule)s,
        %(reason)s, %(findings)s, %(device_id)s, %(device_time)s, %(refused_at)s, %(latitude)s, %(longitude)s,
        %(accuracy)s, %(online)s, %(said)s, date_trunc('hour', %(refused_at)s::timestamptz, 'UTC'), %(last_at)s)
ON CONFLICT (order_id, inspector_id, premises_id, said, hour) WHERE hour IS NOT NULL DO UPDATE SET
    times = entry_refusal.times + 1, last_at = GREATEST(entry_refusal.last_at, excluded.last_at)
RETURNING refusal_id, refused_at, last_at, times
"""


_ENTRY = """
    SELECT e.entry_id, e.order_id, e.enterprise_id, e.premises_id, e.made_by, e.entered_at, e.device_time,
           e.received_at, e.device_id, e.latitude, e.longitude, e.accuracy, e.distance, e.online,
           e.offline_reason, e.searched_reason, e.flags, e.left_at,
           (SELECT receipt_id FROM receipt r WHERE r.about = e.entry_id) AS receipt_id,
           ARRAY(SELECT inspector_id FROM entry_inspector i WHERE i.entry_id = e.entry_id
                 ORDER BY inspector_id = e.made_by DESC, inspector_id) AS inspectors
    FROM entry e
"""


def entry_of_order(connection: C, order_id: UUID) -> Entry | None:
    return one(connection, Entry, _ENTRY + " WHERE e.order_id = %s", (order_id,))


def entry(connection: C, entry_id: UUID) -> Entry | None:
    return one(connection, Entry, _ENTRY + " WHERE e.entry_id = %s", (entry_id,))


def visible_entry(connection: C, entry_id: UUID, *, agency_id: UUID | None, sees_all: bool) -> Entry | None:
    """The entry, if the agency takes part in its order or the caller sees all."""
    return one(
        connection,
        Entry,
        _ENTRY
        + """
        WHERE e.entry_id = %(entry_id)s AND (%(sees_all)s OR EXISTS (
            SELECT FROM order_agency a WHERE a.order_id = e.order_id AND a.agency_id = %(agency_id)s))
        """,
        {"entry_id": entry_id, "agency_id": agency_id, "sees_all": sees_all},
    )


def mark_left(connection: C, entry: Entry) -> None:
    connection.execute("UPDATE entry SET left_at = %s WHERE entry_id = %s", (entry.left_at, entry.entry_id))
