"""Enterprises are found by name, sound and code."""

from services.chassis.migrate import sql_beside

revision = "0011"
down_revision = "0010"
upgrade = sql_beside(__file__)
