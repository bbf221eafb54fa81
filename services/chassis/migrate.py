"""Provisioning and migrations: a schema and a role per service, with rights to nothing else.

Each service has one alembic history, kept in its own schema; a revision executes the plain `.sql`
file beside it. Before it come the tables every service has: outbox, inbox, dead letters, idempotency.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import psycopg
from alembic import command, op
from alembic.config import Config
from psycopg import sql as S
from psycopg.conninfo import conninfo_to_dict

import events
from services.chassis import jobs
from services.chassis.names import AUDIT_ROLE, EVENT_LOG, SERVICES, Service, audit_schema_of, role_of

_HERE = Path(__file__).parent
_SERVICES = _HERE.parent
_SHARED = (Path(events.__file__).parent / "sql", _HERE / "sql")
_AUDIT = _HERE / "audit" / "audit.sql"
LOCK_WAIT_SECONDS = 60


def sql_beside(revision_file: str) -> Callable[[], None]:
    """`upgrade = sql_beside(__file__)`: run the `.sql` of the same name. Never waits long for a table lock."""

    def upgrade() -> None:
        op.execute("SET LOCAL lock_timeout = '5s'")
        op.get_bind().exec_driver_sql(_escape(Path(revision_file).with_suffix(".sql").read_text("utf-8")))

    return upgrade


def _escape(text: str) -> str:
    return text.replace("%", "%%")


def rebuild_schema_of(service: str) -> str:
    """Where a service fills new tables by replay before they take the place of the old ones."""
    return f"{service}_rebuild"


def provision(admin_url: str, passwords: Mapping[str, str]) -> None:
    """Roles and schemas for the names in `passwords` (services, and `event_log` for the embedded log).

    May be run again: passwords are set anew, nothing is dropped. Needs a role that may create roles.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        database = cast("tuple[str]", connection.execute("SELECT current_database()").fetchone())[0]
        connection.execute(S.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(S.Identifier(database)))
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        _make_audit_role(connection)
        for schema, password in passwords.items():
            _provision_one(connection, database, schema, password)
            if schema != EVENT_LOG:
                for further in (jobs.schema_of(schema), rebuild_schema_of(schema)):
                    _own_schema(connection, further, role_of(schema))
                _make_audit(connection, schema)


def _known(connection: psycopg.Connection, role: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone())


def _make_audit_role(connection: psycopg.Connection) -> None:
    role = S.Identifier(AUDIT_ROLE)
    if not _known(connection, AUDIT_ROLE):
        connection.execute(S.SQL("CREATE ROLE {} NOLOGIN").format(role))
    connection.execute(S.SQL("GRANT {} TO CURRENT_USER").format(role))


def _make_audit(connection: psycopg.Connection, service: str) -> None:
    """What a service does not own: its acts and the chain that seals them. It adds to both and reads them."""
    schema, role = S.Identifier(audit_schema_of(service)), S.Identifier(role_of(service))
    _own_schema(connection, audit_schema_of(service), AUDIT_ROLE)
    with connection.transaction():
        connection.execute(S.SQL("SET LOCAL ROLE {}").format(S.Identifier(AUDIT_ROLE)))
        connection.execute(S.SQL("SET LOCAL search_path = {}").format(schema))
        connection.execute(_AUDIT.read_bytes())
        connection.execute(S.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role))
        connection.execute(
            S.SQL(
                "GRANT SELECT, INSERT (tag, subject, account_id, correlation_id, origin, details) ON audit TO {}"
            ).format(role)
        )
        connection.execute(S.SQL("GRANT SELECT, INSERT (position, hash) ON audit_link TO {}").format(role))


def _provision_one(connection: psycopg.Connection, database: str, schema: str, password: str) -> None:
    role = role_of(schema)
    verb = S.SQL("ALTER" if _known(connection, role) else "CREATE")
    audited = (S.Identifier(audit_schema_of(schema)),) if schema != EVENT_LOG else ()
    names = {
        "role": S.Identifier(role),
        "path": S.SQL(", ").join((S.Identifier(schema), *audited)),
        "database": S.Identifier(database),
    }
    for statement in (
        S.SQL("{verb} ROLE {role} LOGIN PASSWORD {password}").format(
            verb=verb, password=S.Literal(password), **names
        ),
        S.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role}").format(**names),
        S.SQL("GRANT {role} TO CURRENT_USER").format(**names),
        S.SQL("ALTER ROLE {role} IN DATABASE {database} SET search_path = {path}").format(**names),
    ):
        connection.execute(statement)
    _own_schema(connection, schema, role)


def _own_schema(connection: psycopg.Connection, schema: str, role: str) -> None:
    connection.execute(
        S.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(
            S.Identifier(schema), S.Identifier(role)
        )
    )


def migrate(service: Service, url: str) -> None:
    """Bring the schema of `service` to the newest revision. Several at once are fine: one works, the others wait."""
    with psycopg.connect(url, autocommit=True) as connection:
        _wait_for_turn(connection, service)
        for folder in _SHARED:
            for path in sorted(folder.glob("*.sql")):
                if path.stem != EVENT_LOG:
                    connection.execute(path.read_bytes())
        jobs.create_tables(service, url)
        _alembic(service, url)


def migrate_event_log(url: str) -> None:
    """The tables of the embedded event log."""
    with psycopg.connect(url, autocommit=True) as connection:
        _wait_for_turn(connection, EVENT_LOG)
        connection.execute((_SHARED[0] / f"{EVENT_LOG}.sql").read_bytes())


def migrate_all(urls: Mapping[str, str]) -> None:
    for name, url in urls.items():
        if name == EVENT_LOG:
            migrate_event_log(url)
        else:
            migrate(cast("Service", name), url)


def _wait_for_turn(connection: psycopg.Connection, name: str) -> None:
    """Polls: a *waiting* advisory lock holds a snapshot that CREATE INDEX CONCURRENTLY would wait for, forever."""
    deadline = time.monotonic() + LOCK_WAIT_SECONDS
    while not cast(
        "tuple[bool]",
        connection.execute("SELECT pg_try_advisory_lock(hashtext(%s))", (f"migrate {name}",)).fetchone(),
    )[0]:
        if time.monotonic() > deadline:
            raise TimeoutError(f"another migration of {name} has run for {LOCK_WAIT_SECONDS} s")
        time.sleep(0.1)


def _alembic(service: Service, url: str) -> None:
    assert service in SERVICES
    config = Config(stdout=sys.stderr)
    config.set_main_option("script_location", str(_HERE / "alembic"))
    config.set_main_option("version_locations", str(_SERVICES / service / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = _sqlalchemy(url)
    config.attributes["schema"] = service
    command.upgrade(config, "head")


def _sqlalchemy(url: str) -> str:
    """The same address for SQLAlchemy, whatever form of conninfo was given."""
    from sqlalchemy import URL

    parts = conninfo_to_dict(url)
    known = ("user", "password", "host", "port", "dbname")
    query = {name: str(value) for name, value in parts.items() if name not in known and value is not None}
    return URL.create(
        "postgresql+psycopg",
        username=cast("str | None", parts.get("user")),
        password=cast("str | None", parts.get("password")),
        host=cast("str | None", parts.get("host")),
        port=int(port) if (port := parts.get("port")) else None,
        database=cast("str | None", parts.get("dbname")),
        query=query,
    ).render_as_string(hide_password=False)
