"""Agencies import their own inspectors."""

from services.chassis.migrate import sql_beside

revision = "0008"
down_revision = "0007"
upgrade = sql_beside(__file__)
