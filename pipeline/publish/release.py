"""Release: a candidate folder takes the place of the last one in one atomic step.

Readers see the old files or the new ones, never a mixture: the two folders are exchanged by one system call where the
kernel has it (Linux), by two renames elsewhere.
"""

import ctypes
import errno
import json
import os
import shutil
import sys
from pathlib import Path

from pipeline.publish.candidate import MANIFEST, NAME

AT_FDCWD = -100
RENAME_EXCHANGE = 2
"""Flag of renameat2(2), Linux 3.15."""


class ReleaseRefused(Exception):
    """The target folder holds something that is no release; it is left alone."""


def promote(candidate: Path, out: Path) -> bool:
    """Put a copy of ``candidate`` in the place of ``out``; False where ``out`` holds the same bytes already.

    ReleaseRefused where ``out`` holds anything but a release: it is somebody's folder, not ours. OSError
    where the copy cannot be made or moved; ``out`` then is as it was. A link is followed: what it points to is replaced.
    """
    out = out.resolve()
    if foreign := foreign_in(out):
        raise ReleaseRefused(
            f"{out.name} exists and is no release of this dataset ({foreign}): name an empty or new folder"
        )
    if out.exists() and _same(candidate, out):
        return False
    out.parent.mkdir(parents=True, exist_ok=True)
    following = out.parent / f".{out.name}.next"
    if following.exists():
        shutil.rmtree(following)
    try:
        shutil.copytree(candidate, following)
        if not out.exists():
            following.rename(out)
        elif not _exchange(following, out):
            _rename_both(following, out)
    finally:
        # The half-made copy of a failed step, or what stood in ``out`` before.
        shutil.rmtree(following, ignore_errors=True)
    return True


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


def _rename_both(following: Path, out: Path) -> None:
    """Two renames where the system cannot exchange: the last release goes back where the second one fails."""
    previous = out.parent / f".{out.name}.previous"
    if previous.exists():
        shutil.rmtree(previous)
    out.rename(previous)
    try:
        following.rename(out)
    except OSError:
        previous.rename(out)
        raise
    shutil.rmtree(previous)


def _same(first: Path, second: Path) -> bool:
    return _contents(first) == _contents(second)


def _contents(folder: Path) -> dict[str, bytes | None]:
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders atomically; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    if library.renameat2(AT_FDCWD, os.fsencode(first), AT_FDCWD, os.fsencode(second), RENAME_EXCHANGE) == 0:
        return True
    failed = ctypes.get_errno()
    if failed in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(failed, os.strerror(failed), str(second))
