"""Two heads, two clerks, one draw: real threads. One wins, the other is told so."""

from datetime import timedelta
from fractions import Fraction

import pytest

from services.chassis.errors import StaleVersion
from services.inspection.draws.commands import Abandon, Reveal, abandon, reveal
from services.inspection.draws.commit import Commit, commit
from services.inspection.draws.orders import DraftOrders, draft_orders
from tests.builders.draws import some
from tests.builders.inspection import a_town, today
from tests.builders.races import done, race

ROUNDS = 200


@pytest.fixture(scope="module")
def town(postgres, tmp_path_factory):
    with postgres.database() as database, a_town(database, tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture(scope="module")
def firms(town):
    return some(town, 3)


def committed(town, firms):
    wish = Commit(
        purpose="抽查",
        starts_on=today(),
        ends_on=today() + timedelta(days=30),
        shares={None: Fraction(1)},
        premises=tuple(firm.premises[0].premises_id for firm in firms),
    )
    return done(town, commit, wish, town.safety.clerk)


def told_of(town, draw):
    with town.pool.connection() as connection:
        rows = connection.execute(
            "SELECT type FROM outbox WHERE aggregateid = %s ORDER BY position", (str(draw.draw_id),)
        )
        return [row["type"].split(".", 3)[3] for row in rows.fetchall()]


def is_won_by_one(town, draw, answers):
    (loser,) = (answer for answer in answers if isinstance(answer, StaleVersion))
    (winner,) = (answer for answer in answers if not isinstance(answer, StaleVersion))
    assert (winner.version, loser.status, "2" in loser.detail.en) == (2, 412, True)
    assert told_of(town, draw) == ["draw.committed.v1", f"draw.{winner.state}.v1"]
    return winner


def test_a_draw_that_two_reveal_at_once_is_revealed_once(town, firms):
    for _ in range(ROUNDS):
        draw = committed(town, firms)
        wish = Reveal(draw_id=draw.draw_id, version=1, public_value=None)
        answers = race(*[lambda w=wish: done(town, reveal, w, town.safety.head)] * 2)
        assert is_won_by_one(town, draw, answers).state == "revealed"


def test_a_draw_is_revealed_or_abandoned(town, firms):
    for _ in range(ROUNDS):
        draw = committed(town, firms)
        one = Reveal(draw_id=draw.draw_id, version=1, public_value=None)
        other = Abandon(draw_id=draw.draw_id, version=1, reason="名单有误")
        answers = race(
            lambda w=one: done(town, reveal, w, town.safety.head),
            lambda w=other: done(town, abandon, w, town.safety.head),
        )
        winner = is_won_by_one(town, draw, answers)
        with town.pool.connection() as connection:
            drawn = connection.execute(
                "SELECT FROM draw_result WHERE draw_id = %s", (draw.draw_id,)
            ).fetchall()
        assert len(drawn) == (3 if winner.state == "revealed" else 0)


def test_what_was_drawn_becomes_orders_once_though_two_ask(town, firms):
    for _ in range(ROUNDS):
        draw = committed(town, firms)
        done(town, reveal, Reveal(draw_id=draw.draw_id, version=1, public_value=None), town.safety.head)
        wish = DraftOrders(
            draw_id=draw.draw_id,
            items=(town.safety.item.item_id,),
            starts_on=today(),
            ends_on=today() + timedelta(days=20),
            on_site_reason="现场核查",
        )
        answers = race(*[lambda w=wish: done(town, draft_orders, w, town.safety.clerk)] * 2)
        assert sorted(map(len, answers)) == [0, 3]
        with town.pool.connection() as connection:
            kept = connection.execute(
                "SELECT premises_id FROM orders WHERE draw_id = %s", (draw.draw_id,)
            ).fetchall()
        assert sorted(row["premises_id"] for row in kept) == sorted(f.premises[0].premises_id for f in firms)
