"""Figures as they are printed: what was measured, against what, and whether the goal is met."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.machine import described


def heading(title: str) -> None:
    print(f"\n{title}\n  {described()}")


def figure(what: str, value: float, unit: str) -> None:
    print(f"  {what:<58} {value:>12,.1f} {unit}")


def ratio(what: str, ours: float, baseline: float, goal: float) -> None:
    verdict = "meets" if ours / baseline >= goal else "MISSES"
    print(f"  {what:<58} {ours / baseline:>12.2f}   {verdict} the goal of {goal}")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
