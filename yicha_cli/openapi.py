"""`yicha openapi`: the API documents, from the code; the front ends' types are made of them."""

from __future__ import annotations

import logging
import tempfile
from importlib import import_module
from pathlib import Path

import click
import orjson

from services.chassis import secrets
from services.chassis.app import close
from services.chassis.settings import SERVICES, Service, Settings

_NOBODY_LISTENS = "postgresql://nobody@127.0.0.1:9/none"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def openapi(folder: Path) -> None:
    """Write FOLDER/<service>.json for each service. Needs no database."""
    logging.getLogger("psycopg.pool").disabled = True  # it looks for the database that nobody needs
    folder.mkdir(parents=True, exist_ok=True)
    for service in SERVICES:
        (folder / f"{service}.json").write_bytes(document(service))
        click.echo(folder / f"{service}.json")


def document(service: Service) -> bytes:
    """The OpenAPI document, keys in order, so that the same code gives the same bytes."""
    with tempfile.TemporaryDirectory() as keys:
        secrets.ensure(Path(keys))
        app = import_module(f"services.{service}.app").create_app(_unconnected(service, Path(keys)))
        try:
            answer = app.test_client().get(f"/api/{service}/docs/openapi.json")
        finally:
            close(app)
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(answer.json, option=options)


def _unconnected(service: Service, keys: Path) -> Settings:
    return Settings(
        service=service,
        database_url=_NOBODY_LISTENS,
        secrets_dir=keys,
        public_url="http://127.0.0.1",
        jwks_url="http://127.0.0.1:9/jwks.json",
        events="memory",
        log_level="error",
        pool_size=1,
        rate_limits=False,
    )
