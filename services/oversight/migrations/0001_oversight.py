"""Read models, fed by events alone."""

from services.chassis.migrate import sql_beside

revision = "0001"
down_revision = None
upgrade = sql_beside(__file__)
