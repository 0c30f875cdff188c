"""Questions to a release: each Parquet file of the folder is a view, in a DuckDB in memory, beside the macros of ``trust_sql``."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pyarrow as pa
from rich.console import Console
from rich.table import Table

from pipeline.contract import PUBLISHED
from pipeline.publish.release import settle
from pipeline.publish.trust_sql import trust_sql


class AskFailed(Exception):
    """The question cannot be answered; the message says why in one line."""


def ask(sql: str, folder: Path) -> pa.Table:
    """The answer as an Arrow table. AskFailed where the folder is no release or the SQL is wrong."""
    settle(folder)
    missing = [table.name for table in PUBLISHED if not (folder / f"{table.name}.parquet").exists()]
    if missing:
        raise AskFailed(
            f"{folder}: no {missing[0]}.parquet there; build a release first (`make data`) or name its folder with --data"
        )
    # Local variables of this process are no tables of the dataset.
    connection = duckdb.connect(config={"python_enable_replacements": False})
    try:
        for table in PUBLISHED:
            path = (folder / f"{table.name}.parquet").as_posix().replace("'", "''")
            connection.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{path}')")
        connection.execute(trust_sql())
        answer = connection.sql(sql)
        if answer is None:
            raise AskFailed("the query does not work: there is no statement in it")
        return answer.to_arrow_table()
    except duckdb.Error as error:
        raise AskFailed(f"the query does not work: {' '.join(str(error).split())}") from error
    finally:
        connection.close()


def as_text(answer: pa.Table, form: str) -> str:
    """The answer as a table to look at, CSV, or one JSON object a line."""
    names = answer.column_names
    rows = [[column[place].as_py() for column in answer.columns] for place in range(answer.num_rows)]
    if form == "json":
        return "".join(
            json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n" for row in rows
        )
    out = io.StringIO()
    if form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
        return out.getvalue()
    shown = Table(*names)
    for row in rows:
        shown.add_row(*("" if value is None else str(value) for value in row))
    # A text of a document may hold square brackets and colons: they are no markup here.
    console = Console(file=out, width=160, highlight=False, markup=False, emoji=False)
    console.print(shown)
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")
    return out.getvalue()
