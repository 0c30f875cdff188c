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
import pyarrow.compute as pc

from pipeline.contract.paths import ROOT, SEEDS, TABLES
from pipeline.publish.parquet import file_hash

LOCK = ROOT / "requirements" / "runtime.txt"
GATES = ("expectations", "assets")
"""Packages that judge the tables and bring them to the release."""
LISTED = 500
"""Documents up to which manifest and descriptors list them one by one; beyond, the table ``sources`` alone does: files that every
catalogue and every build reads stay small."""


def origin(sources: pa.Table, registries: Mapping[str, Path]) -> dict[str, dict[str, Any]]:
    """Hashes by kind: ``{"inputs": {"sha256": of all, "files": {name: sha256}}, ...}``. Where documents are more than :data:`LISTED`,
    ``files`` leaves them out and ``documents`` tells how many there are.

    ``sources`` is the table, which names each document read with the hash of its bytes; ``registries`` the files that
    described them, by the name to show; one that is not there is left out.
    """
    documents = documents_of(sources)
    registered = {name: file_hash(path) for name, path in registries.items() if path.is_file()}
    inputs = _together({**documents, **registered})
    if len(documents) > LISTED:
        inputs = {"sha256": inputs["sha256"], "documents": len(documents), "files": dict(sorted(registered.items()))}
    return {
        "inputs": inputs,
        "corrections": _together(_hashed(SEEDS, [SEEDS / "corrections.yaml"])),
        "tables": _together(_hashed(TABLES, TABLES.glob("*.csv"))),
        "code": _together(_hashed(ROOT, contents(ROOT / "pipeline"))),
        "gates": _together(_hashed(ROOT, (path for name in GATES for path in contents(ROOT / name)))),
        "lock": _together(_hashed(ROOT, [LOCK])),
    }


def documents_of(sources: pa.Table) -> dict[str, str]:
    """sha256 of every document that was read, by its file."""
    return dict(zip(sources.column("file").to_pylist(), sources.column("sha256").to_pylist(), strict=True))


def release_date(sources: pa.Table) -> str | None:
    """Latest day on which a source was published, ISO 8601; of an uncertain date its first day, so that no release is dated ahead.
    None where no date is known."""
    latest: date | None = pc.max(sources.column("published_from")).as_py()
    return latest.isoformat() if latest else None


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
