"""The stage as batch functions: a folder, a file of records, or single files, in; the tables sources, documents and quarantine out.

What one document needs is told as rows; Arrow, and what finds copies, is imported where there are several.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.contract import build
from pipeline.contract.arrow import filled
from pipeline.ingest.decode import Decoded, decode
from pipeline.ingest.files import (
    read_bytes,
    read_span,
    refuse_other_endings,
    safe_name,
    sha256_of,
    snapshot,
    source_ids,
    stored,
)
from pipeline.ingest.frontmatter import read as read_front_matter
from pipeline.ingest.mediatype import media_type
from pipeline.ingest.metadata import Values, checked, completed, from_front_matter
from pipeline.ingest.plan import Task, plan
from pipeline.ingest.registry import Entry, read_registry, registry_folder
from pipeline.ingest.script import script_of
from pipeline.ingest.unreadable import UnreadableError

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: its entry, bytes' hash, text, and all that is known about it."""

    entry: Entry
    sha256: str
    decoded: Decoded
    body_start: int
    values: Values
    registered: bool


def run(
    sources: Path, store: Path | None = None, progress: Progress | None = None, inbox: Path | None = None
) -> "dict[str, pa.Table]":
    """Reads the documents of a folder, or of a file of records, into the tables ``sources``, ``documents`` and ``quarantine``.

    ``store`` keeps the bytes of every file that could be opened, by their sha256; ``progress`` hears one line a document.
    What cannot be read becomes a row of ``quarantine``, and the others go on. Raises SourcesError as :func:`plan` does.
    """
    import tempfile

    say = progress or _silent
    with tempfile.TemporaryDirectory(prefix="liaoning-") as scratch:
        planned = plan(sources, Path(scratch) / "texts", inbox)
        for remark in planned.remarks:
            say(remark)
        return _tables(list(planned.tasks), list(planned.set_aside), store, say)


def run_files(
    paths: Sequence[Path], published: str | None = None, region_id: str | None = None, progress: Progress | None = None
) -> "dict[str, pa.Table]":
    """Reads single files, each with its row of a ``sources.csv`` beside it where there is one.

    ``published`` and ``region_id``, where given, hold for all of them. Raises SourcesError for a registry that is none,
    ValueError for a date or place that is none. A file whose row is wrong is read without it.
    """
    return _tables(_tasks(paths, published, region_id), [], None, progress or _silent)


def read_file(path: Path, published: str | None = None, region_id: str | None = None) -> "Read":
    """Reads a single file as :func:`run_files` does, which tells what is raised, without making tables of it."""
    (task,) = _tasks([path], published, region_id)
    return decoded(opened(task, None))


def rows_of(document: Document) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of ``sources`` and ``documents`` of a document that was read alone."""
    (source_id,) = source_ids([document.entry.file]).values()
    return filled("sources", _source(document, source_id)), filled("documents", _text(document, source_id))


def _tasks(paths: Sequence[Path], published: str | None, region_id: str | None) -> list[Task]:
    given = checked({"published": published or "", "region_id": region_id or ""})
    registries: dict[Path, dict[Path, Entry]] = {}
    tasks: dict[Path, Task] = {}
    names = Counter(path.name for path in paths)
    for path in paths:
        place = path.absolute()
        folder = registry_folder(place)
        entry = Entry(place, safe_name(path.name if names[path.name] == 1 else path.as_posix()))
        if folder is not None:
            if folder not in registries:
                registries[folder] = {known.path: known for known in reversed(read_registry(folder).entries)}
            known = registries[folder].get(place)
            entry = replace(entry, values=known.values, cells=known.cells) if known else entry
        said = {name: cell for name, cell in (("published", published), ("region_id", region_id)) if cell}
        entry = replace(entry, values={**entry.values, **given}, cells={**entry.cells, **said})
        tasks.setdefault(place, Task(Path(os.path.realpath(place)).parent, entry, folder is not None))
    return list(tasks.values())


def _silent(_line: str) -> None:
    pass


def _tables(
    tasks: list[Task], set_aside: list[dict[str, Any]], store: Path | None, say: Progress
) -> "dict[str, pa.Table]":
    """Every document in one go: what an engine does batch by batch, see :func:`tables_of_batch` and :func:`settled`."""
    from pipeline.ingest.sketches import sketch

    files = [opened(task, store) for task in tasks]
    for file in files:
        say(f"read {file.name}" if not file.set_aside else f"set aside {file.name}: {file.set_aside['detail']}")
    read = [decoded(file) for file in files]
    made = tables_of_batch(read, source_ids(one.name for one in read if one.document))
    made["quarantine"] = build("quarantine", [*set_aside, *made["quarantine"].to_pylist()])
    documents = {one.document.sha256: one.document for one in read if one.document}
    sketches = {
        row: sketch(_body(documents[sha256])) for row, sha256 in _columns(made["sources"], "source_id", "sha256")
    }
    sources = settled(made["sources"], sketches, lambda sha256: _body(documents[sha256]), tasks, say)
    return made | {"sources": sources}


@dataclass(frozen=True, slots=True)
class File:
    """A file that was opened: its bytes and their hash, or the row of ``quarantine`` that says why not."""

    task: Task
    data: bytes = b""
    sha256: str = ""
    set_aside: dict[str, Any] | None = None

    @property
    def name(self) -> str:
        """Its name in the tables."""
        return self.task.entry.file

    @property
    def identity(self) -> str:
        """All that its rows depend on beside the code: bytes, name, and what the registry says of it."""
        entry = self.task.entry
        told = sorted((name, str(value)) for name, value in entry.values.items())
        return repr((self.sha256, self.name, told, sorted(entry.cells.items()), self.task.registered))


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was decoded, or the row of ``quarantine`` that says why not."""

    name: str
    document: Document | None
    set_aside: dict[str, Any] | None = None


def opened(task: Task, store: Path | None) -> File:
    """The bytes of a file; ``store`` keeps them by their sha256."""
    path, span = task.entry.path, task.entry.span
    try:
        refuse_other_endings(path.name)
        data = read_span(path, *span) if span else read_bytes(task.folder, path)
    except UnreadableError as error:
        return File(task, set_aside=error.row(task.entry.file))
    return File(task, data, snapshot(data, store) if store and data else sha256_of(data))


def decoded(file: File) -> Read:
    """The document in a file."""
    if file.set_aside:
        return Read(file.name, None, file.set_aside)
    entry = file.task.entry
    try:
        text = decode(file.data)
    except UnreadableError as error:
        return Read(file.name, None, error.row(file.name))
    front = read_front_matter(text.text)
    told = from_front_matter(front.fields, rights=not file.task.registered)
    return Read(
        file.name, Document(entry, file.sha256, text, front.end, completed(entry.values, told), file.task.registered)
    )


def tables_of_batch(read: Iterable[Read], ids: Mapping[str, str]) -> "dict[str, pa.Table]":
    """The tables ``sources`` (copies not yet told), ``documents`` and ``quarantine`` of some files; ``ids``: file → source_id."""
    documents = [one.document for one in read if one.document]
    return {
        "sources": build("sources", [_source(document, ids[document.entry.file]) for document in documents]),
        "documents": build("documents", [_text(document, ids[document.entry.file]) for document in documents]),
        "quarantine": build("quarantine", [one.set_aside for one in read if one.set_aside]),
    }


def settled(
    sources: "pa.Table",
    sketches: Mapping[str, bytes],
    text_of: Callable[[str], str],
    tasks: Iterable[Task],
    say: Progress,
) -> "pa.Table":
    """``sources`` of all documents with its copies told: those that their words show, and those that the registry declares.

    ``sketches``: source_id → :func:`~pipeline.ingest.sketches.sketch` of its body. ``text_of``: sha256 → the body of a document, such as
    :func:`stored_body`.
    """
    import pyarrow as pa

    from pipeline.contract.columns import column
    from pipeline.ingest.duplicates import Candidate, duplicates, led_to_originals

    rows = list(_columns(sources, "source_id", "sha256", "published_from", "file"))
    known = [Candidate(source_id, sha256, day, sketches[source_id]) for source_id, sha256, day, _ in rows]
    copies = duplicates(known, text_of)
    copies = led_to_originals(copies, _declared(tasks, {file: source_id for source_id, _, _, file in rows}, say))
    told = column([copies.get(source_id) for source_id, *_ in rows], pa.string())
    return sources.set_column(
        sources.schema.get_field_index("duplicate_of"), sources.schema.field("duplicate_of"), told
    )


def stored_body(sha256: str, store: Path) -> str:
    """The text without front matter of a document that was read, from its bytes in the store."""
    text = decode(stored(sha256, store)).text
    return text[read_front_matter(text).end :]


def _columns(table: "pa.Table", *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table.column(name).to_pylist() for name in names), strict=True)


def _body(document: Document) -> str:
    return document.decoded.text[document.body_start :]


def _declared(tasks: Iterable[Task], ids: Mapping[str, str], say: Progress) -> dict[str, str]:
    """source_id of each document that the registry declares a copy, and of the file it names; a name unknown is told."""
    found = {}
    for task in tasks:
        if (name := task.entry.values.get("duplicate_of")) and task.entry.file in ids:
            if name in ids:
                found[ids[task.entry.file]] = ids[name]
            else:
                say(f"{task.entry.file}: duplicate_of names no document: {name}")
    return found


def _source(document: Document, source_id: str) -> dict[str, Any]:
    text = document.decoded.text
    return {
        **document.values,
        "source_id": source_id,
        "file": document.entry.file,
        "sha256": document.sha256,
        "media_type": media_type(text, document.body_start),
        "encoding": document.decoded.encoding,
        "script": script_of(_body(document)),
        "characters": len(text),
        "replaced": document.decoded.replaced,
        "duplicate_of": None,
    }


def _text(document: Document, source_id: str) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "text": document.decoded.text,
        "body_start": document.body_start,
        # Escaped: a cell may hold what no UTF-8 can.
        "registered": json.dumps(document.entry.cells, sort_keys=True) if document.registered else None,
    }
