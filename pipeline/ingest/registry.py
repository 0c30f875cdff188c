"""The registry of sources: ``sources.csv`` in a folder, or the folder's files themselves where there is none."""

import csv
import io
import os
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
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
CELLS = frozenset({*FRONT_MATTER, *NOTES})
CORRECT = "correct the row in sources.csv"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to read: where it lies, its name in the tables, and what the registry says about it: the ``cells`` of its
    row that are filled in, as written, and the ``values`` they give. ``span``: where its bytes begin in a file that holds those of
    many documents, and how many they are; None where the file is the document."""

    path: Path
    file: str
    values: Values = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    span: tuple[int, int] | None = None


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
        return Registry(False, _told_apart(folder, [Entry(folder / place, name_in(place)) for place in present]))
    found = Registry(True)
    there, taken = frozenset(present), set[str]()
    for line, row in _rows(folder, found):
        try:
            place = _place(folder, row, there)
            entry, passed = described(folder / place, name_in(place), row, CORRECT)
            if place in taken:
                raise UnreadableError("bad_registry_row", f"{entry.file} has a row already", "keep one row a file")
        except UnreadableError as error:
            found.quarantine.append(error.row(f"{REGISTRY}:{line}"))
            # A row that is set aside still tells that its file is known.
            taken.update(_places(row.get("file") or ""))
            continue
        taken.add(place)
        found.entries.append(entry)
        found.quarantine += [wrong.row(f"{REGISTRY}:{line}") for wrong in passed]
    for place in present:
        if place not in taken and ending(place) in TEXT_ENDINGS:
            forgotten = UnreadableError(
                "unregistered", "the file has no row in sources.csv", "add a row for it, or take it away"
            )
            found.quarantine.append(forgotten.row(name_in(place)))
    found.entries = _told_apart(folder, found.entries)
    return found


def described(
    path: Path, file: str, row: Mapping[str, str], correct: str, span: tuple[int, int] | None = None
) -> tuple[Entry, list[UnreadableError]]:
    """The entry of a row of a registry, and its wrong cells, which only describe and are left out. UnreadableError for any other
    wrong cell; ``correct``: what to do about either."""
    cells = {column: cell for column, cell in row.items() if column in CELLS and cell.strip()}
    passed: list[str] = []
    try:
        values = checked(cells, passed)
    except ValueError as error:
        raise UnreadableError("bad_registry_row", f"{file}: {error}", correct) from error
    for note in NOTES:
        values.pop(note, None)
    wrong = [
        UnreadableError("bad_registry_cell", f"{file}: {one}", f"{correct}; it was read without this cell")
        for one in passed
    ]
    return Entry(path, file, values, cells, span), wrong


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


def _rows(folder: Path, found: Registry) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row, columns under the contract's names; under ``""`` what is wrong with their number."""
    try:
        text = decode(read_bytes(folder, folder / REGISTRY)).text
        reader = csv.reader(io.StringIO(text, newline=""))
        columns = columns_of(next(reader, []), "file", REGISTRY, found)
        for cells in reader:
            if any(cells) and any(cell.strip() for cell in cells):
                filled = dict(zip(columns, cells, strict=False))
                if len(cells) != len(columns):
                    filled[""] = f"{len(cells)} cells under {len(columns)} columns"
                yield reader.line_num, filled
    except UnreadableError as error:
        raise SourcesError(f"{REGISTRY}: {error}") from error
    except csv.Error as error:
        raise SourcesError(
            f"{REGISTRY}: not a table of comma-separated values ({error}); save it again as CSV"
        ) from error


def columns_of(head: Iterable[str], key: str, name: str, found: Registry) -> list[str]:
    """The contract's names of a registry's columns; one that nobody knows is told in ``found``.

    SourcesError where ``key``, the column that names the documents, is missing or a column stands there twice."""
    said = [column.strip().lower() for column in head]
    columns = [ALIASES.get(column, column) for column in said]
    if key not in columns or len(set(columns)) != len(columns):
        raise SourcesError(
            f"{name}: its first line must name each column once, `file` among them; write it as {_example()}"
        )
    if unknown := [column for column in columns if column != key and column not in CELLS]:
        found.remarks.append(f"{name}: columns not known and not read: {', '.join(unknown)}")
    return columns


def _example() -> str:
    return "file,title,publisher,published,region_id,url,licence"


def _place(folder: Path, row: Mapping[str, str], there: Container[str]) -> str:
    """Where the file of a row lies in the folder. ``there``: files that were seen."""
    name = row.get("file", "").strip()
    if wrong := row.get(""):
        raise UnreadableError("bad_registry_row", wrong, f"{CORRECT}: put cells that hold a comma in quotes")
    if not name:
        raise UnreadableError("bad_registry_row", "no file is named", CORRECT)
    if name in there:
        return name
    places = _places(name)
    if not places:
        raise UnreadableError(
            "bad_registry_row", f"{name!r} is no path inside the folder", f"{CORRECT}: name the file only"
        )
    return next((place for place in places if os.path.lexists(folder / place)), places[0])


def _places(name: str) -> list[str]:
    """Where the file of a row may lie; none for a path that is not one or leads out of the folder."""
    path = Path(name.strip())
    if not path.parts or path.is_absolute() or ".." in path.parts or "\0" in name:
        return []
    place = path.as_posix()
    return [place, f"{DOCUMENTS}/{place}"] if len(name.encode("utf-8", "replace")) <= 1024 else []
