"""Accounts of offices, and the one-time codes enterprises prove themselves with."""

from services.chassis.migrate import sql_beside

revision = "0002"
down_revision = "0001"
upgrade = sql_beside(__file__)
