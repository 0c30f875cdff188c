"""What a release was made from: hashes of its documents, corrections, word tables, code, gates and lock.

Contents only, under names from the repository: never a commit, a path of a machine or a clock. Two releases with the
same hashes have the same bytes under one lock; where they differ, the file that changed is named.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.contract.paths import ROOT, SEEDS, TABLES
from pipeline.publish.parquet import file_hash

LOCK = ROOT / "requirements" / "runtime.txt"
GATES = ("expectations", "assets")
"""Packages that judge the tables and bring them to the release."""


def origin(sources: pa.Table, registries: Mapping[str, Path]) -> dict[str, dict[str, Any]]:
    """Hashes by kind: ``{"inputs": {"sha256": of all, "files": {name: sha256}}, ...}``.

    ``sources`` is the table, which names each document read with the hash of its bytes; ``registries`` the files that
    described them, by the name to show; one that is not there is left out.
    """
    documents = dict(zip(sources.column("file").to_pylist(), sources.column("sha256").to_pylist(), strict=True))
    registered = {name: file_hash(path) for name, path in registries.items() if path.is_file()}
    return {
        "inputs": _together({**documents, **registered}),
        "corrections": _together(_hashed(SEEDS, [SEEDS / "corrections.yaml"])),
        "tables": _together(_hashed(TABLES, TABLES.glob("*.csv"))),
        "code": _together(_hashed(ROOT, contents(ROOT / "pipeline"))),
        "gates": _together(_hashed(ROOT, (path for name in GATES for path in contents(ROOT / name)))),
        "lock": _together(_hashed(ROOT, [LOCK])),
    }


def release_date(sources: pa.Table) -> str | None:
    """Latest day on which a source was published, ISO 8601; of an uncertain date its first day, so that no release is dated ahead.
    None where no date is known."""
    days: list[date] = [day for day in sources.column("published_from").to_pylist() if day]
    return max(days).isoformat() if days else None


def contents(package: Path) -> Iterator[Path]:
    """Files of a package that are its own: nothing hidden and nothing that Python compiled."""
    for path in package.rglob("*"):
        parts = path.relative_to(package).parts
        if path.is_file() and "__pycache__" not in parts and not any(part.startswith(".") for part in parts):
            yield path


def _hashed(base: Path, files: Iterable[Path]) -> dict[str, str]:
    return {path.relative_to(base).as_posix(): file_hash(path) for path in files if path.is_file()}


def _together(files: Mapping[str, str]) -> dict[str, Any]:
    """The files by name and one hash of them all, over lines ``sha256  name`` as ``sha256sum`` writes them."""
    listed = dict(sorted(files.items()))
    lines = "".join(f"{sha256}  {name}\n" for name, sha256 in listed.items())
    return {"sha256": hashlib.sha256(lines.encode()).hexdigest(), "files": listed}
