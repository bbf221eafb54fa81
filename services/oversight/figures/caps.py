"""Who was visited more often in a year than the items allow (rule F1)."""

from typing import LiteralString

# Of one agency at one enterprise: its visits against the strictest cap that the items it looked at there publish, in
# its own domain: a joint visit covers items of others. The rollup is asked, and only for who was visited more than
# the lowest cap there is. With `year` and `agency_id`.
OVER_CAP: LiteralString = """
    SELECT whole.enterprise_id, whole.agency_id, whole.year, whole.visits, min(item.annual_cap) AS cap
    FROM year_visits AS whole
    JOIN agency ON agency.agency_id = whole.agency_id
    JOIN year_visits AS part ON part.year = whole.year AND part.enterprise_id = whole.enterprise_id
                            AND part.agency_id = whole.agency_id
    JOIN item ON item.item_id = part.item_id AND item.domain = agency.domain
    WHERE whole.item_id IS NULL AND whole.year = %(year)s AND whole.visits > 1
      AND whole.visits > (SELECT min(annual_cap) FROM item) AND item.annual_cap < whole.visits
      AND (%(agency_id)s::uuid IS NULL OR whole.agency_id = %(agency_id)s)
    GROUP BY whole.enterprise_id, whole.agency_id, whole.year, whole.visits
"""
