"""Whether a build would change anything: asked before Dagster and Great Expectations are imported, so that nothing costs nearly nothing.

After a release the build notes what it was made from (every file of the sources, the project's own files, the packages) and
what it made. While both are as noted, a build would give the same bytes. Files are first asked for their state: size, times of
change, and inode, as the system tells them. Where every state is as noted nothing was touched, and nothing is read; where one is not, the contents decide.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pipeline.contract.paths import ROOT, SEEDS
from pipeline.publish.candidate import MANIFEST
from pipeline.publish.parquet import file_hash

NOTE = "made.json"
OWN = ("pipeline", "assets", "expectations")

Named = tuple[str, Path]
"""A file by the name it has in a hash."""


def unchanged(sources: Path, inbox: Path | None, work: Path, out: Path) -> bool:
    """Whether ``out`` holds what a build of the sources would give, by the note that the last build left in ``work``."""
    try:
        note = json.loads((work / NOTE).read_bytes())
        if note["of"] != _of(sources, inbox, out) or note["release"] != file_hash(out / MANIFEST):
            return False
        read = list(_read(sources, inbox))
        if note["states"] == _hash(_states(read)) and note["made"] == _hash(_states(_made(out))):
            return True
        if not _is_whole(out) or note["inputs"] != _hash(_contents(read)):
            return False
        _note(work, {**note, "states": _hash(_states(read)), "made": _hash(_states(_made(out)))})
        return True
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remember(sources: Path, inbox: Path | None, work: Path, out: Path, before: str) -> None:
    """Note what the release in ``out`` was made from. ``before``: what :func:`inputs` said before the build; where a file was
    touched while it ran, or cannot be read, nothing is noted."""
    try:
        read = list(_read(sources, inbox))
        note = {
            "of": _of(sources, inbox, out),
            "inputs": _hash(_contents(read)),
            "states": before,
            "release": file_hash(out / MANIFEST),
            "made": _hash(_states(_made(out))),
        }
        if _is_whole(out) and _hash(_states(read)) == before:
            _note(work, note)
    except OSError:
        return


def inputs(sources: Path, inbox: Path | None) -> str:
    """A hash over the states of all files that a build reads."""
    return _hash(_states(_read(sources, inbox)))


def _read(sources: Path, inbox: Path | None) -> Iterator[Named]:
    """Every file that a build reads, in a fixed order."""
    for number, place in enumerate((sources, *([inbox] if inbox else []))):
        yield from ((f"{number}/{name}", path) for name, path in _files(place))
    for package in OWN:
        yield from ((f"{package}/{name}", path) for name, path in _files(ROOT / package) if name.endswith(".py"))
    yield from ((f"tables/{name}", path) for name, path in _files(SEEDS / "tables"))
    for path in (SEEDS / "corrections.yaml", SEEDS / "sources.csv", ROOT / "requirements" / "runtime.txt"):
        yield path.relative_to(ROOT).as_posix(), path


def _files(folder: Path, below: str = "") -> Iterator[Named]:
    """Files below a folder in the order of their names, hidden ones left out; of a file, itself; a link is what it points to."""
    if folder.is_file():
        yield folder.name, folder
        return
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        # No folder (there may be no inbox), or a closed one: a build reads nothing there either.
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_file():
            yield f"{below}{entry.name}", Path(entry.path)
        elif entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), f"{below}{entry.name}/")


def _made(out: Path) -> Iterator[Named]:
    """Every entry of a release."""
    yield from sorted((path.name, path) for path in out.iterdir())


def _is_whole(out: Path) -> bool:
    """Whether a folder holds the files that its manifest names, byte for byte, and no other."""
    manifest = json.loads((out / MANIFEST).read_bytes())
    listed = {entry["file"]: entry["sha256"] for entry in (*manifest["tables"], *manifest["files"])}
    return listed == {name: file_hash(path) for name, path in _made(out) if name != MANIFEST}


def _states(files: Iterable[Named]) -> Iterator[str]:
    """Name and state of every file."""
    for name, path in files:
        seen = path.stat()
        yield f"{name}\0{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}\0"


def _contents(files: Iterable[Named]) -> Iterator[str]:
    """Name and sha256 of every file."""
    return (f"{name}\0{file_hash(path)}\0" for name, path in files)


def _hash(lines: Iterable[str]) -> str:
    whole = hashlib.sha256(f"{sys.version}\0".encode())
    for line in lines:
        whole.update(line.encode("utf-8", "backslashreplace"))
    return whole.hexdigest()


def _note(work: Path, note: dict[str, Any]) -> None:
    making = work / f".{NOTE}.{os.getpid()}"
    making.write_text(json.dumps(note), encoding="utf-8")
    making.replace(work / NOTE)


def _of(sources: Path, inbox: Path | None, out: Path) -> list[str | None]:
    """Which build the note is of."""
    return [str(sources.resolve()), str(inbox.resolve()) if inbox else None, str(out.resolve())]
