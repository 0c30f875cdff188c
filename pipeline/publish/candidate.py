"""A candidate release: a folder with every published table, ``schema.sql`` and ``manifest.json``, not yet promoted."""

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.contract import PUBLISHED
from pipeline.publish.parquet import file_hash, logical_hash, write_table
from pipeline.publish.policy import policies, redact
from pipeline.publish.schema_sql import schema_sql

MANIFEST = "manifest.json"
NAME = "liaoning-data"
DATA_LICENCE = "CC-BY-4.0"


def write_candidate(tables: Mapping[str, pa.Table], folder: Path) -> dict[str, Any]:
    """Write all published tables as their evidence policies allow, and what describes them; returns the manifest.

    ``folder`` must be empty. Raises KeyError where a published table is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    allowed = policies(tables["sources"])
    entries = []
    for table in PUBLISHED:
        shown = redact(table.name, tables[table.name], allowed)
        path = folder / f"{table.name}.parquet"
        write_table(shown, path)
        entries.append(
            {
                "name": table.name,
                "file": path.name,
                "stage": table.stage,
                "rows": shown.num_rows,
                "bytes": path.stat().st_size,
                "sha256": file_hash(path),
                "logical_sha256": logical_hash(shown),
                "description_en": table.en,
                "description_zh": table.zh,
            }
        )
    schema = folder / "schema.sql"
    schema.write_text(schema_sql(), encoding="utf-8", newline="\n")
    manifest = {
        "name": NAME,
        "version": _own_version(),
        "licence": DATA_LICENCE,
        "tables": entries,
        "files": [{"file": schema.name, "bytes": schema.stat().st_size, "sha256": file_hash(schema)}],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
    return manifest


def _own_version() -> str:
    try:
        return version(NAME)
    except PackageNotFoundError as error:
        raise RuntimeError("the package is not installed: run `make data`") from error
