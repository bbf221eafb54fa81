from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from uuid import UUID

from events.catalogue.registry import EnterpriseChanged
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid, NotFound, StaleVersion
from services.chassis.ids import new_id
from services.registry import state
from services.registry.changes.notes import different, note_changed, note_registered
from services.registry.constraints import explained
from services.registry.enterprises import store
from services.registry.enterprises.contacts import Vault
from services.registry.enterprises.model import Enterprise, EnterpriseDraft, PremisesDraft, domicile


def register(draft: EnterpriseDraft, vault: Vault, uow: UnitOfWork, by: UUID | None = None) -> Enterprise:
    """Without premises of its own the domicile is what will be visited. Raises Conflict (USCC known)."""
    enterprise_id = new_id()
    with explained():
        store.insert(uow.connection, enterprise_id, draft)
    note_registered("enterprise", enterprise_id, by, uow)
    premises = draft.premises or (domicile(draft),)
    _put(enterprise_id, _identified(premises, known=frozenset()), draft, vault, uow)
    return _changed(enterprise_id, uow)


def change(
    enterprise_id: UUID,
    draft: EnterpriseDraft,
    version: int,
    vault: Vault,
    uow: UnitOfWork,
    area: str = "",
    by: UUID | None = None,
) -> Enterprise:
    """Raises NotFound, StaleVersion, Conflict, and Invalid when a premises would vanish or is another's."""
    known = store.lock(uow.connection, enterprise_id)
    if known is None or not known.area_code.startswith(area):
        raise NotFound("enterprise", enterprise_id)
    if known.version != version:
        raise StaleVersion(version, known.version)
    if draft.uscc != known.uscc:
        raise Invalid({"/uscc": "统一社会信用代码不可更改 · the code of an enterprise cannot change"})
    ids = frozenset(place.premises_id for place in known.premises if place.premises_id)
    premises = _identified(draft.premises, ids)
    store.update(uow.connection, enterprise_id, draft)
    changed = _different(known, replace(draft, premises=tuple(premises)))
    note_changed("enterprise", enterprise_id, by, uow, version=version + 1, fields=changed)
    _put(enterprise_id, premises, draft, vault, uow)
    return _changed(enterprise_id, uow)


def _different(known: Enterprise, draft: EnterpriseDraft) -> list[str]:
    """A short code is not given; a contact is, or is left as it was."""
    mine = [field.name for field in fields(PremisesDraft)]
    then = [{name: getattr(place, name) for name in mine} for place in known.premises]
    now = [{name: getattr(place, name) for name in mine} for place in draft.premises]
    plain = [name for name in different(known, draft) if name not in ("premises", "contact_phone")]
    moved = ["premises"] if sorted(map(repr, then)) != sorted(map(repr, now)) else []
    return [*plain, *moved, *(["contact_phone"] if draft.contact_phone else [])]


def _identified(premises: Sequence[PremisesDraft], known: frozenset[UUID]) -> list[PremisesDraft]:
    """Orders point at premises: none vanishes, it is marked inactive; none is taken from elsewhere."""
    wrong: dict[str, str] = {}
    for index, place in enumerate(premises):
        if place.premises_id and place.premises_id not in known:
            wrong[f"/premises/{index}/premises_id"] = (
                "不是本企业的经营场所 · not a premises of this enterprise"
            )
    given = [place.premises_id for place in premises if place.premises_id]
    if len(set(given)) < len(given) or sum(place.registered for place in premises) > 1:
        wrong["/premises"] = "经营场所重复 · a premises or the domicile is given twice"
    if missing := known - set(given):
        wrong["/premises"] = (
            f"缺少 {len(missing)} 处；停用请设 active=false · missing: set active=false instead"
        )
    if wrong:
        raise Invalid(wrong)
    return [replace(place, premises_id=place.premises_id or new_id()) for place in premises]


def _put(
    enterprise_id: UUID, premises: list[PremisesDraft], draft: EnterpriseDraft, vault: Vault, uow: UnitOfWork
) -> None:
    store.put_premises(uow.connection, enterprise_id, premises)
    if draft.contact_phone:
        store.put_contact(uow.connection, enterprise_id, vault.seal(draft.contact_phone, draft.uscc))


def _changed(enterprise_id: UUID, uow: UnitOfWork) -> Enterprise:
    state.emit(uow, EnterpriseChanged, enterprise_id)
    enterprise = store.get(uow.connection, enterprise_id)
    assert enterprise is not None
    return enterprise
