"""Inspectors have photos."""

from services.chassis.migrate import sql_beside

revision = "0007"
down_revision = "0006"
upgrade = sql_beside(__file__)
