"""Surveys, whom they ask, and what they are answered."""

from services.chassis.migrate import sql_beside

revision = "0004"
down_revision = "0003"
upgrade = sql_beside(__file__)
