"""Whether a deadline was counted by the published holidays."""

from services.chassis.migrate import sql_beside

revision = "0002"
down_revision = "0001"
upgrade = sql_beside(__file__)
