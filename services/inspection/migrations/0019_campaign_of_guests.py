"""A guest of a guest draws down its quota as long as the outermost order does."""

from services.chassis.migrate import sql_beside

revision = "0019"
down_revision = "0018"
upgrade = sql_beside(__file__)
