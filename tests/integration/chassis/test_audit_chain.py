"""The audit as a chain: what is changed or taken away afterwards is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from click.testing import CliRunner

from services.chassis import correlation
from services.chassis.audit import Act, Tag, chain, write
from services.chassis.database import open_pool
from services.chassis.ids import new_id
from yicha_cli.__main__ import main


@pytest.fixture
def pool(database):
    correlation.begin("of-a-test")
    pool = open_pool(database.url("feedback"), 6, "test")
    yield pool
    pool.close()


@pytest.fixture
def owner(database):
    """Who may become the audit's owner: the database's administrator."""
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute("SET search_path = feedback_audit")
        yield admin


def act(pool, number=0):
    done = Act(tag=Tag.PASSWORD_SET, subject=f"account/{number}", account_id=new_id(), details={"n": number})
    with pool.connection() as connection:
        write(connection, done)


def seal(pool, **more):
    with pool.connection() as connection:
        return chain.seal(connection, **more)


def seen(pool):
    with pool.connection() as connection:
        return [(flaw.kind, flaw.position) for flaw in chain.flaws(connection)]


def positions(pool):
    with pool.connection() as connection:
        return [row["position"] for row in connection.execute("SELECT position FROM audit ORDER BY 1")]


def sealed(pool, acts):
    for number in range(acts):
        act(pool, number)
    return seal(pool)


def test_what_was_sealed_fits_and_what_came_since_is_told(pool):
    done = sealed(pool, 3)
    act(pool)
    assert (done.rows, seen(pool)) == (3, [])
    with pool.connection() as connection:
        assert chain.unsealed(connection).rows == 1
        assert chain.head_of(connection) == done.head
    assert seal(pool).rows == 1
    assert seal(pool).rows == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("tag", "'account.changed'"),
        ("subject", "'account/nobody'"),
        ("at", "at - interval '1 microsecond'"),
        ("account_id", "NULL"),
        ("origin", "'elsewhere'"),
        ("correlation_id", "'another'"),
        ("details", "details || '{\"n\": 7}'"),
    ],
)
def test_a_row_that_was_changed_is_named(pool, owner, column, value):
    sealed(pool, 3)
    wrong = positions(pool)[1]
    owner.execute(f"UPDATE audit SET {column} = {value} WHERE position = %s", (wrong,))
    assert seen(pool) == [("changed", wrong)]


def test_a_row_that_was_taken_away_is_named(pool, owner):
    sealed(pool, 3)
    gone = positions(pool)[0]
    owner.execute("DELETE FROM audit WHERE position = %s", (gone,))
    assert seen(pool) == [("removed", gone)]


def test_a_row_taken_away_with_its_link_breaks_the_chain(pool, owner):
    sealed(pool, 3)
    _, gone, after = positions(pool)
    owner.execute("DELETE FROM audit WHERE position = %s", (gone,))
    owner.execute("DELETE FROM audit_link WHERE position = %s", (gone,))
    assert seen(pool) == [("changed", after)]


def test_the_end_taken_off_is_known_by_a_head_that_was_kept(pool, owner):
    kept = sealed(pool, 3).head
    last = positions(pool)[-1]
    for table in ("audit_link", "audit"):
        owner.execute(f"DELETE FROM {table} WHERE position = %s", (last,))
    assert seen(pool) == []
    with pool.connection() as connection:
        assert not chain.knows(connection, kept)


def test_an_act_committed_after_later_ones_is_sealed_by_the_next_run(pool):
    with pool.connection() as slow:
        write(slow, Act(tag=Tag.CONTACT_READ, subject="enterprise/slow"))
        assert sealed(pool, 2).rows == 2
        slow.commit()
    assert seal(pool).rows == 1
    assert seen(pool) == []


def test_workers_that_seal_at_once_make_one_chain_and_nobody_who_acts_waits(pool):
    for number in range(40):
        act(pool, number)
    with ThreadPoolExecutor(6) as workers:
        runs = [workers.submit(seal, pool, limit=7) for _ in range(9)]
        acts = [workers.submit(act, pool, number) for number in range(5)]
        assert sum(run.result().rows for run in runs) >= 40
        for one in acts:
            one.result()
    while seal(pool).rows:
        pass
    assert seen(pool) == []
    with pool.connection() as connection:
        assert chain.unsealed(connection).rows == 0


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE audit_link SET hash = '{'0' * 64}'",
        "DELETE FROM audit_link",
        f"INSERT INTO audit_link (nth, position, hash) OVERRIDING SYSTEM VALUE VALUES (1, 1, '{'0' * 64}')",
    ],
)
def test_the_service_itself_only_adds_links(pool, statement):
    sealed(pool, 1)
    with pool.connection() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)


def verified(database, *arguments):
    environment = {
        "YICHA_FEEDBACK_DATABASE_URL": database.url("feedback"),
        "YICHA_EVENT_LOG_URL": database.event_log_url,
        "YICHA_PUBLIC_URL": "http://yicha.test",
        "YICHA_SECRETS_DIR": "/nowhere",
        "YICHA_JWKS_URL": "http://127.0.0.1:9/jwks.json",
    }
    return CliRunner().invoke(main, ["audit", "verify", "feedback", *arguments], env=environment)


def test_the_command_says_what_does_not_fit_and_fails(pool, owner, database):
    head = sealed(pool, 2).head
    good = verified(database, "--head", head)
    assert (good.exit_code, f"feedback: sound 完好, head {head}" in good.output) == (0, True), good.output
    wrong = positions(pool)[0]
    owner.execute("UPDATE audit SET origin = 'elsewhere' WHERE position = %s", (wrong,))
    bad = verified(database)
    assert (bad.exit_code, f"changed 被改动, row {wrong}," in bad.output) == (1, True), bad.output
    lost = verified(database, "--head", "f" * 64)
    assert "never ended in" in lost.output
