"""The stage as a batch function, and the last look before a release."""

import json
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from pipeline.contract import BY_NAME, build
from pipeline.contract.codes import rows as code_rows
from pipeline.publish.candidate import MANIFEST
from pipeline.publish.evaluation import evaluation
from pipeline.publish.parquet import file_hash


class CandidateStale(Exception):
    """The candidate folder is not there, or not as it was written."""


def run(quarantine_parts: Sequence[pa.Table]) -> dict[str, pa.Table]:
    """The tables ``codes``, ``quarantine`` (rows of all stages) and ``evaluation``."""
    names = [column.name for column in BY_NAME["quarantine"].columns]
    set_aside = {tuple(row[name] for name in names): row for part in quarantine_parts for row in part.to_pylist()}
    return {
        "codes": build("codes", code_rows()),
        "quarantine": build("quarantine", set_aside.values()),
        "evaluation": evaluation(),
    }


def demand_whole(folder: Path) -> None:
    """CandidateStale unless the folder holds exactly the files its manifest names, byte for byte."""
    if not (folder / MANIFEST).exists():
        raise CandidateStale("there is no candidate: materialise it first")
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    listed = {entry["file"]: entry["sha256"] for entry in [*manifest["tables"], *manifest["files"]]}
    found = {path.name: file_hash(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    for name in sorted(listed.keys() | found.keys()):
        if listed.get(name) != found.get(name):
            raise CandidateStale(
                f"{name} in the candidate is not the file its manifest names: materialise the candidate again"
            )
