"""Release: a candidate folder takes the place of the last one in one atomic step.

Readers see the old files or the new ones, never a mixture; how, down to the disk, stands in ``exchange``.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from pipeline.publish.candidate import MANIFEST, NAME
from pipeline.publish.exchange import beside, recover, replace_folder
from pipeline.publish.lock import Busy, alone
from pipeline.publish.parquet import file_hash

T = TypeVar("T")


class ReleaseRefused(Exception):
    """The target folder holds something that is no release; it is left alone."""


def promote(candidate: Path, out: Path) -> bool:
    """Put a copy of ``candidate`` in the place of ``out``; False where ``out`` holds the same bytes already.

    ReleaseRefused where ``out`` holds anything but a release: it is somebody's folder, not ours. OSError
    where the copy cannot be made or moved; ``out`` then is as it was. A link is followed: what it points to is replaced.
    """
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    try:
        with alone(beside(out, "lock"), f"{out.name}/"):
            recover(out)
            if foreign := foreign_in(out):
                raise ReleaseRefused(
                    f"{out.name} exists and is no release of this dataset ({foreign}): name an empty or new folder"
                )
            if out.exists() and _same(candidate, out):
                return False
            replace_folder(candidate, out)
    except Busy as busy:
        raise ReleaseRefused(str(busy)) from busy
    return True


def settle(out: Path) -> None:
    """Finish a release that a crash left between two renames, so that readers find a whole one; nothing where none is open."""
    out = out.resolve()
    if beside(out, "journal").exists():
        # Where a build holds the lock, it is finishing the release itself.
        with suppress(Busy), alone(beside(out, "lock"), f"{out.name}/"):
            recover(out)


def foreign_in(out: Path) -> str | None:
    """Why ``out`` is no release of this dataset; None where a release may take its place.

    A release is a folder whose manifest is ours and names every other file in it. Other programs write a ``manifest.json`` too.
    """
    if not out.exists():
        return None
    if not out.is_dir():
        return "it is a file"
    entries = sorted(path.name for path in out.iterdir())
    if not entries:
        return None
    try:
        manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        if manifest["name"] != NAME:
            return f"its {MANIFEST} is of something else"
        ours = {MANIFEST, *(entry["file"] for entry in (*manifest["tables"], *manifest["files"]))}
    except (OSError, ValueError, KeyError, TypeError):
        return f"it holds {entries[0]}"
    strange = next((name for name in entries if name not in ours or not (out / name).is_file()), None)
    return f"it holds {strange}" if strange else None


def objection(out: Path, sources: Path | None) -> str | None:
    """Why no release can go to ``out``, asked before a build: it is somebody's folder, or lies in the sources or they in it."""
    try:
        place = out.resolve()
        if sources is not None:
            read = sources.resolve()
            if place == read or place in read.parents or read in place.parents:
                return "a release and its sources may not lie in one another"
        foreign = foreign_in(place)
    except OSError as error:
        return error.strerror or "the folder cannot be opened"
    return f"exists and is no release of this dataset ({foreign})" if foreign else None


def _same(first: Path, second: Path) -> bool:
    """Whether two flat folders hold the same bytes; sizes are looked at before any file is read."""
    return _of_each(_size, first) == _of_each(_size, second) and _of_each(file_hash, first) == _of_each(
        file_hash, second
    )


def _of_each(told: Callable[[Path], T], folder: Path) -> dict[str, T | None]:
    return {path.name: told(path) if path.is_file() else None for path in folder.iterdir()}


def _size(path: Path) -> int:
    return path.stat().st_size
