"""送达: when the notice of an order was read; an enterprise's refusals are found by it."""

from services.chassis.migrate import sql_beside

revision = "0014"
down_revision = "0013"
upgrade = sql_beside(__file__)
