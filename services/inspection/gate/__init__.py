"""The rules every order and every entry must pass: one function a rule, over facts that were read before."""

from services.inspection.gate import a, a_campaign, a_ground, e, f, f_days, f_past, j, j_joint
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
    "a_campaign",
    "a_ground",
    "e",
    "f",
    "f_days",
    "f_past",
    "j",
    "j_joint",
    "judge",
    "rule",
]
