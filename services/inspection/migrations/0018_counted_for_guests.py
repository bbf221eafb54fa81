"""A joint visit counts for each agency by the trigger with which it came."""

from services.chassis.migrate import sql_beside

revision = "0018"
down_revision = "0017"
upgrade = sql_beside(__file__)
