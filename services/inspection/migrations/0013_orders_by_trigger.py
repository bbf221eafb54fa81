"""The newest orders of one trigger are found without reading the others."""

from services.chassis.migrate import sql_beside

revision = "0013"
down_revision = "0012"
upgrade = sql_beside(__file__)
