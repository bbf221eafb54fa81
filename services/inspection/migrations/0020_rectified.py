"""What has been put right is found by its deadline as well."""

from services.chassis.migrate import sql_beside

revision = "0020"
down_revision = "0019"
upgrade = sql_beside(__file__)
