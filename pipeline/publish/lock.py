"""A lock that keeps two builds apart, and that no crash leaves behind.

The system holds it for the process that took it and lets it go when that process ends, however it ends. Child processes
do not inherit it. Where the system has no such locks (Windows) builds are not kept apart.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

_held: set[Path] = set()
"""Locks of this process: who holds one may ask for it again."""


class Busy(Exception):
    """Another build holds the lock; the message says which process and what to do."""


@contextmanager
def alone(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file ``path`` while the block runs; Busy where another process holds it already.

    ``what`` names for a person what only one may use ("data", "the work area .work"). The file is removed in the end.
    """
    place = path.resolve()
    if place in _held or fcntl is None:
        yield
        return
    handle = _taken(place, what)
    _held.add(place)
    try:
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        _held.discard(place)
        # Removed while it is still held: whoever opened it meanwhile sees that it is gone, and makes a new one.
        place.unlink(missing_ok=True)
        os.close(handle)


def _taken(place: Path, what: str) -> int:
    while True:
        handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            holder = os.read(handle, 20).decode(errors="replace").strip()
            os.close(handle)
            raise Busy(
                f"another build (process {holder or 'unknown'}) is using {what}: wait until it has ended, or end it"
            ) from None
        if _is_there(handle, place):
            return handle
        os.close(handle)


def _is_there(handle: int, place: Path) -> bool:
    """Whether the open file is still the one that its name leads to."""
    try:
        return os.path.samestat(os.fstat(handle), place.stat())
    except FileNotFoundError:
        return False
