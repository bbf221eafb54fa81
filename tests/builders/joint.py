"""The same orders at many places, and proposals to make one visit of them, straight through the commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from services.chassis.codes import short
from services.chassis.database import UnitOfWork
from services.chassis.ids import new_id
from services.inspection.joint import store as hosts
from services.inspection.joint.proposals import JoinProposal, Offer, Propose, propose
from services.inspection.orders import store
from services.inspection.orders.locks import lock_order
from tests.builders.inspection import COORDINATOR, Town, a_premises, an_enterprise, replicate


def at_places(town: Town, orders: Sequence[dict[str, Any]], count: int) -> list[list[dict[str, Any]]]:
    """`orders` of one premises, copied to `count` others with all they cover; joint ones with their guests."""
    firms = [an_enterprise(premises=(a_premises(short_code=short.new()),)) for _ in range(count)]
    replicate(town.pool, *firms)
    with UnitOfWork(town.pool, "/inspection") as uow:
        models = [lock_order(uow.connection, UUID(order["order_id"])) for order in orders]
        sides = [(model, store.content(uow.connection, model)) for model in models]
        rounds: list[list[dict[str, Any]]] = []
        for firm in firms:
            new = {model.order_id: new_id() for model in models}
            for model, content in sides:
                copy = replace(
                    model,
                    order_id=new[model.order_id],
                    enterprise_id=firm.enterprise_id,
                    premises_id=firm.premises[0].premises_id,
                    absorbed_into=model.absorbed_into and new[model.absorbed_into],
                    judgement_id=new_id(),
                )
                store.insert(uow.connection, replace(copy, state="drafted"))
                store.add_content(uow.connection, copy, content)
                store.save(uow.connection, copy)
                for approval in content.approvals:
                    store.insert_approval(uow.connection, copy, approval)
                if known := hosts.host_itself(uow.connection, model.order_id):
                    own = replace(copy, agency_id=known[0])
                    hosts.remember_host(uow.connection, (own, known[1]))
            rounds.append(
                [
                    order
                    | {
                        "order_id": str(new[UUID(order["order_id"])]),
                        "enterprise_id": str(firm.enterprise_id),
                        "premises_id": str(firm.premises[0].premises_id),
                        "plate": firm.premises[0].short_code,
                    }
                    for order in orders
                ]
            )
        uow.commit()
    return rounds


def proposals_for(town: Town, rounds: Sequence[Sequence[dict[str, Any]]]) -> list[JoinProposal]:
    """By a coordinator: nobody has accepted yet."""
    with UnitOfWork(town.pool, "/inspection") as uow:
        made = [
            propose(
                Propose(orders=tuple(UUID(order["order_id"]) for order in orders), offer=Offer()),
                uow,
                COORDINATOR,
            )
            for orders in rounds
        ]
        uow.commit()
    return made
