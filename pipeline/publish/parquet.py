"""Deterministic Parquet: the same rows give the same bytes under one lock, and the same logical hash anywhere."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROW_GROUP = 65_536
"""Rows a row group, and what is held of a table at once while it is written."""
FOOTER = b"logical_sha256"
"""Key of the logical hash in the metadata of a file's footer."""


class Rows(Protocol):
    """Rows of a table that need not be in memory together; a ``pyarrow.Table`` is one."""

    @property
    def schema(self) -> pa.Schema:
        """Columns of every batch."""

    def to_batches(self) -> Iterable[pa.RecordBatch]:
        """The rows in order, each time from the first."""


class Written(NamedTuple):
    """What was written: the logical hash of the rows, and how many there are."""

    logical: str
    rows: int


def write_table(table: Rows, path: Path) -> str:
    """:func:`write_rows` of a table; returns the logical hash."""
    return write_rows(table.schema, table.to_batches(), path).logical


def write_rows(schema: pa.Schema, batches: Iterable[pa.RecordBatch], path: Path) -> Written:
    """Write with fixed codec, level, version and row groups; nothing about the machine, the clock, pandas or how the rows were cut
    into batches goes in. The logical hash stands in the footer too."""
    # Metadata of the table and of its fields may tell of the library, the machine or the day.
    bare = pa.schema([pa.field(field.name, field.type, field.nullable) for field in schema])
    digest = LogicalHash(bare)
    with pq.ParquetWriter(
        path,
        bare,
        version="2.6",
        compression="zstd",
        compression_level=9,
        use_dictionary=True,
        write_statistics=True,
        data_page_version="1.0",
        store_schema=True,
    ) as writer:
        for group in _groups(bare, batches):
            digest.update(group)
            writer.write_batch(group)
        writer.add_key_value_metadata({FOOTER: digest.hexdigest().encode()})
    return Written(digest.hexdigest(), digest.rows)


def _groups(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows :data:`ROW_GROUP` at a time; of a table without rows one group without rows."""
    waiting: list[pa.RecordBatch] = []
    held, told = 0, False
    for batch in batches:
        while held + batch.num_rows >= ROW_GROUP:
            waiting.append(batch.slice(0, ROW_GROUP - held))
            batch = batch.slice(ROW_GROUP - held)
            yield _one(schema, waiting)
            waiting, held, told = [], 0, True
        if batch.num_rows:
            waiting.append(batch)
            held += batch.num_rows
    if waiting or not told:
        yield _one(schema, waiting)


def _one(schema: pa.Schema, batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    bare = [pa.RecordBatch.from_arrays(batch.columns, schema=schema) for batch in batches]
    return pa.concat_batches(bare) if bare else pa.RecordBatch.from_pylist([], schema=schema)


def footer_hash(path: Path) -> str | None:
    """The logical hash that a file's footer states; None where it states none."""
    stated = (pq.read_metadata(path).metadata or {}).get(FOOTER)
    return stated.decode() if stated else None


class LogicalHash:
    """sha256 over column names, types and rows in order, independent of file format, codec, library and the size of batches.

    Each column is hashed by itself, value after value: little-endian, a null as zero with its place told apart, a string as
    its length and its UTF-8. Metadata does not count, so the hash may stand in it.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self._head = [[field.name, str(field.type), field.nullable] for field in schema]
        self._columns = [(hashlib.sha256(), hashlib.sha256()) for _ in schema]
        self.rows = 0

    def update(self, batch: pa.RecordBatch) -> None:
        """The next rows."""
        self.rows += batch.num_rows
        for (places, values), column in zip(self._columns, batch.columns, strict=True):
            if pa.types.is_large_string(column.type):
                column = column.cast(pa.string())
            if pa.types.is_string(column.type):
                places.update(_little(pc.fill_null(pc.binary_length(column), -1), "<i4"))
                values.update(_characters(column))
            else:
                places.update(_little(pc.cast(pc.is_valid(column), pa.uint8()), "u1"))
                values.update(_values(column))

    def hexdigest(self) -> str:
        """The hash of all rows so far."""
        told = json.dumps([self._head, self.rows], separators=(",", ":")).encode()
        return hashlib.sha256(told + b"".join(part.digest() for pair in self._columns for part in pair)).hexdigest()


def logical_hash(table: Rows) -> str:
    """The :class:`LogicalHash` of all rows of a table."""
    digest = LogicalHash(table.schema)
    for batch in table.to_batches():
        digest.update(batch)
    return digest.hexdigest()


def _characters(column: pa.Array) -> bytes:
    """The UTF-8 of all strings of an array, one after the other."""
    filled = pc.fill_null(column, "")
    _, ends, data = filled.buffers()
    if data is None:
        return b""
    places = np.frombuffer(ends, dtype=np.int32)[filled.offset : filled.offset + len(filled) + 1]
    return bytes(memoryview(data)[places[0] : places[-1]]) if len(places) else b""


def _values(column: pa.Array) -> bytes:
    if pa.types.is_boolean(column.type):
        return _little(pc.cast(pc.fill_null(column, False), pa.uint8()), "u1")
    if pa.types.is_date32(column.type):
        return _little(pc.fill_null(pc.cast(column, pa.int32()), 0), "<i4")
    if pa.types.is_int64(column.type):
        return _little(pc.fill_null(column, 0), "<i8")
    if pa.types.is_float64(column.type):
        return _little(pc.fill_null(column, 0.0), "<f8")
    raise TypeError(f"the contract has no type for {column.type}")


def _little(column: pa.Array, kind: str) -> bytes:
    return bytes(column.to_numpy(zero_copy_only=False).astype(kind, copy=False).tobytes())


def file_hash(path: Path) -> str:
    """sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
