"""Tables as a gate looks at them, however large: by SQL, some rows at a time, or whole where they are small.

A table is an Arrow table or lies in Parquet files. Of files nothing is held but what is asked for; DuckDB reads them itself, within
a bound of memory, and beyond it works on disk.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.contract import BY_NAME

Source: TypeAlias = "pa.Table | Sequence[Path]"
"""A table, or the files it lies in, in the order of its rows."""

MEMORY = 160_000_000
"""Bytes that DuckDB may take, with several threads it would need more; sorts, groups and joins that do not fit go on disk."""
MEMORY_PER_ROW = 16
"""Bytes more for each row of the tables that a query may ask. Not all that DuckDB holds can go on disk: of a million documents a query of eleven
million rows failed with 160 MB and got by with 320."""
ROWS = 1 << 14
"""Rows held at once where a table is looked at from one end to the other."""
FETCHED = 1 << 10
"""Rows of an answer that are held at once."""


def are_among(names: Iterable[str], rows: Iterable[pa.RecordBatch]) -> bool:
    """Whether each name stands in the first column of some rows."""
    missing = set(names)
    for batch in rows:
        missing -= set(batch.column(0).filter(pc.is_in(batch.column(0), pa.array(sorted(missing)))).to_pylist())
        if not missing:
            break
    return not missing


class Tables(Mapping[str, pa.Table]):
    """Tables by name. As a mapping it gives whole tables: for those that are small, and for those of a batch.

    What a query keeps on disk is gone with the object.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = dict(sources)
        self._rows: dict[str, int] = {}

    def __getitem__(self, name: str) -> pa.Table:
        source = self._sources[name]
        return source if isinstance(source, pa.Table) else _joined(name, [pq.read_table(file) for file in source])

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)

    def rows(self, name: str) -> int:
        """How many rows a table has."""
        if name not in self._rows:
            self._rows[name] = sum(file.rows for file in self.files(name))
        return self._rows[name]

    def files(self, name: str) -> list["File"]:
        """The files that a table lies in; an Arrow table counts as one."""
        source = self._sources[name]
        return [File(source)] if isinstance(source, pa.Table) else [File(path) for path in source]

    def stream(self, name: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """A table, or some of its columns, at most :data:`ROWS` rows at a time."""
        for file in self.files(name):
            yield from file.stream(columns)

    def records(self, name: str, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Some columns of a table row by row."""
        for part in self.stream(name, columns):
            yield from part.to_pylist()

    def only(self, name: str, column: str, values: Iterable[str]) -> pa.Table:
        """The rows whose ``column`` holds one of the values, by the table's key."""
        wanted = pa.array(sorted(values), pa.string())
        return _joined(name, [file.only(column, wanted) for file in self.files(name)])

    def sql(self, query: str, **others: pa.Table) -> duckdb.DuckDBPyConnection:
        """The answer to a query on the tables as views; ``others`` are views beside them. The next query ends it."""
        for name, other in others.items():
            self._connection.register(name, other)
        return self._connection.execute(query)

    def answers(self, query: str, **others: pa.Table) -> Iterator[dict[str, Any]]:
        """The rows of the answer to a query, some at a time."""
        answer = self.sql(query, **others)
        names = [column[0] for column in answer.description or []]
        while rows := answer.fetchmany(FETCHED):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    def number(self, query: str) -> int:
        """The one number that a query gives."""
        ((found,),) = self.sql(query).fetchall()
        return int(found)

    @cached_property
    def _folder(self) -> TemporaryDirectory[str]:
        return TemporaryDirectory(prefix="gates-")

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        if all(isinstance(source, pa.Table) for source in self._sources.values()):
            connection = _of_this_process().cursor()
        else:
            connection = _opened(self._folder.name, self._memory())
        for name, source in self._sources.items():
            if isinstance(source, pa.Table):
                connection.register(name, source)
            else:
                connection.read_parquet([str(file) for file in source]).create_view(name)
        return connection

    def _memory(self) -> int:
        tables = (source for source in self._sources.values() if not isinstance(source, pa.Table))
        return MEMORY + MEMORY_PER_ROW * sum(map(_rows_about, tables))


def _opened(folder: str, memory: int) -> duckdb.DuckDBPyConnection:
    """A database that may take so many bytes of memory, and goes on in a folder, which it makes when it must."""
    return duckdb.connect(
        config={
            "memory_limit": f"{memory}B",
            "temp_directory": folder,
            "threads": 1,
            "preserve_insertion_order": False,
            "enable_external_file_cache": False,
        }
    )


@cache
def _of_this_process() -> duckdb.DuckDBPyConnection:
    """The database for tables in memory, each batch of documents with a cursor: to open one takes ten times as long as to ask of a batch what the
    rules ask."""
    return _opened(str(Path(gettempdir()) / f"gates-{os.getpid()}"), MEMORY)


def _rows_about(files: Sequence[Path]) -> int:
    """About how many rows lie in some files: as many for their bytes as in the largest, the footer of which is the only one read."""
    sizes = [file.stat().st_size for file in files]
    largest = max(sizes)
    return File(files[sizes.index(largest)]).rows * sum(sizes) // largest


class File:
    """A Parquet file, or an Arrow table that stands for one."""

    def __init__(self, source: Any) -> None:
        self._source = source

    @property
    def schema(self) -> pa.Schema:
        """Columns and types."""
        return self._source.schema if isinstance(self._source, pa.Table) else pq.read_schema(self._source)

    @property
    def rows(self) -> int:
        """How many there are."""
        return int(
            self._source.num_rows if isinstance(self._source, pa.Table) else pq.read_metadata(self._source).num_rows
        )

    def stream(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """See :meth:`Tables.stream`."""
        if isinstance(self._source, pa.Table):
            table = self._source if columns is None else self._source.select(list(columns))
            yield from table.to_batches(max_chunksize=ROWS)
            return
        with pq.ParquetFile(self._source, buffer_size=1 << 20) as file:
            yield from file.iter_batches(ROWS, columns=None if columns is None else list(columns))

    def only(self, column: str, wanted: pa.Array) -> pa.Table:
        """The rows whose ``column`` holds one of the values. Where a group of rows holds none, its other columns are left unread."""
        if isinstance(self._source, pa.Table):
            return self._source.filter(pc.is_in(self._source.column(column), wanted))
        kept = [self.schema.empty_table()]
        with pq.ParquetFile(self._source) as file:
            for group in range(file.num_row_groups):
                held = pc.is_in(file.read_row_group(group, [column]).column(column), wanted)
                if pc.any(held).as_py():
                    kept.append(file.read_row_group(group).filter(held))
        return pa.concat_tables(kept)


def _joined(name: str, parts: Sequence[pa.Table]) -> pa.Table:
    """One table of what its files hold, by its key where these are several."""
    if len(parts) == 1:
        return parts[0]
    return pa.concat_tables(parts).sort_by([(column, "ascending") for column in BY_NAME[name].key])
