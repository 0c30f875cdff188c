"""``schema.sql``: every table is a view that DuckDB can read, and every column says what it means."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.contract import PUBLISHED
from pipeline.publish.candidate import write_candidate
from pipeline.publish.schema_sql import schema_sql
from tests.gates.builders import world


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB that has read ``schema.sql`` in the folder of a release."""
    folder = tmp_path_factory.mktemp("release") / "data"
    write_candidate(world(), folder)
    with pytest.MonkeyPatch.context() as patch, duckdb.connect() as found:
        patch.chdir(folder)
        found.execute((folder / "schema.sql").read_text(encoding="utf-8"))
        yield found


def test_every_published_table_is_a_view_with_its_rows(connection: duckdb.DuckDBPyConnection) -> None:
    views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()
    assert [name for (name,) in views] == sorted(table.name for table in PUBLISHED)
    for table in PUBLISHED:
        found = connection.sql(f'FROM "{table.name}"').to_arrow_table()
        assert found.column_names == [column.name for column in table.columns]
        assert found.num_rows == world()[table.name].num_rows


def test_every_table_and_column_carries_its_meaning_in_both_languages(connection: duckdb.DuckDBPyConnection) -> None:
    tables = dict(connection.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
    rows = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    columns = {(table, column): comment for table, column, comment in rows}
    for table in PUBLISHED:
        assert table.en in tables[table.name] and table.zh in tables[table.name]
        for column in table.columns:
            comment = columns[table.name, column.name]
            assert column.en in comment and column.zh in comment
            assert (f"unit: {column.unit}" in comment) is (column.unit is not None)
            assert (f"codes: {column.codes}" in comment) is (column.codes is not None)


def test_names_that_sql_reserves_can_be_asked_for(connection: duckdb.DuckDBPyConnection) -> None:
    reserved = {name for (name,) in connection.execute("SELECT keyword_name FROM duckdb_keywords()").fetchall()}
    used = [(table.name, column.name) for table in PUBLISHED for column in table.columns if column.name in reserved]
    assert ("evaluation", "right") in used and ("quality", "table") in used
    for table, column in used:
        assert connection.execute(f'SELECT count("{column}") FROM "{table}"').fetchone() is not None


def test_the_file_names_no_place_but_its_own_folder() -> None:
    text = schema_sql()
    assert text.count("read_parquet('") == len(PUBLISHED)
    for table in PUBLISHED:
        assert f"read_parquet('{table.name}.parquet')" in text
    assert text == schema_sql() and text.endswith("\n") and "\r" not in text
