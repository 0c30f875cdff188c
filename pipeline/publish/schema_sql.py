"""``schema.sql``: views over the Parquet files by relative path with the contract's meanings as comments, and macros."""

from pipeline.contract import PUBLISHED, Column, Table
from pipeline.publish.trust_sql import trust_sql

HEAD = """\
-- Views over the Parquet files of this folder; every table and column carries its meaning as a comment.
-- Use:  cd data && duckdb -init schema.sql
-- Then: FROM claims LIMIT 5;   SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'claims';
-- And:  FROM why('o-...');   SELECT cite('o-...');   FROM as_of('2021-12-31');   FROM compare('o-...', 'o-...');
"""


def schema_sql() -> str:
    """The whole file: tables in contract order, then the macros."""
    return HEAD + "".join(_view(table) for table in PUBLISHED) + "\n" + trust_sql()


def _view(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    lines = [
        f"\nCREATE OR REPLACE VIEW {table.name} AS SELECT {columns} FROM read_parquet('{table.name}.parquet');",
        f"COMMENT ON VIEW {table.name} IS {_quoted(f'{table.en}. {table.zh}。')};",
    ]
    lines += [
        f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(_meaning(column))};' for column in table.columns
    ]
    return "\n".join(lines) + "\n"


def _meaning(column: Column) -> str:
    extra = [f"unit: {column.unit}"] if column.unit else []
    extra += [f"unit in: {column.unit_from}"] if column.unit_from else []
    extra += [f"codes: {column.codes}"] if column.codes else []
    return f"{column.en} ({'; '.join(extra)}). {column.zh}。" if extra else f"{column.en}. {column.zh}。"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
