"""Ours and the baseline in turn, so that whatever else the machine does meets both; the median round counts."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

from benchmarks import report
from benchmarks.arena import Arena
from benchmarks.load import Request, Run, drive

Requests = Callable[[], list[Request]]


def compare(
    arena: Arena, ours: Requests, bare: Requests, rounds: int, expect: int
) -> tuple[list[Run], list[Run]]:
    """The first round warms up and is not counted."""
    made: tuple[list[Run], list[Run]] = ([], [])
    for _ in range(rounds + 1):
        for runs, port, requests in ((made[0], arena.ours, ours), (made[1], arena.bare, bare)):
            run = drive(port, arena.servers[port], requests())
            assert set(run.statuses) == {expect}, run.statuses
            runs.append(run)
    return made[0][1:], made[1][1:]


def print_comparison(title: str, ours: list[Run], bare: list[Run], goal: float) -> None:
    report.heading(title)
    for name, runs in (("ours", ours), ("bare Flask + psycopg", bare)):
        report.figure(f"{name}, requests", median(run.rate for run in runs), "/s")
        report.figure(f"{name}, CPU of the server", median(run.cpu_us for run in runs), "µs a request")
        for share in (0.5, 0.99):
            at = median(report.percentile(run.milliseconds, share) for run in runs)
            report.figure(f"{name}, p{share * 100:g}", at, "ms")
    report.ratio("requests/s, ours ÷ bare", median(r.rate for r in ours), median(r.rate for r in bare), goal)
    cpu = median(run.cpu_us for run in bare) / median(run.cpu_us for run in ours)
    print(f"  {'CPU a request, bare ÷ ours':<58} {cpu:>12.2f}")
