"""Refusals are listed by enterprise."""

from services.chassis.migrate import sql_beside

revision = "0021"
down_revision = "0020"
upgrade = sql_beside(__file__)
