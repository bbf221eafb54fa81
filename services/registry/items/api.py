from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from services.chassis.blueprint import Blueprint
from services.chassis.errors import NotFound
from services.chassis.identity import Permission, principal, requires
from services.chassis.transaction import current_uow, idempotent, reading, required_version, transactional
from services.registry import answers
from services.registry.items import commands, store
from services.registry.items.model import ItemDraft, Question
from services.registry.items.schemas import (
    ChecklistSchema,
    ChecklistsSchema,
    ItemDraftSchema,
    ItemPage,
    ItemQuery,
    ItemSchema,
)

blueprint = Blueprint(
    "items",
    __name__,
    url_prefix="/api/registry/v1/items",
    description="检查事项: what may be checked, under which law, by which questions",
)


@blueprint.get("")
@requires(Permission.REGISTRY_READ)
@blueprint.arguments(ItemQuery, location="query")
@blueprint.response(200, ItemPage)
def list_items(query: dict[str, Any]) -> ResponseReturnValue:
    with reading() as connection:
        rows = store.page(connection, query["after"], query["limit"] + 1, query["domain"], query["q"])
    return answers.page(rows, query["limit"], lambda item: item.item_id)


@blueprint.get("/<uuid:item_id>")
@requires(Permission.REGISTRY_READ)
@blueprint.response(200, ItemSchema)
def show_item(item_id: UUID) -> ResponseReturnValue:
    with reading() as connection:
        item = store.get(connection, item_id)
    if item is None:
        raise NotFound("item", item_id)
    return answers.resource(item)


@blueprint.get("/<uuid:item_id>/checklists")
@requires(Permission.REGISTRY_READ)
@blueprint.response(200, ChecklistsSchema)
def list_checklists(item_id: UUID) -> ResponseReturnValue:
    """Every one there was, the newest first."""
    with reading() as connection:
        found = store.checklists(connection, item_id)
    if not found:
        raise NotFound("item", item_id)
    return answers.document({"items": found})


@blueprint.get("/<uuid:item_id>/checklists/<int:version>")
@requires(Permission.REGISTRY_READ)
@blueprint.response(200, ChecklistSchema)
def show_checklist(item_id: UUID, version: int) -> ResponseReturnValue:
    """A checklist as it was: orders name the version they were issued with."""
    with reading() as connection:
        checklist = store.checklist(connection, item_id, version) if version < 2**31 else None
    if checklist is None:
        raise NotFound("checklist", f"{item_id}/{version}")
    return answers.document(checklist)


@blueprint.post("")
@requires(Permission.REGISTRY_WRITE)
@idempotent
@blueprint.arguments(ItemDraftSchema)
@blueprint.response(201, ItemSchema)
def register_item(data: dict[str, Any]) -> ResponseReturnValue:
    return answers.resource(commands.register(_draft(data), current_uow(), principal().account_id), 201)


@blueprint.put("/<uuid:item_id>")
@requires(Permission.REGISTRY_WRITE)
@blueprint.arguments(ItemDraftSchema)
@blueprint.response(200, ItemSchema)
@transactional
def change_item(data: dict[str, Any], item_id: UUID) -> ResponseReturnValue:
    """Replaces the whole item; other questions make the next checklist version. If-Match is required."""
    by = principal().account_id
    return answers.resource(commands.change(item_id, _draft(data), required_version(), current_uow(), by))


def _draft(data: dict[str, Any]) -> ItemDraft:
    checklist = tuple(Question(**question) for question in data.pop("checklist"))
    return ItemDraft(checklist=checklist, **data)
