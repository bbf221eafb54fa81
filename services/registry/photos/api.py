from __future__ import annotations

from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from services.chassis import audit, clock
from services.chassis.audit import Act, Tag
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, open_to_all, principal, requires
from services.chassis.limits import limiter
from services.chassis.schema import Schema
from services.chassis.transaction import current_uow, reading, transactional
from services.chassis.upload import File, UploadBlueprint
from services.registry import answers
from services.registry.inspectors import store as inspectors
from services.registry.photos import store
from services.registry.photos.picture import LARGEST_FILE, portrait

blueprint = UploadBlueprint(
    "photos", __name__, url_prefix="/api/registry/v1/inspectors", description="The photo on a credential"
)


class PhotoSchema(Schema):
    file = File(
        required=True, metadata={"type": "string", "format": "binary", "description": "JPEG or PNG, ≤ 5 MB"}
    )


class PhotoPutSchema(Schema):
    sha256 = ma.fields.String(required=True)
    size = ma.fields.Integer(required=True)


@blueprint.before_request
def allow_photos() -> None:
    """Only here."""
    request.max_content_length = LARGEST_FILE + 64 * 1024
    request.max_form_memory_size = 256 * 1024


@blueprint.put("/<uuid:inspector_id>/photo")
@requires(Permission.REGISTRY_WRITE)
@blueprint.arguments(PhotoSchema, location="files")
@blueprint.response(200, PhotoPutSchema)
@transactional
def put_photo(upload: dict[str, Any], inspector_id: UUID) -> ResponseReturnValue:
    """Drawn anew at 480 × 640 at most: nothing else of the file is kept."""
    content = portrait(upload["file"].stream)
    connection = current_uow().connection
    if inspectors.get(connection, inspector_id) is None:
        raise NotFound("inspector", inspector_id)
    photo = store.put(connection, inspector_id, content)
    act = Act(
        tag=Tag.PHOTO_PUT,
        subject=f"inspector/{inspector_id}",
        account_id=principal().account_id,
        details={"sha256": photo.sha256},
    )
    audit.write(connection, act)
    return answers.document({"sha256": photo.sha256, "size": len(content)})


@blueprint.get("/<uuid:inspector_id>/photo")
@open_to_all(
    "whoever is inspected may compare the face with the credential; its id is told by a genuine code"
)
@limiter.limit("60/minute")
@blueprint.response(200, content_type="image/jpeg", description="304 when the ETag is known")
@blueprint.alt_response(
    204, description="there is none: an answer, since the page of an order asks for everybody's"
)
def show_photo(inspector_id: UUID) -> Response:
    """While the credential is valid. There is no list of photos, and the ids cannot be guessed."""
    today = clock.today(current_app.extensions["yicha.settings"].timezone)
    with reading() as connection:
        photo = store.shown(connection, inspector_id, today)
    if photo is None:
        return Response(status=204)
    known = request.if_none_match.contains_weak(photo.sha256)
    answer = Response(status=304) if known else Response(photo.content, mimetype="image/jpeg")
    answer.set_etag(photo.sha256)
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
