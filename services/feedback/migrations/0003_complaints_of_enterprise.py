"""An enterprise lists its own complaints."""

from services.chassis.migrate import sql_beside

revision = "0003"
down_revision = "0002"
upgrade = sql_beside(__file__)
