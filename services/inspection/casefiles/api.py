"""案卷 over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any, cast
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response
from werkzeug.http import dump_options_header

from services.chassis import audit, clock
from services.chassis.audit import Act, Tag
from services.chassis.blueprint import Blueprint
from services.chassis.identity import Permission, principal, requires
from services.chassis.limits import limiter
from services.chassis.transaction import current_uow, reading, transactional
from services.inspection.casefiles import archive, queries
from services.inspection.casefiles.model import CaseFile, kept
from services.inspection.codes.commands import numbers_of
from services.inspection.codes.signing import keyring, settings
from services.inspection.orders.queries import order_view

_CHUNK = 64 * 1024
blueprint = Blueprint("case_files", __name__, url_prefix="/api/inspection/v1", description="案卷导出")


@blueprint.get("/orders/<uuid:order_id>/case-file")
@requires(Permission.ORDER_READ)
@limiter.limit("30/minute")
@blueprint.response(
    200, content_type="application/zip", description="the document, the data, the evidence, signed"
)
@blueprint.alt_response(409, description="`no_case_file`: not approved yet")
def export_case_file(order_id: UUID) -> Response:
    """All that is kept of one visit, as it stands: to read, to archive, to hand on, and to verify without us (see
    docs/case-files.md). Who had it is in the audit."""
    number = cast("str", _number(order_id))
    with ExitStack() as failing:
        into = failing.enter_context(TemporaryFile())
        case, digest = _packed(order_id, number, into)
        _told(order_id, digest)
        size = into.tell()
        chunks = _read(into)
        begun = chain((next(chunks),), chunks)
        failing.pop_all()
    answer = Response(begun, mimetype="application/zip")
    answer.content_length = size
    answer.headers["Content-Disposition"] = _attached(f"{number}-{case.day}.zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _read(file: IO[bytes]) -> Iterator[bytes]:
    """Once begun it closes the file however it ends, also with a reader who goes away."""
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _attached(named: str) -> str:
    """RFC 6266: once for who reads ASCII alone, once for everybody."""
    names = {"filename": f"case-file-{named}", "filename*": f"UTF-8''{quote(f'案卷-{named}')}"}
    return dump_options_header("attachment", names)


@transactional
def _number(order_id: UUID) -> Any:
    """Drawn now where nobody asked for it before. Raises NotFound and NoCaseFile."""
    connection = current_uow().connection
    kept(order_view(connection, order_id, principal()).state)
    return numbers_of([order_id], connection)[order_id]


def _packed(order_id: UUID, number: str, into: IO[bytes]) -> tuple[CaseFile, str]:
    """The database is let go before anything is drawn."""
    with TemporaryDirectory() as folder:
        with reading() as connection:
            case, pictures = queries.case_file(connection, order_id, number, principal(), clock.now())
            archive.lay_out(pictures, case, Path(folder))
        return case, archive.pack(case, Path(folder), into, keyring(), ZoneInfo(settings().timezone))


@transactional
def _told(order_id: UUID, digest: str) -> Any:
    act = Act(
        tag=Tag.CASE_FILE_EXPORTED,
        subject=f"order/{order_id}",
        account_id=principal().account_id,
        details={"sha256sums": digest},
    )
    audit.write(current_uow().connection, act)
