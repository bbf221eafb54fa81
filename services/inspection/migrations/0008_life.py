"""What happens to an order after it was issued: refusals, receipts, ratification, rectification."""

from services.chassis.migrate import sql_beside

revision = "0008"
down_revision = "0007"
upgrade = sql_beside(__file__)
