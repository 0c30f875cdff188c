"""The stage as batch functions: a folder, or single files, in; the tables sources, documents and quarantine out."""

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.contract import build
from pipeline.ingest.decode import Decoded, decode
from pipeline.ingest.duplicates import Candidate, duplicates, led_to_originals
from pipeline.ingest.files import read_bytes, refuse_other_endings, safe_name, sha256_of, snapshot, source_ids
from pipeline.ingest.frontmatter import read as read_front_matter
from pipeline.ingest.mediatype import media_type
from pipeline.ingest.metadata import Values, checked, completed, from_front_matter
from pipeline.ingest.registry import Entry, Registry, read_registry, registry_folder
from pipeline.ingest.script import script_of
from pipeline.ingest.unreadable import UnreadableError

Progress = Callable[[str], None]

INBOX = "inbox"


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: its entry, bytes' hash, text, and all that is known about it."""

    entry: Entry
    sha256: str
    decoded: Decoded
    body_start: int
    values: Values
    registered: bool


@dataclass(frozen=True, slots=True)
class Task:
    """An entry to read in its folder; ``registered`` tells whether a registry speaks for its rights."""

    folder: Path
    entry: Entry
    registered: bool


def run(
    folder: Path, store: Path | None = None, progress: Progress | None = None, inbox: Path | None = None
) -> dict[str, pa.Table]:
    """Reads the documents of a folder into the tables ``sources``, ``documents`` and ``quarantine``.

    ``inbox`` is a second folder read with it; its files are named ``inbox/...``. ``store`` keeps the bytes of every file that could be opened, by their sha256; ``progress`` hears one line a document.
    What cannot be read becomes a row of ``quarantine``, and the others go on. Raises SourcesError where the folder or its
    sources.csv as a whole cannot be used.
    """
    say = progress or _silent
    tasks, set_aside = _tasks(folder, "", say)
    if inbox is not None:
        more, more_aside = _tasks(inbox, f"{INBOX}/", say)
        tasks, set_aside = tasks + more, set_aside + more_aside
    return _tables(tasks, set_aside, store, say)


def _tasks(folder: Path, prefix: str, say: Progress) -> tuple[list[Task], list[dict[str, Any]]]:
    """What a folder's registry names, each file under ``prefix``, and its rows that cannot be used."""
    registry = read_registry(folder)
    for remark in registry.remarks:
        say(remark)
    tasks = [Task(folder, replace(e, file=prefix + e.file), registry.registered) for e in registry.entries]
    return tasks, [{**row, "file": prefix + row["file"]} for row in registry.quarantine]


def registered_ids(folder: Path) -> frozenset[str]:
    """Identifiers of the documents that a folder's registry names, whether or not they can be read."""
    return frozenset(source_ids(entry.file for entry in read_registry(folder).entries).values())


def run_files(
    paths: Sequence[Path], published: str | None = None, region_id: str | None = None, progress: Progress | None = None
) -> dict[str, pa.Table]:
    """Reads single files, each with its row of a ``sources.csv`` beside it where there is one.

    ``published`` and ``region_id``, where given, hold for all of them. Raises SourcesError for a registry that is none,
    ValueError for a date or place that is none. A file whose row is wrong is read without it.
    """
    given = checked({"published": published or "", "region_id": region_id or ""})
    registries: dict[Path, Registry] = {}
    tasks: dict[Path, Task] = {}
    names = Counter(path.name for path in paths)
    for path in paths:
        place = path.absolute()
        folder = registry_folder(place)
        entry = Entry(place, safe_name(path.name if names[path.name] == 1 else path.as_posix()))
        if folder is not None:
            if folder not in registries:
                registries[folder] = read_registry(folder)
            known = next((known for known in registries[folder].entries if known.path == place), None)
            entry = replace(entry, values=known.values, cells=known.cells) if known else entry
        said = {name: cell for name, cell in (("published", published), ("region_id", region_id)) if cell}
        entry = replace(entry, values={**entry.values, **given}, cells={**entry.cells, **said})
        tasks.setdefault(place, Task(Path(os.path.realpath(place)).parent, entry, folder is not None))
    return _tables(list(tasks.values()), [], None, progress or _silent)


def _silent(_line: str) -> None:
    pass


def _tables(
    tasks: list[Task], set_aside: list[dict[str, Any]], store: Path | None, say: Progress
) -> dict[str, pa.Table]:
    read: list[Document] = []
    quarantine = list(set_aside)
    for task in tasks:
        file = task.entry.file
        try:
            read.append(_document(task, store))
            say(f"read {file}")
        except UnreadableError as error:
            quarantine.append(error.row(file))
            say(f"set aside {file}: {error}")
    ids = source_ids(document.entry.file for document in read)
    copies = duplicates(
        Candidate(ids[d.entry.file], d.sha256, d.values.get("published_from"), d.decoded.text[d.body_start :])
        for d in read
    )
    copies = led_to_originals(copies, _declared(read, ids, say))
    return {
        "sources": build("sources", [_source(document, ids[document.entry.file], copies) for document in read]),
        "documents": build("documents", [_text(document, ids[document.entry.file]) for document in read]),
        "quarantine": build("quarantine", quarantine),
    }


def _declared(read: list[Document], ids: Mapping[str, str], say: Progress) -> dict[str, str]:
    """source_id of each document that the registry declares a copy, and of the file it names; a name unknown is told."""
    found = {}
    for document in read:
        if name := document.values.get("duplicate_of"):
            if name in ids:
                found[ids[document.entry.file]] = ids[name]
            else:
                say(f"{document.entry.file}: duplicate_of names no document: {name}")
    return found


def _document(task: Task, store: Path | None) -> Document:
    refuse_other_endings(task.entry.path.name)
    data = read_bytes(task.folder, task.entry.path)
    sha256 = snapshot(data, store) if store and data else sha256_of(data)
    decoded = decode(data)
    front = read_front_matter(decoded.text)
    told = from_front_matter(front.fields, rights=not task.registered)
    return Document(task.entry, sha256, decoded, front.end, completed(task.entry.values, told), task.registered)


def _source(document: Document, source_id: str, copies: dict[str, str]) -> dict[str, Any]:
    text = document.decoded.text
    return {
        **document.values,
        "source_id": source_id,
        "file": document.entry.file,
        "sha256": document.sha256,
        "media_type": media_type(text, document.body_start),
        "encoding": document.decoded.encoding,
        "script": script_of(text[document.body_start :]),
        "characters": len(text),
        "replaced": document.decoded.replaced,
        "duplicate_of": copies.get(source_id),
    }


def _text(document: Document, source_id: str) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "text": document.decoded.text,
        "body_start": document.body_start,
        # Escaped: a cell may hold what no UTF-8 can.
        "registered": json.dumps(document.entry.cells, sort_keys=True) if document.registered else None,
    }
