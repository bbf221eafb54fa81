"""Somebody asks what a profile would have done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.chassis import clock
from services.chassis.database import UnitOfWork
from services.chassis.errors import Invalid
from services.chassis.identity import Principal
from services.chassis.ids import new_id
from services.chassis.policy import Profile
from services.chassis.policy.load import BadProfile, parse
from services.inspection.computations import store
from services.inspection.computations.model import Computation, Kind

LONGEST_DAYS = 1100


@dataclass(frozen=True, kw_only=True)
class StartSimulation:
    """`profile` is the text of a profile file; "" of `area_code` is everywhere."""

    profile: str
    starts_on: date
    ends_on: date
    area_code: str


def start(command: StartSimulation, uow: UnitOfWork, who: Principal) -> Computation:
    """Raises Invalid naming each wrong field of the profile."""
    profile = profile_of(command.profile)
    if not 0 <= (command.ends_on - command.starts_on).days <= LONGEST_DAYS:
        raise Invalid(
            {"/ends_on": f"应在开始之后 {LONGEST_DAYS} 天内 / within {LONGEST_DAYS} days of the start"}
        )
    asked = Computation(
        computation_id=new_id(),
        kind=Kind.SIMULATION,
        area_code=command.area_code,
        request={
            "profile": command.profile,
            "profile_label": profile.label,
            "starts_on": str(command.starts_on),
            "ends_on": str(command.ends_on),
        },
        started_by=who.account_id,
        created_at=clock.now(),
    )
    store.insert(uow.connection, asked)
    return asked


def profile_of(text: str) -> Profile:
    try:
        return parse(text, "profile")
    except BadProfile as error:
        raise Invalid({"/profile": f"规则配置有误 / not a valid profile: {error}"}) from None
