"""Entries by a search instead of the plate (flag `searched`): worn plates, and what only says so."""

from __future__ import annotations

from typing import LiteralString

_LOOKED_UP: LiteralString = "'searched' = ANY (flags) AND entered_at >= %(since)s - %(plates_within)s"
_SO_FAR: LiteralString = "ORDER BY entered_at RANGE BETWEEN %(plates_within)s PRECEDING AND CURRENT ROW"

SEARCHED: LiteralString = f"""
    SELECT order_id, at_door, coalesce(by_one, 1) AS by_one,
           greatest(at_door, by_one) >= %(plates_often)s AS often
    FROM (SELECT order_id, count(*) OVER (PARTITION BY premises_id {_SO_FAR}) AS at_door
          FROM order_fact WHERE {_LOOKED_UP}) AS entry
    LEFT JOIN (
        SELECT order_id, max(nth) AS by_one
        FROM (SELECT order_id, count(*) OVER (PARTITION BY inspector_id {_SO_FAR}) AS nth
              FROM order_fact CROSS JOIN unnest(entered_by) AS inspector_id WHERE {_LOOKED_UP}) AS presence
        GROUP BY order_id) AS people USING (order_id)
"""
"""One row an entry: the how many-eth it is within `plates_within` days at its premises (`at_door`), at most how
many-eth of one of those who came (`by_one`), and whether that is often. It looks back from the entry, so what an alert
says of it stays as it is."""
