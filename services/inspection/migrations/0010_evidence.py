"""Photos and signatures of a visit."""

from services.chassis.migrate import sql_beside

revision = "0010"
down_revision = "0009"
upgrade = sql_beside(__file__)
