"""The rules every order and every entry must pass: one function a rule, over facts that were read before."""

from services.inspection.gate import (
    a,
    a6,
    a_campaign,
    a_ground,
    e,
    e4,
    entry,
    f,
    f_days,
    f_past,
    j,
    j_joint,
    r,
)
from services.inspection.gate.model import Finding, Observation, Outcome, Rule, Stage
from services.inspection.gate.registry import RULES, judge, rule

__all__ = [
    "RULES",
    "Finding",
    "Observation",
    "Outcome",
    "Rule",
    "Stage",
    "a",
    "a6",
    "a_campaign",
    "a_ground",
    "e",
    "e4",
    "entry",
    "f",
    "f_days",
    "f_past",
    "j",
    "j_joint",
    "judge",
    "r",
    "rule",
]
