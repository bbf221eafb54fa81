"""`yicha openapi`: the API documents, from the code; the front ends' types are made of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click
import orjson

from services.chassis import logs
from services.chassis.settings import SERVICES, Service


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def openapi(folder: Path) -> None:
    """Write FOLDER/<service>.json for each service. Needs no database."""
    logs.configure("error", "openapi")
    folder.mkdir(parents=True, exist_ok=True)
    for service in SERVICES:
        (folder / f"{service}.json").write_bytes(document(service))
        click.echo(folder / f"{service}.json")


def document(service: Service) -> bytes:
    """The OpenAPI document, keys in order, so that the same code gives the same bytes."""
    app = import_module(f"services.{service}.app").build()
    answer = app.test_client().get(f"/api/{service}/docs/openapi.json")
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(answer.json, option=options)
