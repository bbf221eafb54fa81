"""What the rules ask by: who inspected whom, and how many of the best graded were inspected."""

from services.chassis.migrate import sql_beside

revision = "0004"
down_revision = "0003"
upgrade = sql_beside(__file__)
