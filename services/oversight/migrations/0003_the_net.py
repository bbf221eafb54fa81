"""The head's word, deadlines, refusals by enterprises, places and caps, and what was set aside."""

from services.chassis.migrate import sql_beside

revision = "0003"
down_revision = "0002"
upgrade = sql_beside(__file__)
