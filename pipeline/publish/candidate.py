"""A candidate release: a folder with every published table, what describes them and ``manifest.json``, not yet promoted.

Tables pass through batch by batch, a row group in memory, each by itself: so whoever has processes to spare writes them side by
side. Only the small ones that the descriptors quote, and ``sources``, are held whole.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.contract import PUBLISHED, Table, schema_version
from pipeline.publish.descriptors import QUOTED, write_descriptors
from pipeline.publish.origin import origin, release_date
from pipeline.publish.parquet import Rows, Written, file_hash, footer_hash, write_rows
from pipeline.publish.policy import policies, redact
from pipeline.publish.schema_sql import schema_sql

MANIFEST = "manifest.json"
NAME = "liaoning-data"
DATA_LICENCE = "CC-BY-4.0"


def write_candidate(
    tables: Mapping[str, Rows], folder: Path, registries: Mapping[str, Path] | None = None
) -> dict[str, Any]:
    """Write all published tables as their evidence policies allow, and what describes them; returns the manifest.

    ``folder`` must be empty; ``registries`` are the files that described the sources, by the name to show. Raises KeyError where a published table is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    quoted = {name: pa.Table.from_batches(tables[name].to_batches(), tables[name].schema) for name in QUOTED}
    allowed = policies(quoted["sources"])
    entries = [write_published(table, tables[table.name], allowed, folder) for table in PUBLISHED]
    return describe(entries, quoted, folder, registries or {})


def describe(
    entries: Sequence[Mapping[str, Any]],
    quoted: Mapping[str, pa.Table],
    folder: Path,
    registries: Mapping[str, Path],
) -> dict[str, Any]:
    """Write what describes the tables, and the manifest, which is returned. ``entries`` are those of :func:`write_published`, ``quoted``
    the tables that descriptors take rows from."""
    sources = quoted["sources"]
    schema = folder / "schema.sql"
    schema.write_text(schema_sql(), encoding="utf-8", newline="\n")
    manifest: dict[str, Any] = {
        "name": NAME,
        "version": _own_version(),
        "released": release_date(sources),
        "licence": DATA_LICENCE,
        "build": origin(sources, registries),
        "tables": list(entries),
    }
    described = sorted([*write_descriptors(folder, manifest, quoted), schema])
    manifest["files"] = [
        {"file": path.name, "bytes": path.stat().st_size, "sha256": file_hash(path)} for path in described
    ]
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return manifest


def write_published(table: Table, rows: Rows, allowed: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Write one table as the evidence policies of documents (``allowed``) let it out; its entry in the manifest."""
    path = folder / f"{table.name}.parquet"
    return _entry(table, path, write_rows(rows.schema, _shown(table.name, rows, allowed), path))


def copy_published(table: Table, file: Path, folder: Path) -> dict[str, Any]:
    """As :func:`write_published`, of a table that no policy governs and that lies in one file of :func:`~pipeline.publish.parquet.write_rows`: to write
    its rows again would give the very bytes. ValueError where a policy governs it or the file states no hash."""
    stated = footer_hash(file)
    if stated is None or any(column.policy for column in table.columns):
        raise ValueError(f"{table.name} cannot be copied: its rows must be written as its policies allow")
    path = folder / f"{table.name}.parquet"
    shutil.copyfile(file, path)
    return _entry(table, path, Written(stated, pq.read_metadata(path).num_rows))


def _entry(table: Table, path: Path, written: Written) -> dict[str, Any]:
    return {
        "name": table.name,
        "file": path.name,
        "stage": table.stage,
        "rows": written.rows,
        "bytes": path.stat().st_size,
        "sha256": file_hash(path),
        "logical_sha256": written.logical,
        "schema_version": schema_version(table),
        "description_en": table.en,
        "description_zh": table.zh,
    }


def _shown(name: str, rows: Rows, allowed: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    for batch in rows.to_batches():
        yield from redact(name, pa.Table.from_batches([batch]), allowed).to_batches()


def _own_version() -> str:
    try:
        return version(NAME)
    except PackageNotFoundError as error:
        raise RuntimeError("the package is not installed: run `make data`") from error
