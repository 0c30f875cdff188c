"""A folder takes the place of another, down to the disk: a crash at any point leaves the old one or the new one, whole.

The new folder is laid beside the old one, so on the same file system, and written through to the disk. Then the two are
exchanged by one system call (Linux). Where that is refused, two renames do it, and a journal written before them tells
the next run how to finish (:func:`recover`). Files that a reader holds open stay readable until they are closed.
"""

import ctypes
import errno
import json
import os
import shutil
import sys
from pathlib import Path

from pipeline.publish.parquet import file_hash

AT_FDCWD = -100
RENAME_EXCHANGE = 2
"""Flag of renameat2(2), Linux 3.15."""
REFUSED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}
"""What a kernel, a file system or a sandbox answers that cannot exchange."""


def beside(out: Path, role: str) -> Path:
    """Where a helper of the release ``out`` lies: ``next``, ``previous``, ``journal`` (and its ``part``) or ``lock``."""
    return out.parent / f".{out.name}.{role}"


def replace_folder(new: Path, out: Path) -> None:
    """A copy of the flat folder ``new`` stands at ``out`` whole, or ``out`` is as it was.

    OSError where the copy cannot be made or moved. The caller keeps others away and has called :func:`recover`.
    """
    following = beside(out, "next")
    try:
        shutil.copytree(new, following)
        for path in sorted(following.iterdir()):
            to_disk(path)
        to_disk(following)
        if not out.exists():
            following.rename(out)
        elif not _exchange(following, out):
            _rename_both(following, out)
        to_disk(out.parent)
    finally:
        # The half-made copy of a failed step, or what stood in ``out`` before.
        shutil.rmtree(following, ignore_errors=True)


def recover(out: Path) -> bool:
    """Finish what a crash left open, and clear away what it left beside ``out``; True where a journal told of something.

    Rolls forward to the new folder where it is whole, back to the old one where it is not. A folder that somebody put in
    the place, or changed since, stays. The caller keeps others away.
    """
    journal = beside(out, "journal")
    if told := journal.exists():
        _play_back(journal, out)
    for role in ("next", "previous"):
        _clear(beside(out, role))
    beside(out, "part").unlink(missing_ok=True)
    return told


def _play_back(journal: Path, out: Path) -> None:
    following, previous = beside(out, "next"), beside(out, "previous")
    noted = json.loads(journal.read_text(encoding="utf-8"))
    whole = following.exists() and _files(following) == noted["new"]
    if whole and out.exists() and _files(out) == noted["old"]:
        _clear(previous)
        out.rename(previous)
    if whole and not out.exists():
        following.rename(out)
    elif not out.exists() and previous.exists():
        previous.rename(out)
    to_disk(out.parent)
    _forget(journal)


def _rename_both(following: Path, out: Path) -> None:
    """Two renames where the system cannot exchange: the old folder goes back where the second one fails."""
    previous, journal = beside(out, "previous"), beside(out, "journal")
    _note(journal, {"old": _files(out), "new": _files(following)})
    try:
        out.rename(previous)
        following.rename(out)
    except OSError:
        if not out.exists():
            previous.rename(out)
        _forget(journal)
        raise
    to_disk(out.parent)
    # First the journal: with it, a half-removed old folder could be taken for something to bring back.
    _forget(journal)
    shutil.rmtree(previous)


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
    if failed in REFUSED:
        return False
    raise OSError(failed, os.strerror(failed), str(second))


def _files(folder: Path) -> dict[str, str]:
    """sha256 of every file in the folder, by name; what is no file has none."""
    return {path.name: file_hash(path) if path.is_file() else "" for path in sorted(folder.iterdir())}


def _note(journal: Path, folders: dict[str, dict[str, str]]) -> None:
    part = journal.with_suffix(".part")
    part.write_text(json.dumps(folders), encoding="utf-8")
    to_disk(part)
    part.replace(journal)
    to_disk(journal.parent)


def _forget(journal: Path) -> None:
    journal.unlink()
    to_disk(journal.parent)


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def to_disk(path: Path) -> None:
    """fsync of a file or a folder; a system that cannot open folders (Windows) keeps them in order itself."""
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
