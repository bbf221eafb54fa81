"""How many of the best graded are inspected is counted as it happens (rule F6)."""

from services.chassis.migrate import sql_beside

revision = "0009"
down_revision = "0008"
upgrade = sql_beside(__file__)
