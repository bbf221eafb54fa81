"""What the duplicates desk asks of orders, and what people said of pairs."""

from services.chassis.migrate import sql_beside

revision = "0002"
down_revision = "0001"
upgrade = sql_beside(__file__)
