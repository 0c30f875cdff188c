"""Deterministic Parquet: the same rows give the same bytes under one lock, and the same logical hash anywhere."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
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


def logical_hash(table: pa.Table) -> str:
    """sha256 over column names, types and rows in order, independent of file format, codec and library version.

    Metadata does not count, so the hash may stand in it.
    """
    digest = hashlib.sha256()
    head = [[field.name, str(field.type), field.nullable] for field in table.schema]
    digest.update(json.dumps(head, separators=(",", ":")).encode())
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            digest.update(
                b"\n"
                + json.dumps(list(row.values()), ensure_ascii=False, separators=(",", ":"), default=_plain).encode()
            )
    return digest.hexdigest()


def file_hash(path: Path) -> str:
    """sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"the contract has no type for {type(value).__name__}")
