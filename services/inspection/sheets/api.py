"""批量拟单 over HTTP."""

from __future__ import annotations

from typing import Any, cast

from flask import request
from flask.typing import ResponseReturnValue

from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, idempotent
from services.chassis.upload import UploadBlueprint, on_disk
from services.inspection.sheets.commands import OrderSheet, take
from services.inspection.sheets.schemas import OrderSheetSchema, SheetUploadSchema
from services.inspection.sheets.view import answer

blueprint = UploadBlueprint(
    "order-sheets",
    __name__,
    url_prefix="/api/inspection/v1",
    description="批量拟单: orders from a spreadsheet",
)
LARGEST = 4 * 1024 * 1024


@blueprint.before_request
def allow_sheets() -> None:
    """Only here: five hundred rows in a spreadsheet with pictures and styles."""
    request.max_content_length = LARGEST
    request.max_form_memory_size = 256 * 1024


@blueprint.post("/order-sheets")
@requires(Permission.ORDER_DRAFT)
@idempotent
@blueprint.arguments(SheetUploadSchema, location="files")
@blueprint.response(200, OrderSheetSchema)
@blueprint.alt_response(413, description="more than 4 MB")
def take_order_sheet(upload: dict[str, Any]) -> ResponseReturnValue:
    """Draft an order of one's own agency for each row, as `POST /orders` would: with what the gate says of it, which stops
    none. Rows with faults are left out and told; a row that repeats another, or an order that is there, is one.

    The header is guessed from the words that offices use, or told by `mapping`. With `dry_run` nothing is drafted.
    At most 500 rows.
    """
    with on_disk(upload["file"]) as path:
        command = OrderSheet(path=path, mapping=upload["mapping"], dry_run=upload["dry_run"])
        taken = take(command, current_uow(), principal())
    return cast("ResponseReturnValue", answer(taken, dry_run=command.dry_run))
