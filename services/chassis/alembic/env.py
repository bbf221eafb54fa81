"""Runs one service's history in its own schema, one transaction a revision."""

from alembic import context
from sqlalchemy import create_engine, pool

attributes = context.config.attributes
engine = create_engine(attributes["url"], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(
        connection=connection, version_table_schema=attributes["schema"], transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
