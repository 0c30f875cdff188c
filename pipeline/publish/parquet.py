"""Deterministic Parquet: the same rows give the same bytes under one lock, and the same logical hash anywhere."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROW_GROUP = 65_536
"""Rows a row group: all tables of the corpus fit in one, so readers skip by file, not by group."""
FOOTER = b"logical_sha256"
"""Key of the logical hash in the metadata of a file's footer."""


def write_table(table: pa.Table, path: Path) -> str:
    """Write with fixed codec, level, version and row groups; nothing about the machine, the clock or pandas goes in.

    Returns the logical hash, which stands in the footer too.
    """
    # Metadata of the table and of its fields may tell of the library, the machine or the day.
    bare = pa.schema([pa.field(field.name, field.type, field.nullable) for field in table.schema])
    logical = logical_hash(table)
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
        writer.write_table(pa.Table.from_arrays(table.columns, schema=bare).combine_chunks(), row_group_size=ROW_GROUP)
        writer.add_key_value_metadata({FOOTER: logical.encode()})
    return logical


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
        self._rows = 0

    def update(self, batch: pa.RecordBatch) -> None:
        """The next rows."""
        self._rows += batch.num_rows
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
        told = json.dumps([self._head, self._rows], separators=(",", ":")).encode()
        return hashlib.sha256(told + b"".join(part.digest() for pair in self._columns for part in pair)).hexdigest()


def logical_hash(table: pa.Table) -> str:
    """The :class:`LogicalHash` of a whole table."""
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
