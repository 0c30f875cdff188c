"""``schema.sql``: views over the Parquet files by relative path, with the contract's meanings as comments."""

from pipeline.contract import PUBLISHED, Table

HEAD = """\
-- Views over the Parquet files of this folder; every table and column carries its meaning as a comment.
-- Use:  cd data && duckdb -init schema.sql
-- Then: FROM claims LIMIT 5;   SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'claims';
"""


def schema_sql() -> str:
    """The whole file, tables in contract order."""
    return HEAD + "".join(_view(table) for table in PUBLISHED)


def _view(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    lines = [
        f"\nCREATE OR REPLACE VIEW {table.name} AS SELECT {columns} FROM read_parquet('{table.name}.parquet');",
        f"COMMENT ON VIEW {table.name} IS {_quoted(f'{table.en}. {table.zh}。')};",
    ]
    lines += [
        f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(_meaning(column.en, column.zh, column.unit, column.codes))};'
        for column in table.columns
    ]
    return "\n".join(lines) + "\n"


def _meaning(en: str, zh: str, unit: str | None, codes: str | None) -> str:
    extra = [f"unit: {unit}"] if unit else []
    extra += [f"codes: {codes}"] if codes else []
    return f"{en} ({'; '.join(extra)}). {zh}。" if extra else f"{en}. {zh}。"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
