"""Some enterprises have a second place: a branch plant, a warehouse, a second shop."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from services.chassis.database import Pool, UnitOfWork
from services.registry.enterprises import commands, queries
from services.registry.enterprises.contacts import Vault
from services.registry.enterprises.model import Enterprise, EnterpriseDraft, EnterpriseFields, PremisesDraft
from services.registry.enterprises.queries import Search

_EVERY = 40
_NAMES = ("二厂区", "仓库", "分店")


def add_second_premises(pool: Pool, vault: Vault, chance: Random) -> None:
    with UnitOfWork(pool, "/registry") as uow:
        every = queries.search(uow.connection, Search(area="", limit=10_000))
        for enterprise in every[::_EVERY]:
            if len(enterprise.premises) == 1:
                _add(enterprise, vault, chance, uow)
        uow.commit()


def _add(enterprise: Enterprise, vault: Vault, chance: Random, uow: UnitOfWork) -> None:
    home = enterprise.premises[0]
    second = PremisesDraft(
        name=chance.choice(_NAMES),
        address=f"{home.address}东 {chance.randint(2, 9)}00 米",
        area_code=home.area_code,
        grid=home.grid,
        latitude=home.latitude,
        longitude=home.longitude,
    )
    known = {name: getattr(enterprise, name) for name in EnterpriseFields.__dataclass_fields__}
    draft = EnterpriseDraft(**known, premises=(replace(home), second))
    commands.change(enterprise.enterprise_id, draft, enterprise.version, vault, uow)
