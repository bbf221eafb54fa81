"""How a command ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.chassis.errors import RuleBlocked
from services.inspection.gate import Finding
from services.inspection.orders.model import Order


@dataclass(frozen=True)
class Done:
    """`refusal`: the rules stopped it. It is returned, not raised, because what the gate found is kept. `findings` are
    those of a draft, which they do not stop."""

    order: Order
    refusal: RuleBlocked | None = None
    findings: Sequence[Finding] = ()
