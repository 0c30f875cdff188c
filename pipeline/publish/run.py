"""The stage as a batch function, and the last look before a release."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from pipeline.contract import BY_NAME, PUBLISHED, build
from pipeline.contract.codes import rows as code_rows
from pipeline.publish.candidate import MANIFEST
from pipeline.publish.evaluation import evaluation
from pipeline.publish.parquet import file_hash, logical_hash
from pipeline.publish.policy import policies, redact


class CandidateStale(Exception):
    """The candidate folder does not hold the tables that are current and green."""


def run(quarantine_parts: Sequence[pa.Table]) -> dict[str, pa.Table]:
    """The tables ``codes``, ``quarantine`` (rows of all stages) and ``evaluation``."""
    names = [column.name for column in BY_NAME["quarantine"].columns]
    set_aside = {tuple(row[name] for name in names): row for part in quarantine_parts for row in part.to_pylist()}
    return {
        "codes": build("codes", code_rows()),
        "quarantine": build("quarantine", set_aside.values()),
        "evaluation": evaluation(),
    }


def demand_candidate_of(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """CandidateStale unless the folder holds exactly these tables, redacted, with the hashes its manifest names."""
    if not (folder / MANIFEST).exists():
        raise CandidateStale("there is no candidate: materialise it first")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    allowed = policies(tables["sources"])
    listed = {entry["name"]: entry for entry in manifest["tables"]}
    for table in PUBLISHED:
        shown = redact(table.name, tables[table.name], allowed)
        path = folder / f"{table.name}.parquet"
        entry = listed.get(table.name)
        if entry is None or entry["logical_sha256"] != logical_hash(shown) or entry["sha256"] != file_hash(path):
            raise CandidateStale(f"{table.name} in the candidate is not the current version: materialise the candidate again")
