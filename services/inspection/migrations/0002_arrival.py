"""Codes, entries, refusals and records."""

from services.chassis.migrate import sql_beside

revision = "0002"
down_revision = "0001"
upgrade = sql_beside(__file__)
