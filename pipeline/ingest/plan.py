"""What there is to read: the documents that a folder's registry, its files, or the records of a file name."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.ingest.files import source_ids
from pipeline.ingest.registry import Entry, Registry, read_registry

INBOX = "inbox"


@dataclass(frozen=True, slots=True)
class Task:
    """An entry to read in its folder; ``registered`` tells whether a registry speaks for its rights."""

    folder: Path
    entry: Entry
    registered: bool

    @property
    def size(self) -> int:
        """Bytes that there are to read; 0 for a file that cannot be opened."""
        if self.entry.span:
            return self.entry.span[1]
        try:
            return self.entry.path.stat().st_size
        except (OSError, ValueError):
            return 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to read, rows of ``quarantine`` for what cannot be, and remarks for the person who builds."""

    tasks: tuple[Task, ...]
    set_aside: tuple[dict[str, Any], ...]
    remarks: tuple[str, ...]


def plan(sources: Path, texts: Path, inbox: Path | None = None) -> Plan:
    """What the registry of a folder names, or its files where it has none, or the records of a file; ``inbox`` is a folder read with it.

    ``texts`` is written where ``sources`` is a file of records: the bytes of all documents. Files of the inbox are named ``inbox/...``.
    Raises SourcesError where a folder or its sources.csv, or a file of records, as a whole cannot be used.
    """
    from pipeline.ingest.records import is_records, read_records  # with Arrow, which single files need not

    if is_records(sources):
        planned = _planned(texts.parent, read_records(sources, texts))
    else:
        planned = _planned(sources, read_registry(sources))
    if inbox is None:
        return planned
    more = _planned(inbox, read_registry(inbox), f"{INBOX}/")
    return Plan(planned.tasks + more.tasks, planned.set_aside + more.set_aside, planned.remarks + more.remarks)


def _planned(folder: Path, registry: Registry, prefix: str = "") -> Plan:
    """What a registry names, each file under ``prefix``, and its rows that cannot be used."""
    entries = [replace(e, file=prefix + e.file) for e in registry.entries] if prefix else registry.entries
    return Plan(
        tuple(Task(folder, entry, registry.registered) for entry in entries),
        tuple({**row, "file": prefix + row["file"]} for row in registry.quarantine),
        tuple(registry.remarks),
    )


def registered_ids(folder: Path) -> frozenset[str]:
    """Identifiers of the documents that a folder's registry names, whether or not they can be read."""
    return frozenset(source_ids(entry.file for entry in read_registry(folder).entries).values())
