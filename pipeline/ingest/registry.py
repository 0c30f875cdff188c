"""The registry of sources: ``sources.csv`` in a folder, or the folder's files themselves where there is none."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.ingest.decode import decode
from pipeline.ingest.files import (
    DOCUMENTS,
    REGISTRY,
    TEXT_ENDINGS,
    document_files,
    ending,
    name_in,
    read_bytes,
    safe_name,
)
from pipeline.ingest.metadata import FRONT_MATTER, Values, checked
from pipeline.ingest.unreadable import SourcesError, UnreadableError

# ``region`` is the name of older registries for ``region_id``; ``rights`` and ``part`` are notes for people.
ALIASES = {"region": "region_id"}
NOTES = ("rights", "part")
CORRECT = "correct the row in sources.csv"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to read: where it lies, its name in the tables, and what the registry says about it: the ``cells`` of its
    row that are filled in, as written, and the ``values`` they give."""

    path: Path
    file: str
    values: Values = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Registry:
    """Documents to read, rows of ``quarantine`` for what cannot be, and remarks for the person who builds."""

    registered: bool
    entries: list[Entry] = field(default_factory=list)
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_registry(folder: Path) -> Registry:
    """The documents of a folder. Raises SourcesError where the folder or its sources.csv as a whole cannot be used."""
    registered = (folder / REGISTRY).exists()
    present = document_files(folder, deep=not registered)
    if not registered:
        return Registry(False, _told_apart(folder, [Entry(path, name_in(folder, path)) for path in present]))
    found = Registry(True)
    taken: set[Path] = set()
    for line, row in _rows(folder, found):
        try:
            passed: list[str] = []
            entry = _entry(folder, row, passed)
            if entry.path in taken:
                raise UnreadableError("bad_registry_row", f"{entry.file} has a row already", "keep one row a file")
        except UnreadableError as error:
            found.quarantine.append(error.row(f"{REGISTRY}:{line}"))
            # A row that is set aside still tells that its file is known.
            taken.update(_places(folder, row.get("file") or ""))
            continue
        taken.add(entry.path)
        found.entries.append(entry)
        for wrong in passed:
            cell = UnreadableError(
                "bad_registry_cell", f"{entry.file}: {wrong}", f"{CORRECT}; it was read without this cell"
            )
            found.quarantine.append(cell.row(f"{REGISTRY}:{line}"))
    for path in present:
        if path not in taken and ending(path.name) in TEXT_ENDINGS:
            forgotten = UnreadableError(
                "unregistered", "the file has no row in sources.csv", "add a row for it, or take it away"
            )
            found.quarantine.append(forgotten.row(name_in(folder, path)))
    found.entries = _told_apart(folder, found.entries)
    return found


def _told_apart(folder: Path, entries: list[Entry]) -> list[Entry]:
    """Entries under names of their own: of two files of one name, the one in ``documents/`` shows its folder."""
    times = Counter(entry.file for entry in entries)
    return [
        entry if times[entry.file] == 1 else replace(entry, file=safe_name(entry.path.relative_to(folder).as_posix()))
        for entry in entries
    ]


def registry_folder(path: Path) -> Path | None:
    """The folder whose registry could speak for a file: its own, or the one above its ``documents/``; None without one."""
    own = path.parent
    above = [own.parent] if own.name == DOCUMENTS else []
    return next((folder for folder in (own, *above) if (folder / REGISTRY).is_file()), None)


def _rows(folder: Path, found: Registry) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Line number and cells of each row, columns under the contract's names."""
    try:
        text = decode(read_bytes(folder, folder / REGISTRY)).text
        reader = csv.reader(io.StringIO(text, newline=""))
        head = [name.strip().lower() for name in next(reader, [])]
        columns = [ALIASES.get(name, name) for name in head]
        known = {"file", *FRONT_MATTER, *NOTES}
        if "file" not in columns or len(set(columns)) != len(columns):
            raise SourcesError(
                f"{REGISTRY}: its first line must name each column once, `file` among them; write it as {_example()}"
            )
        if unknown := [name for name in columns if name not in known]:
            found.remarks.append(f"{REGISTRY}: columns not known and not read: {', '.join(unknown)}")
        for cells in reader:
            if any(cell.strip() for cell in cells):
                filled: dict[str, str | None] = dict(zip(columns, cells, strict=False))
                if len(cells) != len(columns):
                    filled[""] = f"{len(cells)} cells under {len(columns)} columns"
                yield reader.line_num, filled
    except UnreadableError as error:
        raise SourcesError(f"{REGISTRY}: {error}") from error
    except csv.Error as error:
        raise SourcesError(
            f"{REGISTRY}: not a table of comma-separated values ({error}); save it again as CSV"
        ) from error


def _example() -> str:
    return "file,title,publisher,published,region_id,url,licence"


def _entry(folder: Path, row: dict[str, str | None], passed: list[str]) -> Entry:
    """The entry of a row; wrong cells that only describe are told to ``passed``."""
    name = (row.get("file") or "").strip()
    if wrong := row.get(""):
        raise UnreadableError("bad_registry_row", wrong, f"{CORRECT}: put cells that hold a comma in quotes")
    if not name:
        raise UnreadableError("bad_registry_row", "no file is named", CORRECT)
    places = _places(folder, name)
    if not places:
        raise UnreadableError(
            "bad_registry_row", f"{name!r} is no path inside the folder", f"{CORRECT}: name the file only"
        )
    cells = {column: cell or "" for column, cell in row.items() if column in FRONT_MATTER or column in NOTES}
    try:
        values = checked(cells, passed)
    except ValueError as error:
        raise UnreadableError("bad_registry_row", f"{name}: {error}", CORRECT) from error
    path = next((place for place in places if place.is_symlink() or place.exists()), places[0])
    told = {key: value for key, value in values.items() if key not in NOTES}
    return Entry(path, name_in(folder, path), told, {column: cell for column, cell in cells.items() if cell.strip()})


def _places(folder: Path, name: str) -> list[Path]:
    """Where the file of a row may lie; none for a path that is not one or leads out of the folder."""
    name = name.strip()
    parts = Path(name).parts
    if (
        not parts
        or Path(name).is_absolute()
        or ".." in parts
        or "\0" in name
        or len(name.encode("utf-8", "replace")) > 1024
    ):
        return []
    return [folder / name, folder / DOCUMENTS / name]
