"""The gate's benchmark looks, issues and forgets, beside a read that finds its row. How fast is not asked."""

from benchmarks import gate
from services.inspection.gate import Stage, judge
from services.inspection.gate.reader import read_facts
from tests.builders import history

SCALE = history.Scale(orders=300)


def everything(connection):
    """How much there is of each thing that an issue writes."""
    tables = ("finding", "best_graded_order", "order_item", "order_inspector", "order_agency", "orders")
    counted = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in tables)
    return connection.execute(f"SELECT {counted}").fetchone()


def test_it_asks_of_the_history_and_leaves_it_as_it_was(postgres, capsys):
    with gate.loaded(postgres, SCALE) as city:
        connection = city.connection
        before = everything(connection)
        assert before["orders"] == SCALE.orders
        for number in range(3):
            city.ask(number)
        assert everything(connection) == before
        assert [len(taken) for taken in (city.busiest, city.ordinary, city.issue, city.key)] == [3] * 4
        facts = read_facts(connection, gate.proposed(1, 0), gate.STRICT, gate.NOW)
        assert facts.registered.enterprise is not None
        assert facts.past.best_graded.inspected > 0
        assert judge(facts, Stage.CHECK)
        gate.told([city])
    assert "300 past orders at 1,000 enterprises" in capsys.readouterr().out


def test_what_it_issues_is_issued(postgres):
    with gate.loaded(postgres, SCALE) as city:
        before = everything(city.connection)
        order = gate.issue(city.connection, 7)[0]
        row = city.connection.execute(
            "SELECT state, (SELECT count(*) FROM finding f WHERE f.order_id = o.order_id) AS findings "
            "FROM orders o WHERE order_id = %s",
            (order.order_id,),
        ).fetchone()
        assert (row["state"], row["findings"] > 0) == ("issued", True)
        gate.forget(city.connection, order)
        assert everything(city.connection) == before
