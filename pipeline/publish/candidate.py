"""A candidate release: a folder with every published table, what describes them and ``manifest.json``, not yet promoted."""

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.contract import PUBLISHED, schema_version
from pipeline.publish.descriptors import write_descriptors
from pipeline.publish.origin import origin, release_date
from pipeline.publish.parquet import file_hash, write_table
from pipeline.publish.policy import policies, redact
from pipeline.publish.schema_sql import schema_sql

MANIFEST = "manifest.json"
NAME = "liaoning-data"
DATA_LICENCE = "CC-BY-4.0"


def write_candidate(
    tables: Mapping[str, pa.Table], folder: Path, registries: Mapping[str, Path] | None = None
) -> dict[str, Any]:
    """Write all published tables as their evidence policies allow, and what describes them; returns the manifest.

    ``folder`` must be empty; ``registries`` are the files that described the sources, by the name to show. Raises KeyError where a published table is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    allowed = policies(tables["sources"])
    entries = []
    for table in PUBLISHED:
        shown = redact(table.name, tables[table.name], allowed)
        path = folder / f"{table.name}.parquet"
        logical = write_table(shown, path)
        entries.append(
            {
                "name": table.name,
                "file": path.name,
                "stage": table.stage,
                "rows": shown.num_rows,
                "bytes": path.stat().st_size,
                "sha256": file_hash(path),
                "logical_sha256": logical,
                "schema_version": schema_version(table),
                "description_en": table.en,
                "description_zh": table.zh,
            }
        )
    schema = folder / "schema.sql"
    schema.write_text(schema_sql(), encoding="utf-8", newline="\n")
    manifest: dict[str, Any] = {
        "name": NAME,
        "version": _own_version(),
        "released": release_date(tables["sources"]),
        "licence": DATA_LICENCE,
        "build": origin(tables["sources"], registries or {}),
        "tables": entries,
    }
    described = sorted([*write_descriptors(folder, manifest, tables), schema])
    manifest["files"] = [
        {"file": path.name, "bytes": path.stat().st_size, "sha256": file_hash(path)} for path in described
    ]
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return manifest


def _own_version() -> str:
    try:
        return version(NAME)
    except PackageNotFoundError as error:
        raise RuntimeError("the package is not installed: run `make data`") from error
