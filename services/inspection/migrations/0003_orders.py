"""What each trigger needs, the head's word afterwards, and the enterprises' blackout dates."""

from services.chassis.migrate import sql_beside

revision = "0003"
down_revision = "0002"
upgrade = sql_beside(__file__)
