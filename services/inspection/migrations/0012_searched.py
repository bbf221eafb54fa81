"""Gates without a readable plate, and checks without a camera."""

from services.chassis.migrate import sql_beside

revision = "0012"
down_revision = "0011"
upgrade = sql_beside(__file__)
