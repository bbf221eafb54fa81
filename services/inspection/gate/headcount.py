"""Rule J4 in one place: the gate judges by it, the planner plans by it."""

from __future__ import annotations


def too_many(agencies: int, people: int, most: int) -> bool:
    """Only a visit of several agencies has a cap on people."""
    return agencies > 1 and people > most
