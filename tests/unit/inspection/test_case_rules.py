"""Rules of an order's later life, by their ids."""

from datetime import timedelta

import pytest

from services.chassis.ids import new_id
from services.inspection.gate import Outcome, Stage, judge
from services.inspection.orders.model import State
from services.inspection.records.model import Answer, Question, Signature
from tests.builders.case import (
    NOON,
    a_case,
    a_refusal,
    a_shown_inspector,
    a_shown_item,
    a_shown_order,
    an_order,
)
from tests.builders.gate import DAY, PROFILE

ITEM = new_id()
HOUR, DAYS = timedelta(hours=1), timedelta(days=1)


def keys(facts, stage, outcome=Outcome.BLOCK):
    return [finding.key for finding in judge(facts, stage) if finding.outcome is outcome]


def notices(facts):
    return keys(facts, Stage.CLOCK, Outcome.NOTICE)


def answer(question_id):
    return Answer(item_id=ITEM, question_id=question_id, finding="ok", note="")


def urgent(word, **changes):
    given = {"trigger": "urgent", "ratification": word, "ratify_by": NOON + HOUR}
    return an_order(**given | changes)


def test_r1_asks_nothing_but_the_locked_checklist():
    asked = (Question(item_id=ITEM, question_id="q1", text="？", basis=""),)
    assert keys(a_case(checklist=asked, answers=(answer("q1"),)), Stage.RECORD) == []
    beyond = a_case(checklist=asked, answers=(answer("q1"), answer("q2"), answer("q2")))
    (finding,) = judge(beyond, Stage.RECORD)
    assert (finding.key, finding.items) == (f"R1:{ITEM}:q2", (ITEM,))
    assert "q2" in finding.explanation.zh
    assert finding.citations


@pytest.mark.parametrize(
    ("signature", "stands"),
    [
        (Signature(signed_by="赵经理", refusal_reason=None, witness=None), True),
        (Signature(signed_by=None, refusal_reason="有异议", witness="孙某"), True),
        (Signature(signed_by=None, refusal_reason="有异议", witness=None), False),
        (Signature(signed_by=None, refusal_reason=None, witness="孙某"), False),
        (Signature(signed_by=" ", refusal_reason=None, witness=None), False),
        (Signature(signed_by=None, refusal_reason="有异议", witness="　"), False),
        (None, False),
    ],
)
def test_r2_closes_nothing_that_is_neither_signed_nor_witnessed(signature, stands):
    found = keys(a_case(signature=signature, closing=True), Stage.CLOSE)
    assert found == ([] if stands else ["R2:unsigned"])


def test_r3_tells_when_the_result_is_late_and_tells_it_once():
    late = an_order(conclude_by=NOON - HOUR)
    assert notices(a_case(late)) == ["R3:conclusion"]
    assert notices(a_case(an_order(conclude_by=NOON + HOUR))) == []
    assert notices(a_case(an_order(conclude_by=NOON - HOUR, overdue=("conclusion",)))) == []
    assert notices(a_case(an_order(conclude_by=NOON - HOUR, state=State.CONCLUDED))) == []
    (finding,) = judge(a_case(late), Stage.CLOCK)
    assert finding.figures["conclusion_days"] == PROFILE.conclusion_days


@pytest.mark.parametrize(("days", "stands"), [(None, False), (-1, False), (0, False), (1, True)])
def test_r4_orders_nothing_without_a_deadline_after_today(days, stands):
    deadline = None if days is None else DAY + days * DAYS
    found = keys(a_case(result="order_rectification", deadline=deadline), Stage.CONCLUDE)
    assert found == ([] if stands else ["R4:deadline"])
    assert keys(a_case(result="no_problem"), Stage.CONCLUDE) == []


def test_r4_closes_a_rectification_only_after_its_recheck():
    waiting = an_order(state=State.RECTIFYING, rectification_due_on=DAY + DAYS)
    assert keys(a_case(waiting, closing=True), Stage.CLOSE) == ["R4:recheck"]
    assert keys(a_case(waiting, closing=True, rechecked=True), Stage.CLOSE) == []
    assert notices(a_case(waiting)) == []


def test_r4_gives_the_whole_last_day_and_then_tells_once():
    last_day = an_order(state=State.RECTIFYING, rectification_due_on=DAY)
    assert notices(a_case(last_day)) == []
    assert notices(a_case(last_day, now=NOON + 12 * HOUR)) == ["R4:rectification"]
    told = an_order(state=State.RECTIFYING, rectification_due_on=DAY - DAYS, overdue=("rectification",))
    assert notices(a_case(told)) == []


@pytest.mark.parametrize("result", ["order_rectification", "refer"])
def test_a6_orders_nothing_that_no_head_stands_by(result):
    about = {"result": result, "deadline": DAY + DAYS}
    assert keys(a_case(urgent("ratified"), **about), Stage.CONCLUDE) == []
    assert keys(a_case(urgent("pending"), **about), Stage.CONCLUDE) == ["A6:ground:pending"]
    assert keys(a_case(urgent("disapproved"), **about), Stage.CONCLUDE) == ["A6:ground:disapproved"]
    assert keys(a_case(an_order(), **about), Stage.CONCLUDE) == []


@pytest.mark.parametrize("word", ["pending", "disapproved", "ratified"])
def test_a6_lets_a_reminder_be_told_whatever_the_head_says(word):
    assert keys(a_case(urgent(word), result="reminder"), Stage.CONCLUDE) == []


def test_a6_closes_nothing_before_the_head_has_spoken():
    assert keys(a_case(urgent("pending"), closing=True), Stage.CLOSE) == ["A6:unspoken"]
    assert keys(a_case(urgent("disapproved"), closing=True), Stage.CLOSE) == []


def test_a6_tells_when_the_timer_has_run_out_and_tells_it_once():
    late = NOON - HOUR
    assert notices(a_case(urgent("pending"))) == []
    assert notices(a_case(urgent("pending", ratify_by=late))) == ["A6:ratification"]
    assert notices(a_case(urgent("ratified", ratify_by=late))) == []
    assert notices(a_case(urgent("pending", ratify_by=late, overdue=("ratification",)))) == []


def grounds(facts):
    found = judge(facts, Stage.REFUSE)
    assert {finding.outcome for finding in found} <= {Outcome.NOTICE}
    return {finding.key.partition(":")[2] for finding in found}


def test_e4_bears_nothing_out_where_all_is_in_order():
    assert grounds(a_refusal()) == set()


@pytest.mark.parametrize(
    "order",
    [
        {"state": State.CANCELLED},
        {"state": State.APPROVED},
        {"state": State.DRAFTED},
        {"ends_on": DAY - DAYS, "starts_on": DAY - DAYS},
        {"ends_on": DAY + DAYS, "starts_on": DAY + DAYS},
    ],
)
def test_e4_knows_when_no_order_is_in_force(order):
    assert "no_code" in grounds(a_refusal(orders=(a_shown_order(**order),)))


def test_e4_takes_an_urgent_draft_for_an_order_and_nothing_at_all_for_none():
    draft = a_shown_order(state=State.DRAFTED, trigger="urgent")
    assert grounds(a_refusal(orders=(draft,))) == set()
    assert grounds(a_refusal(orders=(), items=(), inspectors=())) == {"no_code"}


def test_e4_knows_what_is_off_the_list():
    off = (a_shown_item(published=False), a_shown_item(in_force_until=DAY - DAYS))
    for item in off:
        assert grounds(a_refusal(items=(a_shown_item(), item))) == {"item_off_list"}


def test_e4_counts_inspectors_as_the_entry_does():
    assistant = a_shown_inspector(kind="assistant")
    assert grounds(a_refusal(inspectors=(a_shown_inspector(), assistant))) == {"too_few_inspectors"}
    expired = a_shown_inspector(valid_until=DAY - DAYS)
    both = {"too_few_inspectors", "no_credential"}
    assert grounds(a_refusal(inspectors=(a_shown_inspector(), expired))) == both


@pytest.mark.parametrize(
    ("turned_away_for", "ground"),
    [("code_forged", "no_credential"), ("too_few_inspectors", "too_few_inspectors")],
)
def test_e4_remembers_whom_the_system_turned_away_today(turned_away_for, ground):
    assert grounds(a_refusal(turned_away_for=frozenset({turned_away_for}))) == {ground}
