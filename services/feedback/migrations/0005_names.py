"""Names of enterprises."""

from services.chassis.migrate import sql_beside

revision = "0005"
down_revision = "0004"
upgrade = sql_beside(__file__)
