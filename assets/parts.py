"""Parts: what a stage made of one batch of documents, a folder of small Parquet files that is whole or not there.

A part knows its documents, each with the key of all that its rows depend on (bytes, registry, corrections, code, words,
packages), so that a later build takes over the rows of a document that did not change, and what the gates found and counted in it.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from expectations.counts import Counted
from pipeline.contract import BY_NAME
from pipeline.contract.model import Stage
from pipeline.publish.exchange import to_disk
from pipeline.publish.parquet import logical_hash

ABOUT = "part.json"

Keys = tuple[tuple[str, str], ...]
"""Documents in the order of their identifiers, each with its key. One that was set aside is not among them: later stages pass it over."""
Findings = dict[str, list[dict[str, Any]]]
"""Rule → what violates it, each with its ``source_id``."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is there."""

    folder: Path
    documents: Keys
    versions: Mapping[str, str]
    rows: Mapping[str, int]
    findings: Findings
    counts: Mapping[str, Counted]

    def read(self, name: str, documents: Sequence[str] | None = None) -> pa.Table:
        """A table, or its rows of some documents."""
        found = pq.read_table(self.folder / f"{name}.parquet")
        if documents is None or len(documents) == len(self.documents):
            return found
        return of_documents(found, documents)


def of_documents(table: pa.Table, documents: Sequence[str]) -> pa.Table:
    """The rows of some documents."""
    return table.filter(pc.is_in(_document_of(table), pa.array(documents, pa.string())))


def _document_of(table: pa.Table) -> pa.ChunkedArray:
    """The document of each row: the identifier of a claim or a park is that of its document, a colon, and its place in it."""
    if "source_id" in table.schema.names:
        return table.column("source_id")
    told = "claim_id" if "claim_id" in table.schema.names else "park_id"
    return pc.replace_substring_regex(table.column(told), ":[^:]*$", "")


def digest_of(stage: Stage, documents: Keys) -> str:
    """Name of the part that these documents make at a stage."""
    return hashlib.sha256(json.dumps([stage, documents]).encode()).hexdigest()[:32]


def folder_of(work: Path, stage: Stage, digest: str) -> Path:
    """Where a part stands."""
    return work / "parts" / stage / digest


def load(folder: Path) -> Part | None:
    """The part in a folder; None where it is not there or not whole."""
    try:
        told = json.loads((folder / ABOUT).read_bytes())
        documents, counts = told["documents"], told["counts"]
        return Part(
            folder,
            tuple(map(tuple, documents)),
            told["versions"],
            told["rows"],
            told["findings"],
            {name: Counted.read(counted) for name, counted in counts.items()},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(
    folder: Path,
    documents: Keys,
    tables: Mapping[str, pa.Table],
    findings: Findings,
    counts: Mapping[str, Counted],
) -> None:
    """Write a part; it appears whole or not at all."""
    making = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    for name, table in tables.items():
        # Fast to write and to read: nobody but the next stage reads it, and never the bytes but the rows are compared.
        pq.write_table(
            table, making / f"{name}.parquet", compression="lz4", use_dictionary=False, write_statistics=False
        )
    about = {
        "documents": documents,
        "versions": {name: logical_hash(table) for name, table in tables.items() if name in BY_NAME},
        "rows": {name: table.num_rows for name, table in tables.items()},
        "findings": findings,
        "counts": {name: counted.told() for name, counted in counts.items()},
    }
    (making / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    # What a later build takes over must not be a name without its bytes after the power failed. Each file waits for the disk, and files that
    # wait together are written together: 3 ms a part that took 20 one after the other.
    files = sorted(making.iterdir())
    with ThreadPoolExecutor(len(files)) as waiting:
        list(waiting.map(to_disk, files))
    shutil.rmtree(folder, ignore_errors=True)
    making.replace(folder)
