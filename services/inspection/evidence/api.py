"""证据 over HTTP. Nothing here takes any away: evidence stays."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue

from services.chassis.errors import NotFound, Text, TooLarge
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, idempotent, reading
from services.chassis.upload import UploadBlueprint
from services.inspection.codes.signing import keyring
from services.inspection.evidence import commands, schemas, store
from services.inspection.evidence.model import LARGEST, About, AddEvidence
from services.inspection.records import store as records

blueprint = UploadBlueprint("evidence", __name__, url_prefix="/api/inspection/v1", description="证据")


@blueprint.before_request
def allow_pictures() -> None:
    """Only here; a picture a little too large is told so, a huge one is not read."""
    request.max_content_length = 2 * LARGEST
    request.max_form_memory_size = 256 * 1024


@blueprint.post("/orders/<uuid:order_id>/evidence")
@requires(Permission.RECORD_MAKE)
@idempotent
@blueprint.arguments(schemas.AddEvidenceSchema, location="files")
@blueprint.response(201, schemas.EvidenceSchema)
@blueprint.alt_response(200, schema=schemas.EvidenceSchema, description="These bytes were there already")
@blueprint.alt_response(
    409, description="`wrong_state` before entry and after the conclusion, `enough_evidence`"
)
@blueprint.alt_response(413, description="more than 1.5 MB")
def add_evidence(form: dict[str, Any], order_id: UUID) -> ResponseReturnValue:
    """Add a photo or a drawn signature, from entry until the result is told, by an inspector of the order. A camera's
    notes (Exif, the place, texts, previews) are taken out; the pixels stay as they are, unless only the notes told which
    side is up. What comes after they left is signed as a supplement to the receipt."""
    command = AddEvidence(
        order_id=order_id,
        about=About(kind=form["kind"], item_id=form["item_id"], question_id=form["question_id"]),
        taken_at=form["taken_at"],
        sha256=form["sha256"],
        content=_content(form),
    )
    evidence, fresh = commands.add_evidence(command, keyring(), current_uow(), principal())
    return cast("ResponseReturnValue", (evidence, 201 if fresh else 200))


@blueprint.get("/orders/<uuid:order_id>/evidence")
@requires(Permission.ORDER_READ)
@blueprint.response(200, schemas.EvidenceListSchema)
def list_evidence(order_id: UUID) -> ResponseReturnValue:
    asking = principal()
    with reading() as connection:
        if not records.sees(connection, order_id, agency_id=asking.agency_id, sees_all=asking.sees_all):
            raise NotFound("order", order_id)
        return cast("ResponseReturnValue", {"items": store.of_order(connection, order_id)})


@blueprint.get("/evidence/<uuid:evidence_id>")
@requires(Permission.ORDER_READ)
@blueprint.response(200, content_type="image/jpeg", description="or image/png; 304 when the ETag is known")
def show_evidence(evidence_id: UUID) -> Response:
    """The picture. Its ETag is `stored_sha256`."""
    asking = principal()
    with reading() as connection:
        found = store.visible(connection, evidence_id, agency_id=asking.agency_id, sees_all=asking.sees_all)
    if found is None:
        raise NotFound("evidence", evidence_id)
    evidence, content = found
    answer = Response(content, mimetype=evidence.media_type)
    answer.set_etag(evidence.stored_sha256)
    answer.headers["Cache-Control"] = "private, no-cache"
    return cast("Response", answer.make_conditional(request))


def _content(form: dict[str, Any]) -> bytes:
    content: bytes = form["file"].stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise TooLarge(Text("图片超过 1.5 MB", "the picture is larger than 1.5 MB"))
    return content
