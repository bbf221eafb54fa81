"""What stops an order's later life again is counted."""

from services.chassis.migrate import sql_beside

revision = "0017"
down_revision = "0016"
upgrade = sql_beside(__file__)
