"""The draw as a pure function: fair, the same for everybody, and hard to argue with."""

from collections import Counter
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inspection.draws.model import (
    DrawList,
    Recusal,
    commitment,
    draw,
    public_value,
    short_of_inspectors,
    take,
)
from tests.builders.lots import SEED, a_list, an_id, inspectors, objects

seeds = st.binary(min_size=32, max_size=32).map(bytes.hex)
recusals = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 19)), max_size=30)


@given(seeds, st.randoms())
def test_the_order_of_the_input_does_not_matter(seed, chance):
    listed = a_list()
    shuffled = a_list(objects(20))
    mixed = {
        name: tuple(chance.sample(getattr(shuffled, name), len(getattr(shuffled, name))))
        for name in ("objects", "inspectors", "strata")
    }
    other = DrawList(**vars(shuffled) | mixed)
    assert draw(other, seed, None) == draw(listed, seed, None)
    assert commitment(seed, other.document()) == commitment(seed, listed.document())


@given(seeds, recusals)
def test_nobody_is_sent_where_they_are_recused(seed, pairs):
    away = tuple(Recusal(inspector_id=an_id(3, i), enterprise_id=an_id(2, e)) for i, e in pairs)
    listed = a_list(recusals=away)
    if short_of_inspectors(listed):
        return
    enterprise_of = {one.premises_id: one.enterprise_id for one in listed.objects}
    kept = {(one.inspector_id, one.enterprise_id) for one in away}
    for one in draw(listed, seed, None):
        assert len(set(one.inspectors)) == 2
        assert not kept & {(inspector, enterprise_of[one.premises_id]) for inspector in one.inspectors}


@given(seeds, st.integers(0, 20), st.integers(0, 20))
def test_a_larger_share_adds_to_a_smaller_one_and_takes_nobody_off(seed, less, more):
    less, more = sorted((less, more))
    few, many = (
        [one.premises_id for one in draw(a_list(share=Fraction(count, 20)), seed, None)]
        for count in (less, more)
    )
    assert (len(few), len(many)) == (less, more)
    assert few == [premises for premises in many if premises in few]


@given(seeds, st.integers(1, 40), st.integers(2, 9))
def test_the_load_is_even_where_nobody_is_recused(seed, count, staff):
    listed = a_list(objects(count), Fraction(1), inspectors=tuple(inspectors(staff)))
    loads = Counter(inspector for one in draw(listed, seed, None) for inspector in one.inspectors)
    sent = [loads[one.inspector_id] for one in listed.inspectors]
    assert max(sent) - min(sent) <= 1


@given(st.fractions(0, 1).filter(bool), st.integers(0, 10_000), st.integers(0, 200))
def test_f6_the_best_graded_are_rounded_down_and_never_exceed_what_is_left(share, size, limit):
    assert 0 <= take(share, size, limit) <= min(limit, share * size)
    assert share * size <= take(share, size, None) < share * size + 1


def chi_square(counts, expected):
    return sum((count - expected) ** 2 / expected for count in counts)


def test_every_object_is_drawn_equally_often():
    """Two thousand fixed seeds; the statistic stays below the 99.9 % point of its distribution (19 degrees: 43.8)."""
    chance, listed, hits, firsts = Random(54), a_list(), Counter(), Counter()
    for _ in range(2000):
        drawn = draw(listed, chance.randbytes(32).hex(), None)
        hits.update(one.premises_id for one in drawn)
        firsts[drawn[0].premises_id] += 1
    assert chi_square([firsts[one.premises_id] for one in listed.objects], 100) < 43.8
    # drawn without replacement: the variance of a count is half of what independent draws would have
    assert chi_square([hits[one.premises_id] for one in listed.objects], 1000) / (10 / 19) < 43.8


def test_every_inspector_is_sent_equally_often_to_the_first_object():
    chance, listed, sent = Random(825), a_list(), Counter()
    for _ in range(1200):
        sent.update(draw(listed, chance.randbytes(32).hex(), None)[0].inspectors)
    assert chi_square([sent[one.inspector_id] for one in listed.inspectors], 400) / (4 / 5) < 20.5


def test_a_public_value_changes_the_result_and_not_the_commitment():
    listed = a_list()
    one, other = draw(listed, SEED, "3 11 17"), draw(listed, SEED, "3 11 18")
    assert one != other
    assert one == draw(listed, SEED, "3 11 17")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("03 11 17", "3 11 17"),
        (" 3，11、17 ", "3 11 17"),
        ("007", "7"),
        ("3-11", "3 11"),
        ("0", "0"),
        ("", None),
        ("红球 3", None),
        ("3.11", None),
        ("٣", None),
        ("1" * 10, None),
    ],
)
def test_a_public_value_has_one_spelling(written, value):
    assert public_value(written) == value
    assert value is None or public_value(value) == value


def test_an_enterprise_from_which_nearly_all_are_recused_is_named():
    away = tuple(Recusal(inspector_id=an_id(3, n), enterprise_id=an_id(2, 7)) for n in range(5))
    assert short_of_inspectors(a_list(recusals=away)) == [an_id(2, 7)]
    assert short_of_inspectors(a_list(recusals=away[:4])) == []
