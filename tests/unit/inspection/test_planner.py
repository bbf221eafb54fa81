"""The planner against a search that looks at every plan, and against a check that knows nothing of its model."""

from __future__ import annotations

import time
from datetime import date
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.month import a_month
from services.chassis.ids import new_id
from services.inspection.planner import parts, planning, solver
from services.inspection.planner.candidates import candidates
from services.inspection.planner.choice import Choice
from services.inspection.planner.model import Blackout, FixedVisit, Party, Problem
from services.inspection.planner.planning import plan
from services.inspection.planner.relaxation import proven, relax, relax_within
from services.inspection.planner.solver import Part, solve_alone
from services.inspection.planner.watching import Clock
from tests.builders.gate import an_agency, an_inspector, facts_of, found
from tests.builders.planning import (
    DEFAULT,
    FIRST,
    a_problem,
    a_profile,
    an_order,
    best_worth,
    broken,
    day,
    least_cost,
    worth,
)

GATES = [new_id() for _ in range(2)]
AGENCIES = [new_id() for _ in range(3)]
PEOPLE = [new_id() for _ in range(4)]
PROFILES = [
    DEFAULT,
    a_profile(joint_headcount=2),
    a_profile(visits_per_week=1, visits_per_day=1),
    a_profile(visits_per_month=2, quiet_until_day=9),
]


@st.composite
def problems(draw, most: int = 5) -> Problem:
    """Few places, few people, few days, so that orders get in each other's way."""
    profile = draw(st.sampled_from(PROFILES))
    firm = new_id() if draw(st.booleans()) else None
    orders = [draw(orders_of(profile, firm)) for _ in range(draw(st.integers(1, most)))]
    dark = draw(st.lists(st.tuples(st.sampled_from(GATES), st.integers(0, 2)), max_size=2))
    fixed = draw(st.lists(st.tuples(st.sampled_from(GATES), st.integers(0, 2)), max_size=1))
    levels = draw(st.lists(st.sampled_from(["city", "county"]), min_size=3, max_size=3))
    return a_problem(
        *orders,
        ends_on=day(2),
        visits_a_day=draw(st.integers(1, 2)),
        blackouts=tuple(
            Blackout(enterprise_id=firm or gate, starts_on=day(n), ends_on=day(n)) for gate, n in dark
        ),
        fixed=tuple(
            FixedVisit(
                enterprise_id=firm or gate,
                premises_id=gate,
                day=day(n),
                inspectors=frozenset(PEOPLE[:1]),
                counts=frozenset({(AGENCIES[0], "fire")}),
            )
            for gate, n in fixed
        ),
        agencies={
            agency: Party(name="某局", level=level) for agency, level in zip(AGENCIES, levels, strict=True)
        },
    )


@st.composite
def orders_of(draw, profile, firm):
    gate, agency = draw(st.sampled_from(GATES)), draw(st.sampled_from(AGENCIES))
    first = draw(st.integers(0, 2))
    return an_order(
        gate,
        first,
        draw(st.integers(first, 2)),
        agency_id=agency,
        inspectors=draw(st.sets(st.sampled_from(PEOPLE), min_size=1, max_size=3)),
        domain=draw(st.sampled_from(["fire", "market"])),
        cap=draw(st.sampled_from([None, None, 1, 2])),
        trigger=draw(st.sampled_from(["routine", "complaint", "recheck"])),
        enterprise_id=firm or gate,
        profile=profile,
    )


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems())
def test_no_plan_is_better_than_the_planners(problem):
    made = plan(problem, seconds=20, workers=1)
    assert broken(problem, made.visits) == []
    assert worth(problem, made.visits) == best_worth(problem)
    assert made.bound == len(made.visits)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems(most=5))
def test_a_plan_made_cluster_by_cluster_is_lawful_and_its_bound_holds(problem):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(planning, "WHOLE", 0)
        made = plan(problem, seconds=20, workers=1)
    assert broken(problem, made.visits) == []
    unserved, fewest, *_ = best_worth(problem)
    assert len(made.unserved) >= unserved
    assert made.bound <= len(made.visits)
    assert len(made.unserved) > unserved or made.bound <= fewest


def soon():
    return Clock(time.monotonic() + 20, 1)


def a_choice(problem):
    """Of all clusters, whether they want the same people or not."""
    clusters = parts.clusters(problem)
    alone = [solve_alone(problem, cluster, soon()) for cluster in clusters]
    own = [Part(cluster, one, one.assignment) for cluster, one in zip(clusters, alone, strict=True)]
    return Choice(problem, own, parts.tight_room(problem))


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems(most=4), st.data())
def test_no_prices_prove_more_than_the_best_plan_costs(problem, data):
    choice = a_choice(problem)
    prices = data.draw(
        st.lists(st.floats(-3, 3), min_size=len(choice.rows), max_size=len(choice.rows)), label="prices"
    )
    left_out = data.draw(st.floats(1, 5), label="an order left out")
    best = least_cost(problem, left_out)
    assert proven(choice, prices, left_out) <= best + 1e-6
    weighed = relax(choice, left_out, soon())
    assert weighed is not None
    assert weighed.least <= best + 1e-6
    for most in range(len(problem.orders) + 1):
        again = relax_within(choice, most, soon())
        assert again is None or again.least <= least_cost(problem, again.price) + 1e-6


def test_the_bound_knows_that_one_pair_cannot_be_in_two_places():
    """Two gates want the same two inspectors on the one day there is, which has room for one visit."""
    people = [new_id() for _ in range(2)]
    orders = [an_order(gate, 0, 0, inspectors=people) for gate in GATES]
    choice = a_choice(a_problem(*orders, visits_a_day=1))
    weighed = relax(choice, 10, soon())
    assert weighed is not None
    assert weighed.least == pytest.approx(1 + 10)


@pytest.mark.parametrize("agencies", [1, 2])
@pytest.mark.parametrize(
    "people", [DEFAULT.joint_headcount - 1, DEFAULT.joint_headcount, DEFAULT.joint_headcount + 1]
)
def test_the_planner_joins_exactly_whom_the_gate_lets_come_together(agencies, people):
    own = [an_agency(), an_agency()][:agencies]
    staff = [an_inspector(own[0]) for _ in range(people)]
    facts = facts_of(
        own[0], inspectors=tuple(staff), others=tuple(own[1:]), agencies=tuple(a.agency_id for a in own)
    )
    ids = [one.inspector_id for one in staff]
    orders = [
        an_order(GATES[0], agency_id=own[0].agency_id, inspectors=ids[:4]),
        an_order(GATES[0], agency_id=own[-1].agency_id, inspectors=ids[4:]),
    ]
    problem = a_problem(*orders)
    joined = not found("J4", facts)
    assert joined is (agencies == 1 or people <= 8)
    assert len(plan(problem, seconds=20, workers=1).visits) == (1 if joined else 2)
    assert any(len(one.orders) == 2 for one in candidates(problem, tuple(orders)) or ()) is joined


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems(most=6))
def test_every_order_is_served_once_or_says_why_not(problem):
    made = plan(problem, seconds=20, workers=1)
    served = [order for visit in made.visits for order in visit.orders]
    assert sorted([*served, *made.unserved], key=lambda o: o.order_id) == sorted(
        problem.orders, key=lambda o: o.order_id
    )
    joined = {o.order_id for visit in made.visits if visit.joined for o in visit.orders}
    assert {apart.order.order_id for apart in made.apart} == {o.order_id for o in problem.orders} - joined
    assert all(apart.why and all(why.text.zh and why.text.en for why in apart.why) for apart in made.apart)


def test_a_month_is_planned_lawfully_however_little_time_there_is():
    problem = a_month(Random(2), DEFAULT, FIRST.replace(day=1), orders=60, visits_a_day=2)
    for seconds in (0.0, 2.0):
        made = plan(problem, seconds=seconds)
        assert broken(problem, made.visits) == []
        assert made.bound <= len(made.visits)
        assert len(made.unserved) < len(problem.orders) / 4
        assert len(made.unserved) + sum(len(visit.orders) for visit in made.visits) == len(problem.orders)


def test_a_plan_tells_how_far_it_is_and_never_less_than_before():
    problem = a_month(Random(3), DEFAULT, FIRST.replace(day=1), orders=60, visits_a_day=1)
    heard = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(planning, "WHOLE", 0)
        made = plan(problem, seconds=4, told=heard.append)
    assert made.decomposed
    assert heard == sorted(heard)
    assert 0 < heard[0] < planning._ALONE < heard[-1] <= 1


def test_when_time_is_up_nothing_is_begun_any_more():
    """By a clock that stands behind the deadline from the second look on: no model is made, and the plan is lawful."""
    problem = a_month(Random(4), DEFAULT, FIRST.replace(day=1), orders=60, visits_a_day=2)
    looks = iter([0.0])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(solver, "Formulation", no_more_models)
        made = plan(problem, seconds=30, now=lambda: next(looks, 31.0))
    assert made.seconds == 31
    assert made.visits
    assert broken(problem, made.visits) == []


def no_more_models(*_):
    raise AssertionError("the time was up")


@pytest.mark.parametrize(
    ("trigger", "brought", "quiet"),
    [("assigned", (), False), ("assigned", ("routine",), True), ("assigned", ("urgent",), False)],
)
def test_a_joint_order_keeps_the_quiet_days_of_whatever_joined_it(trigger, brought, quiet):
    exempt = frozenset({"assigned", "urgent"})
    profile = a_profile(quiet_until_day=20, quiet_exempt_triggers=exempt)
    order = an_order(new_id(), trigger=trigger, brought=frozenset(brought), profile=profile)
    assert order.is_quiet(date(2026, 6, 19)) is quiet
    assert not order.is_quiet(date(2026, 6, 20))
