"""Whether a build would change anything: asked before Dagster and Great Expectations are imported, so that nothing costs nearly nothing.

After a release the build notes what it was made from (every file of the sources, the project's own files, the packages) and
what it made. While both are as noted, a build would give the same bytes. A file's hash is remembered with its size and
times as the system tells them, so that only what was touched is read again.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.contract.paths import ROOT, SEEDS
from pipeline.publish.candidate import MANIFEST

NOTE = "made.json"
OWN = ("pipeline", "assets", "expectations")


def unchanged(sources: Path, inbox: Path | None, work: Path, out: Path) -> bool:
    """Whether ``out`` holds what a build of the sources would give, by the note that the last build left in ``work``."""
    try:
        note = json.loads((work / NOTE).read_bytes())
        if note["of"] != _of(sources, inbox, out) or note["release"] != _hash(out / MANIFEST):
            return False
        manifest = json.loads((out / MANIFEST).read_bytes())
        listed = {entry["file"]: entry["sha256"] for entry in (*manifest["tables"], *manifest["files"])}
        found = {path.name: path for path in out.iterdir() if path.name != MANIFEST}
        known = Known(note["files"])
        if any(known.hash(path) != listed.get(name) for name, path in found.items()) or found.keys() != listed.keys():
            return False
        return bool(note["inputs"] == _together(sources, inbox, known))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remember(sources: Path, inbox: Path | None, work: Path, out: Path, before: str) -> None:
    """Note what the release in ``out`` was made from. ``before``: what :func:`inputs` said before the build; where the inputs changed
    while it ran, nothing is noted."""
    known = Known({})
    if _together(sources, inbox, known) != before:
        return
    for path in sorted(out.iterdir()):
        known.hash(path)
    note = {
        "of": _of(sources, inbox, out),
        "inputs": before,
        "release": _hash(out / MANIFEST),
        "files": known.told,
    }
    making = work / f".{NOTE}.{os.getpid()}"
    making.write_text(json.dumps(note), encoding="utf-8")
    making.replace(work / NOTE)


def inputs(sources: Path, inbox: Path | None) -> str:
    """A hash over all that a build reads."""
    return _together(sources, inbox, Known({}))


class Known:
    """Hashes of files, remembered by what the system tells of them."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._before, self.told = told, dict[str, Any]()

    def hash(self, path: Path) -> str:
        """sha256 of a file; of a link, of what it points to."""
        state = path.stat()
        seen = [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino]
        known = self._before.get(str(path))
        sha256 = known[1] if known and known[0] == seen else _hash(path)
        self.told[str(path)] = [seen, sha256]
        return str(sha256)


def _together(sources: Path, inbox: Path | None, known: Known) -> str:
    whole = hashlib.sha256(f"{sys.version}\0".encode())
    for place in (sources, *([inbox] if inbox else [])):
        for path in _files(place):
            whole.update(
                f"{path.relative_to(place).as_posix()}\0{known.hash(path)}\0".encode("utf-8", "backslashreplace")
            )
        whole.update(b"\n")
    own = [path for name in OWN for path in _files(ROOT / name) if path.suffix == ".py"]
    own += [
        *_files(SEEDS / "tables"),
        SEEDS / "corrections.yaml",
        SEEDS / "sources.csv",
        ROOT / "requirements" / "runtime.txt",
    ]
    for path in own:
        whole.update(f"{path.relative_to(ROOT).as_posix()}\0{known.hash(path)}\0".encode())
    return whole.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """Files below a folder in the order of their names, hidden ones left out; of a file, itself."""
    if folder.is_file():
        yield folder
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(names):
            path = Path(place) / name
            if not name.startswith(".") and path.is_file():
                yield path


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _of(sources: Path, inbox: Path | None, out: Path) -> list[str | None]:
    """Which build the note is of."""
    return [str(sources.resolve()), str(inbox.resolve()) if inbox else None, str(out.resolve())]
