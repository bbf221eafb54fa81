"""Whose yearly caps a visit draws on."""

from services.chassis.migrate import sql_beside

revision = "0006"
down_revision = "0005"
upgrade = sql_beside(__file__)
