"""Rows of tables kept on disk while they are made, and given back in order: memory holds a part, however many there are."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

# Rows kept in memory until they are written; rows read at a time, which may become dictionaries.
PART = 1 << 14
BATCH = 1 << 11
MEMORY = "96MB"


class Spill:
    """Tables by name, in a folder that is gone afterwards."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="normalise-")
        self._waiting: defaultdict[str, list[pa.Table]] = defaultdict(list)
        self._rows: Counter[str] = Counter()
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._connection = duckdb.connect(
            config={
                "memory_limit": MEMORY,
                "temp_directory": str(Path(self._folder.name) / "sorting"),
                "threads": 1,
                "python_enable_replacements": False,
            }
        )

    def __enter__(self) -> "Spill":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in list(self._writers):
            self._writers.pop(name).close()
        self._connection.close()
        self._folder.cleanup()

    def add(self, name: str, rows: pa.Table) -> None:
        """Keep rows of a table; all of one table must have one schema."""
        if rows.num_rows:
            self._waiting[name].append(rows)
            self._rows[name] += rows.num_rows
        if self._rows[name] >= PART:
            self._write(name)

    def sorted(self, name: str, schema: pa.Schema, key: Sequence[str]) -> pa.RecordBatchReader:
        """All rows of a table by its key, rows of one key in the order they came in. Nothing may be added any more."""
        if not self._waiting[name] and name not in self._writers:
            return pa.RecordBatchReader.from_batches(schema, [])
        self._write(name)
        self._writers.pop(name).close()
        columns = ", ".join(f'"{field.name}"' for field in schema)
        order = ", ".join(f'"{part}"' for part in (*key, "file_row_number"))
        found = self._connection.sql(
            f"SELECT {columns} FROM read_parquet($path, file_row_number = true) ORDER BY {order}",
            params={"path": self._path(name)},
        ).to_arrow_reader(BATCH)
        return pa.RecordBatchReader.from_batches(
            schema,
            (pa.RecordBatch.from_arrays(list(map(_cast, batch.columns, schema)), schema=schema) for batch in found),
        )

    def _path(self, name: str) -> str:
        return str(Path(self._folder.name) / f"{name}.parquet")

    def _write(self, name: str) -> None:
        waiting, self._rows[name] = self._waiting.pop(name, []), 0
        if waiting:
            whole = pa.concat_tables(waiting)
            if name not in self._writers:
                self._writers[name] = pq.ParquetWriter(self._path(name), whole.schema, compression="lz4")
            self._writers[name].write_table(whole)


def _cast(column: pa.Array, field: pa.Field) -> pa.Array:
    return column if column.type == field.type else column.cast(field.type)
