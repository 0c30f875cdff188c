"""Frozen releases: a copy of ``data/`` under a version, with what changed since the one before, never touched again."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from pipeline.publish.candidate import MANIFEST
from pipeline.publish.diff import Difference, Side, SideUnreadable, difference
from pipeline.publish.diff.markdown import sections
from pipeline.publish.diff.side import VERSION, read_files
from pipeline.publish.exchange import beside, replace_folder
from pipeline.publish.lock import Busy, alone
from pipeline.publish.release import foreign_in, settle
from pipeline.publish.versions import Level, following, level, parsed

CHANGES = "CHANGES.md"
RECORD = "release.json"
LISTED = 30
"""Changes of each kind that ``CHANGES.md`` lists."""


class FreezeRefused(Exception):
    """Nothing can be frozen; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What ``release.json`` says: the version, the kind of step from the one before and why, and of which files."""

    version: str
    level: Level
    reasons: tuple[str, ...]
    previous: str | None
    released: str
    manifest_sha256: str


def releases_in(folder: Path) -> list[str]:
    """Versions that are frozen there, the oldest first."""
    names = (path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else ()
    return sorted((name for name in names if VERSION.fullmatch(name)), key=parsed)


def next_release(data: Path, releases: Path) -> tuple[Frozen, bool, str]:
    """What ``data`` would be frozen as, whether that is new, and the text of its ``CHANGES.md``; nothing is written.

    FreezeRefused where ``data`` is no whole release, has no date, or a build is at work in it.
    """
    with _at_rest(data):
        return _planned(_files(data), releases)


def freeze(data: Path, releases: Path) -> tuple[Frozen, bool]:
    """Freeze ``data`` in a folder of ``releases`` named for its version; False where the last release is of the same files.

    FreezeRefused as ``next_release``, and where the folder cannot be written.
    """
    try:
        with _at_rest(data):
            files = _files(data)
            releases.mkdir(parents=True, exist_ok=True)
            with alone(releases / ".lock", f"{releases.name}/"):
                frozen, new, text = _planned(files, releases)
                if new:
                    _put(files, frozen, text, releases)
                _join(releases)
                return frozen, new
    except Busy as busy:
        raise FreezeRefused(str(busy)) from busy
    except OSError as error:
        raise FreezeRefused(f"{releases.name}/ cannot be written ({error.strerror})") from error


def _planned(files: dict[str, bytes], releases: Path) -> tuple[Frozen, bool, str]:
    now = _readable("data", files)
    if not now.manifest.get("released"):
        raise FreezeRefused("no document has a date, so a release has none: give `published` in sources.csv")
    sha256 = hashlib.sha256(files[MANIFEST]).hexdigest()
    known = releases_in(releases)
    last = releases / known[-1] if known else None
    if last is not None:
        told = _recorded(last)
        if told.manifest_sha256 == sha256:
            return told, False, (last / CHANGES).read_text(encoding="utf-8")
    released = str(now.manifest["released"])
    version = following(date.fromisoformat(released), map(parsed, known))
    if last is None:
        frozen = Frozen(version, "major", ("the first release",), None, released, sha256)
        return frozen, True, _told(frozen, None)
    found = difference(_readable(last.name, _files(last)), replace(now, label=version))
    step, reasons = level(found)
    frozen = Frozen(version, step, reasons, last.name, released, sha256)
    return frozen, True, _told(frozen, found)


def _recorded(folder: Path) -> Frozen:
    try:
        told = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return Frozen(**{**told, "reasons": tuple(told["reasons"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FreezeRefused(f"{folder.name}: its {RECORD} cannot be read; bring the folder back as it was") from error


def _told(frozen: Frozen, found: Difference | None) -> str:
    """The section of ``CHANGES.md``."""
    lines = [f"## {frozen.version} ({frozen.level})", "", f"Documents published up to {frozen.released}.", ""]
    lines += [*(f"- {reason}" for reason in frozen.reasons), ""] if frozen.reasons else []
    if found is not None:
        lines += [
            f"Since {frozen.previous}; `liaoning diff {frozen.previous} {frozen.version}` lists every change.",
            "",
        ]
        lines += sections(found, LISTED, 3)
    return "\n".join(lines).rstrip("\n") + "\n"


def _put(files: dict[str, bytes], frozen: Frozen, text: str, releases: Path) -> None:
    record = json.dumps(asdict(frozen), ensure_ascii=False, indent=1) + "\n"
    with tempfile.TemporaryDirectory(prefix="liaoning-") as scratch:
        for name, content in {**files, CHANGES: text.encode(), RECORD: record.encode()}.items():
            (Path(scratch) / name).write_bytes(content)
        replace_folder(Path(scratch), releases / frozen.version)


def _join(releases: Path) -> None:
    """``CHANGES.md`` of all releases, the newest first, put in its place in one step."""
    told = [(releases / name / CHANGES).read_text(encoding="utf-8") for name in reversed(releases_in(releases))]
    part = releases / f".{CHANGES}"
    part.write_text("\n".join(["# Releases\n", *told]), encoding="utf-8", newline="\n")
    part.replace(releases / CHANGES)


@contextmanager
def _at_rest(data: Path) -> Iterator[None]:
    """While the block runs no build exchanges the folder."""
    place = data.resolve()
    if not place.is_dir():
        raise FreezeRefused(f"{data}: no such folder; build a release first (`make data`)")
    try:
        settle(place)
        with alone(beside(place, "lock"), f"{place.name}/"):
            if foreign := foreign_in(place):
                raise FreezeRefused(f"{place.name}/ is no release of this dataset ({foreign})")
            yield
    except Busy as busy:
        raise FreezeRefused(str(busy)) from busy


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _readable(label: str, files: dict[str, bytes]) -> Side:
    """The release these files are, every file checked against the manifest."""
    try:
        side = read_files(label, files)
    except SideUnreadable as problem:
        raise FreezeRefused(str(problem)) from problem
    for entry in side.manifest.get("files", ()):
        if hashlib.sha256(files.get(entry["file"], b"")).hexdigest() != entry["sha256"]:
            raise FreezeRefused(f"{label}: {entry['file']} is not the file that its {MANIFEST} names")
    return side
