"""Rows of tables kept on disk while they are made, and given back in order: memory holds a part, however many there are."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

# Rows kept in memory until they are written; rows of a group in a file; rows read at a time, which may become dictionaries.
PART = 1 << 14
GROUP = 1 << 11
BATCH = 1 << 11
MEMORY = "96MB"


class Spill:
    """Tables by name, a file each, in a folder that is there and that nobody else writes to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: defaultdict[str, list[pa.Table]] = defaultdict(list)
        self._rows: Counter[str] = Counter()
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> "Spill":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in list(self._waiting):
            self._write(name)
        for writer in self._writers.values():
            writer.close()

    def add(self, name: str, rows: pa.Table) -> None:
        """Keep rows of a table; all of one table must have one schema."""
        if rows.num_rows:
            self._waiting[name].append(rows)
            self._rows[name] += rows.num_rows
        if self._rows[name] >= PART:
            self._write(name)

    def _write(self, name: str) -> None:
        waiting, self._rows[name] = self._waiting.pop(name, []), 0
        if waiting:
            whole = pa.concat_tables(waiting)
            if name not in self._writers:
                path = self._folder / f"{name}.parquet"
                self._writers[name] = pq.ParquetWriter(path, whole.schema, compression="lz4")
            self._writers[name].write_table(whole, GROUP)


def spilled(folders: Sequence[Path], name: str) -> list[Path]:
    """The files that spills in some folders left of a table, when they were closed: none where they got no row of it."""
    return [path for folder in folders if (path := folder / f"{name}.parquet").exists()]


def in_order(
    files: Sequence[Path], schema: pa.Schema, key: Sequence[str], between: tuple[str, str] | None = None
) -> pa.RecordBatchReader:
    """All rows of some files by a key, rows of one key in the order of the files, and there as they came in.

    ``between``: the first and the last value of the key's first column that are asked for; without it all are.
    """
    return pa.RecordBatchReader.from_batches(schema, _batches(files, schema, key, between) if files else [])


def _batches(
    files: Sequence[Path], schema: pa.Schema, key: Sequence[str], between: tuple[str, str] | None
) -> Iterator[pa.RecordBatch]:
    columns = ", ".join(f'"{field.name}"' for field in schema)
    order = ", ".join(f'"{part}"' for part in (*key, "file_index", "file_row_number"))
    asked = f'WHERE "{key[0]}" BETWEEN $first AND $last' if between else ""
    limits = dict(zip(("first", "last"), between, strict=True)) if between else {}
    with TemporaryDirectory(prefix="sorting-", dir=files[0].parent) as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "temp_directory": folder,
            "threads": 1,
            "python_enable_replacements": False,
        }
        with closing(duckdb.connect(config=config)) as connection:
            found = connection.sql(
                f"SELECT {columns} FROM read_parquet($files, file_row_number = true) {asked} ORDER BY {order}",
                params={"files": [str(file) for file in files], **limits},
            )
            for batch in found.to_arrow_reader(BATCH):
                yield pa.RecordBatch.from_arrays(list(map(_cast, batch.columns, schema)), schema=schema)


def _cast(column: pa.Array, field: pa.Field) -> pa.Array:
    return column if column.type == field.type else column.cast(field.type)
