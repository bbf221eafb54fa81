from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask import Response, after_this_request, current_app, request, stream_with_context
from flask.typing import ResponseReturnValue
from psycopg import Connection
from psycopg.rows import DictRow

from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires
from services.chassis.schema import Page
from services.chassis.settings import Settings
from services.chassis.spreadsheets import open_table
from services.chassis.transaction import current_uow, idempotent, reading
from services.chassis.upload import UploadBlueprint, on_disk
from services.registry import answers
from services.registry.enterprises.api import vault
from services.registry.imports import commands, report, store
from services.registry.imports.allowed import LARGEST_OWN, Allowed, allowed_to
from services.registry.imports.kinds import kind_of
from services.registry.imports.model import Import
from services.registry.imports.preview import likeliest, preview
from services.registry.imports.report import reason_of
from services.registry.imports.rows import Fault
from services.registry.imports.schemas import (
    FaultPageSchema,
    FaultQuery,
    ImportPage,
    ImportSchema,
    PreviewedSchema,
    PreviewSchema,
    UploadSchema,
)
from services.registry.jobs import wake

blueprint = UploadBlueprint(
    "imports",
    __name__,
    url_prefix="/api/registry/v1/imports",
    description="Spreadsheets: a registrar's of enterprises, agencies, inspectors and items, an agency's of its inspectors",
)


@blueprint.before_request
def allow_large_bodies() -> None:
    """Only here, and only for who passed the guard: the file goes to disk, not to memory."""
    largest = _settings().max_import_bytes
    request.max_content_length = min(largest, LARGEST_OWN) if _allowed().agency else largest
    request.max_form_memory_size = 1024 * 1024  # the parser's window over the file lies in it


@blueprint.post("")
@requires(Permission.IMPORT_RUN)
@idempotent
@blueprint.arguments(UploadSchema, location="files")
@blueprint.response(202, ImportSchema)
def start_import(upload: dict[str, Any]) -> ResponseReturnValue:
    """The header is read at once, the rows by a worker: follow `GET /imports/{import_id}`.

    Rows are loaded as far as they are good; a second import of the same file changes nothing.
    With `dry_run` nothing is loaded, but everything is counted and reported as if. The same file sent again
    under the same Idempotency-Key is the same import.

    An agency's clerk imports `inspectors`, of the own agency only: rows that name another one and certificate
    numbers registered with another are errors, rows that name none are the own agency's.
    """
    started = _accept(upload)
    after_this_request(_wake)  # once it is committed
    return answers.document(started, 202)


def _wake(response: Response) -> Response:
    wake(_settings())
    return response


def _accept(upload: dict[str, Any]) -> Any:
    allowed = _allowed()
    allowed.must_include(upload["kind"])
    kind = kind_of(upload["kind"], vault(), own=allowed.agency is not None)
    with on_disk(upload["file"]) as path:
        command = commands.StartImport(
            path=path,
            filename=upload["file"].filename or "",
            mapping=upload["mapping"],
            dry_run=upload["dry_run"],
            area=allowed.area,
            agency=allowed.agency,
            started_by=principal().account_id,
        )
        connection = current_uow().connection
        return _found(connection, commands.start(command, kind, connection))


@blueprint.post("/preview")
@requires(Permission.IMPORT_RUN)
@blueprint.arguments(PreviewedSchema, location="files")
@blueprint.response(200, PreviewSchema)
def preview_import(upload: dict[str, Any]) -> ResponseReturnValue:
    """The header of a file, what each column would be taken for, and its first rows. Nothing is kept."""
    allowed = _allowed()
    if upload["kind"]:
        allowed.must_include(upload["kind"])
    names = [upload["kind"]] if upload["kind"] else allowed.kinds
    kinds = [kind_of(name, vault(), own=allowed.agency is not None) for name in names]
    with on_disk(upload["file"]) as path:
        table = open_table(path)
        kind = likeliest(kinds, table) if len(kinds) > 1 else kinds[0]
        return answers.document(preview(kind, table, upload["mapping"]))


@blueprint.get("")
@requires(Permission.IMPORT_RUN)
@blueprint.arguments(Page, location="query")
@blueprint.response(200, ImportPage)
def list_imports(query: dict[str, Any]) -> ResponseReturnValue:
    """The newest first. A clerk sees those of the own agency, a registrar all of the own area."""
    allowed = _allowed()
    with reading() as connection:
        rows = store.page(connection, allowed.area, allowed.agency, query["after"], query["limit"] + 1)
    return answers.page(rows, query["limit"], lambda done: done.import_id)


@blueprint.get("/<uuid:import_id>")
@requires(Permission.IMPORT_RUN)
@blueprint.response(200, ImportSchema)
def show_import(import_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        return answers.document(_found(connection, import_id))


@blueprint.get("/<uuid:import_id>/errors")
@requires(Permission.IMPORT_RUN)
@blueprint.arguments(FaultQuery, location="query")
@blueprint.response(200, FaultPageSchema)
def list_errors(query: dict[str, Any], import_id: UUID) -> ResponseReturnValue:
    """What is wrong with which row, in the order of the file."""
    with reading() as connection:
        _found(connection, import_id)
        rows = store.faults(connection, import_id, _place(query["after"]), query["limit"] + 1)
    shown = rows[: query["limit"]]
    following = f"{shown[-1].line}-{shown[-1].place}" if len(rows) > len(shown) else None
    items = [fault._asdict() | reason_of(fault)._asdict() for fault in shown]
    return answers.document({"items": items, "next": following})


def _place(after: str | None) -> Fault | None:
    if after is None:
        return None
    line, place = after.split("-")
    return Fault(int(line), int(place), "", "", "")


@blueprint.get("/<uuid:import_id>/errors.csv")
@requires(Permission.IMPORT_RUN)
@blueprint.response(200, content_type="text/csv")
def download_errors(import_id: UUID) -> ResponseReturnValue:
    """Every row that was not loaded: line, column, value, and why, in Chinese and English."""
    with reading() as connection:
        _found(connection, import_id)

    def page(after: Fault | None, limit: int) -> Sequence[Fault]:
        with reading() as connection:
            return store.faults(connection, import_id, after, limit)

    lines: Iterator[str] = stream_with_context(report.lines(page))
    headers = {"Content-Disposition": f'attachment; filename="import-errors-{import_id}.csv"'}
    return Response(lines, mimetype="text/csv", headers=headers)


def _found(connection: Connection[DictRow], import_id: UUID) -> Import:
    """Raises NotFound also for an import of another area or agency."""
    found = store.get(connection, import_id)
    if found is None or not _allowed().sees(found):
        raise NotFound("import", import_id)
    return found


def _allowed() -> Allowed:
    return allowed_to(principal())


def _settings() -> Settings:
    return current_app.extensions["yicha.settings"]
