"""The import's benchmark copies back exactly what the import wrote. How fast is not asked."""

from importlib import import_module

import psycopg

from tests.e2e.product import Product

spreadsheet = import_module("benchmarks.import")  # its name is a keyword
ROWS = 50


def rows(database):
    with psycopg.connect(database.url("registry")) as connection:
        return {
            table: connection.execute(f"SELECT to_jsonb(t) FROM {table} AS t ORDER BY 1").fetchall()
            for table in spreadsheet.TABLES
        }


def test_what_is_copied_is_what_was_imported(database, tmp_path):
    path = tmp_path / "export.csv"
    spreadsheet.write_file(path, ROWS)
    product = Product(database, {"YICHA_EVENTS": "memory"}, tmp_path)
    assert spreadsheet.our_import(product, path) > 0
    imported = rows(database)
    assert {table: len(found) for table, found in imported.items()} == dict.fromkeys(spreadsheet.TABLES, ROWS)
    assert spreadsheet.copy_into_same_tables(database, tmp_path) > 0
    assert rows(database) == imported
    assert spreadsheet.copy_into_bare_table(database, path) > 0
    with psycopg.connect(database.url("registry")) as connection:
        assert connection.execute("SELECT count(*) FROM bare").fetchone() == (ROWS,)
