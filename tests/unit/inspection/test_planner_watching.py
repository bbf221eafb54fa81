"""Who waits for a solver hears how much of its time has passed, by a clock of the test's own."""

from threading import Event

import pytest

from services.inspection.planner.watching import Clock, between, untold, watched


class Hand:
    """A clock that goes on by a second whenever somebody looks."""

    def __init__(self):
        self.at = 0.0

    def __call__(self):
        self.at += 1
        return self.at


def test_the_share_of_the_time_is_told_until_it_is_done():
    heard, done = [], Event()

    def told(share):
        heard.append(share)
        if len(heard) == 3:
            done.set()

    clock = Clock(11.0, 1, Hand())
    assert watched(lambda: done.wait() and "found", done.set, clock, told, tick=0.001) == "found"
    assert heard[:3] == pytest.approx([0.1, 0.2, 0.3])
    assert heard == sorted(heard)


def test_who_ends_it_while_being_told_stops_the_solver():
    stopped = Event()

    def told(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watched(stopped.wait, stopped.set, Clock(100.0, 1, Hand()), told, tick=0.001)
    assert stopped.is_set()


def test_what_the_solver_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        watched(lambda: 1 / 0, lambda: None, Clock(100.0, 1, Hand()), lambda _: None, tick=0.001)


def test_a_share_of_the_time_ends_with_the_whole():
    clock = Clock(10.0, 2, lambda: 4.0)
    assert clock.left == 6.0
    assert clock.within(5.0).left == 5.0
    assert clock.within(50.0).left == 6.0
    assert Clock(10.0, 2, lambda: 12.0).left == 0.0


def test_a_part_of_the_work_tells_its_place_in_the_whole():
    heard = []
    told = between(between(heard.append, 0.5, 1.0), 0.0, 0.5)
    for done in (0.0, 0.5, 1.0):
        told(done)
    assert heard == [0.5, 0.625, 0.75]
    assert between(untold, 0.0, 1.0) is untold
