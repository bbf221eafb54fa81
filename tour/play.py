"""All acts, in order, with the coordinator's numbers before and after."""

from __future__ import annotations

from tour import figures
from tour.acts import approve, arrive, draft, duplicates, rate, record, register, show
from tour.stage import Stage


def whole(stage: Stage) -> None:
    before = figures.quiet(stage)
    registered = register.play(stage)
    drafted = draft.play(stage, registered)
    duplicates.play(stage, registered, drafted)
    approve.play(stage, drafted)
    show.play(stage, drafted)
    at_the_door = figures.now(stage)
    entered = arrive.play(stage, registered, drafted)
    figures.live_within_a_second(stage, at_the_door, entered)
    record.play(stage, drafted, entered)
    rate.play(stage, registered, drafted)
    figures.compare(stage, before)
