"""Refused entries that repeat themselves are counted."""

from services.chassis.migrate import sql_beside

revision = "0015"
down_revision = "0014"
upgrade = sql_beside(__file__)
