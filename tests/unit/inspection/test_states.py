"""Every pair of state and action, against the drawing in the domain's words."""

import itertools

import pytest

from services.chassis.errors import WrongState
from services.inspection.orders.model import OPEN, STANDING, VISITED, Action, State, after, allowed
from services.inspection.orders.words import WORDS

DRAWN = {
    ("drafted", "revise"): "drafted",
    ("drafted", "submit"): "submitted",
    **{(state, "return"): "drafted" for state in ("submitted", "approved")},
    **{(state, "review"): state for state in ("submitted", "approved")},
    ("submitted", "approve"): "approved",
    ("approved", "issue"): "issued",
    ("issued", "enter"): "entered",
    ("entered", "record"): "recorded",
    ("recorded", "conclude"): "concluded",
    ("concluded", "close"): "closed",
    ("concluded", "order_rectification"): "rectifying",
    ("concluded", "refer"): "referred",
    ("rectifying", "recheck"): "closed",
    ("rectifying", "prove"): "rectifying",
    ("rectifying", "extend"): "rectifying",
    ("issued", "replace"): "issued",
    **{(state, "cancel"): "cancelled" for state in ("drafted", "submitted", "approved", "issued")},
    **{(state, "be_absorbed"): "absorbed" for state in ("drafted", "submitted", "approved", "issued")},
    **{(state, "expire"): "expired" for state in ("submitted", "approved", "issued")},
    **{(state, "join"): state for state in ("drafted", "submitted", "approved", "issued")},
    **{(state, "split"): state for state in ("drafted", "submitted", "approved", "issued")},
    ("absorbed", "be_restored"): "drafted",
}


@pytest.mark.parametrize(("state", "action"), list(itertools.product(State, Action)))
def test_only_what_is_drawn_is_possible(state, action):
    expected = DRAWN.get((state, action))
    if expected:
        assert after(state, action) == expected
    else:
        with pytest.raises(WrongState) as refused:
            after(state, action)
        assert refused.value.extra["allowed"] == list(allowed(state))


def test_only_an_urgent_draft_may_be_entered():
    assert after(State.DRAFTED, Action.ENTER, "urgent") is State.ENTERED
    with pytest.raises(WrongState):
        after(State.SUBMITTED, Action.ENTER, "urgent")


@pytest.mark.parametrize("action", [Action.RATIFY, Action.DISAPPROVE])
def test_the_heads_word_is_asked_once_and_moves_no_state(action):
    assert after(State.ENTERED, action, "urgent", "pending") is State.ENTERED
    for said in (None, "ratified", "disapproved"):
        with pytest.raises(WrongState):
            after(State.ENTERED, action, "urgent", said)


def test_every_state_can_be_reached():
    reached = {State.DRAFTED}
    for _ in State:
        reached |= {target for state in reached for target in allowed(state).values()}
    assert reached == set(State)


def test_an_order_is_open_or_visited_or_holds_no_place():
    assert OPEN | VISITED == STANDING
    assert not OPEN & VISITED
    assert set(State) - STANDING == {"drafted", "cancelled", "expired", "absorbed"}


def test_every_state_and_move_has_a_word_and_a_refusal_says_it():
    assert set(WORDS) == {*State, *Action}
    with pytest.raises(WrongState) as refused:
        after(State.DRAFTED, Action.ISSUE)
    assert refused.value.detail is not None
    assert refused.value.detail.zh.startswith("状态为 草拟 时不能 签发；现在可以：修改、报批")
    assert refused.value.detail.en.startswith("cannot issue while drafted")
