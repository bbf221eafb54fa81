"""The replica of registry state, orders and what the gate said about them."""

from services.chassis.migrate import sql_beside

revision = "0001"
down_revision = None
upgrade = sql_beside(__file__)
