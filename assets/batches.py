"""What is sent to a worker: a batch of documents for one stage, and what the worker makes of it.

A worker takes over the rows of documents that did not change since an earlier build, runs the stage's function on the others, has
the gates look at what it made (those rules that look at one document at a time), and keeps the part. It returns the folder.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from assets.parts import Findings, Keys, Part, digest_of, folder_of, keep, load, of_documents
from expectations.counts import count
from expectations.gates import RULES
from expectations.tables import Tables
from expectations.violations import violations_of
from pipeline import clean, extract, normalise
from pipeline.contract import BY_NAME, build, empty, tables_of
from pipeline.contract.model import Stage
from pipeline.ingest.plan import Task
from pipeline.ingest.run import File, decoded, opened, tables_of_batch
from pipeline.ingest.sketches import SKETCHED, sketches_of
from pipeline.normalise.read import MEANT, READ, meant_schema

FUNCTIONS: dict[Stage, Callable[..., dict[str, pa.Table]]] = {
    "ingest": tables_of_batch,
    "clean": clean.run,
    "extract": extract.run,
    "normalise": normalise.read_batch,
}
"""The batch function of each stage: tables by name, one of them the ``quarantine``."""
READS: Mapping[Stage, tuple[str, ...]] = {
    "clean": ("sources", "documents"),
    "extract": ("sources", "documents", "edits", "passages"),
    "normalise": ("sources", "documents", "edits", "passages", "claims"),
}
"""Tables that a stage's function takes, in its order."""
SKETCHES = "sketches"
"""The table by which copies are found among all documents."""
BESIDE: Mapping[Stage, Mapping[str, pa.Schema]] = {
    "ingest": {SKETCHES: SKETCHED},
    "normalise": {MEANT: meant_schema()},
}
"""Tables of the parts of a stage that the contract does not know: what each document leaves to the look at all of them."""
STORE = "store"
"""Folder of the work area that keeps the bytes of every document."""
TEXTS = "texts"
"""File of the work area that holds the documents of a file of records, one after the other, for the workers."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents for the stages clean, extract or normalise.

    ``parts``: folders of the earlier stages' parts, which hold these documents and may hold others. ``earlier``: folders of
    this stage's parts of the last build that may hold rows to take over.
    """

    stage: Stage
    work: Path
    documents: Keys
    parts: tuple[Path, ...]
    earlier: tuple[Path, ...] = ()

    def halves(self) -> "tuple[Batch, Batch] | None":
        """See :class:`pipeline.engine.Task`."""
        middle = len(self.documents) // 2
        if not middle:
            return None
        return replace(self, documents=self.documents[:middle]), replace(self, documents=self.documents[middle:])


@dataclass(frozen=True, slots=True)
class Files:
    """Files for the stage ingest; ``ids``: file → source_id. ``code``: what their rows depend on beside the files."""

    work: Path
    tasks: tuple[Task, ...]
    ids: Mapping[str, str]
    code: str
    earlier: tuple[Path, ...] = ()

    def halves(self) -> "tuple[Files, Files] | None":
        """See :class:`pipeline.engine.Task`."""
        middle = len(self.tasks) // 2
        if not middle:
            return None
        return replace(self, tasks=self.tasks[:middle]), replace(self, tasks=self.tasks[middle:])


def key_of(*parts: str) -> str:
    """A key of all the parts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def make(batch: Batch) -> Path:
    """The part of a batch at the stages clean, extract and normalise."""
    folder = folder_of(batch.work, batch.stage, digest_of(batch.stage, batch.documents))
    if load(folder) is not None:
        return folder
    held = _taken_over(batch.documents, batch.earlier)
    fresh = [source_id for source_id, _ in batch.documents if source_id not in held]
    known = [part for part in map(load, batch.parts) if part is not None]
    inputs = {name: _input(known, name, fresh) for name in _inputs_of(batch.stage)}
    made = FUNCTIONS[batch.stage](*(inputs[name] for name in READS[batch.stage]))
    _keep(folder, batch.stage, batch.documents, made, inputs, held)
    return folder


def make_of_files(batch: Files) -> Path:
    """The part of some files at the stage ingest."""
    files = [opened(task, batch.work / STORE) for task in batch.tasks]
    keys = tuple(sorted((batch.ids[file.name], _file_key(file, batch)) for file in files if file.name in batch.ids))
    folder = folder_of(batch.work, "ingest", digest_of("ingest", keys))
    if load(folder) is not None:
        return folder
    held = _taken_over(keys, batch.earlier)
    read = [decoded(file) for file in files if batch.ids.get(file.name) not in held]
    made = FUNCTIONS["ingest"](read, batch.ids)
    made[SKETCHES] = sketches_of(made["documents"])
    lost = {row["file"] for row in made["quarantine"].to_pylist()}
    gone = {batch.ids[file] for file in lost if file in batch.ids}
    _keep(folder, "ingest", tuple((one, key) for one, key in keys if one not in gone), made, {}, held)
    return folder


def _file_key(file: File, batch: Files) -> str:
    return key_of(file.identity, batch.ids[file.name], batch.code) if not file.set_aside else ""


def given_up(batch: Batch, reason: str) -> Path:
    """The part of a document that ends every worker: nothing but its row of ``quarantine``."""
    ((source_id, _),) = batch.documents
    known = [part for part in map(load, batch.parts) if part is not None]
    (source,) = _input(known, "sources", [source_id]).to_pylist()
    return _given_up(batch.work, batch.stage, source_id, source["file"], reason)


def given_up_file(batch: Files, reason: str) -> Path:
    """The part of a file that ends every worker: nothing but its row of ``quarantine``."""
    (task,) = batch.tasks
    return _given_up(batch.work, "ingest", task.entry.file, task.entry.file, reason)


def _given_up(work: Path, stage: Stage, name: str, file: str, reason: str) -> Path:
    nothing = {table: empty(table) for table in made_of(stage)}
    nothing |= {table: columns.empty_table() for table, columns in BESIDE.get(stage, {}).items()}
    folder = folder_of(work, stage, digest_of(stage, ((name, ""),)))
    _keep_judged(folder, (), nothing, _killed(file, stage, reason), {})
    return folder


def _killed(file: str, stage: Stage, reason: str) -> pa.Table:
    row = {
        "file": file,
        "stage": stage,
        "reason": "failed",
        "detail": f"the process that read it was {reason}",
        "advice": "Report the document; the others are not affected.",
    }
    return build("quarantine", [row])


def _taken_over(documents: Keys, earlier: Sequence[Path]) -> dict[str, Part]:
    """source_id → the earlier part that holds the document as it is now."""
    wanted = {key: source_id for source_id, key in documents if key}
    held: dict[str, Part] = {}
    for part in map(load, earlier):
        for source_id, key in part.documents if part is not None else ():
            if wanted.get(key) == source_id and part is not None:
                held.setdefault(source_id, part)
    return held


def _inputs_of(stage: Stage) -> list[str]:
    """Tables of earlier stages that the stage's function or its rules read."""
    needed = {name for rule in RULES if rule.table in made_of(stage) and rule.alone for name in rule.needs}
    return sorted({*READS[stage], *needed} - {table.name for table in tables_of(stage)})


def _input(parts: Sequence[Part], name: str, documents: Sequence[str]) -> pa.Table:
    """A table of the earlier stages, its rows of some documents; of one that a stage set aside it has none."""
    found = [of_documents(part.read(name), documents) for part in parts if name in part.rows]
    return found[0] if len(found) == 1 else pa.concat_tables([empty(name), *found])


def _keep(
    folder: Path,
    stage: Stage,
    documents: Keys,
    made: Mapping[str, pa.Table],
    inputs: Mapping[str, pa.Table],
    held: Mapping[str, Part],
) -> None:
    """Judge what was made, join it with what is taken over, and keep both."""
    tables = {name: table for name, table in made.items() if name != "quarantine"}
    failed = {row["file"] for row in made["quarantine"].to_pylist()}
    sources = {**inputs, **tables}["sources"]
    broken = {
        source_id
        for source_id, file in zip(
            sources.column("source_id").to_pylist(), sources.column("file").to_pylist(), strict=True
        )
        if file in failed
    }
    # A document that was set aside is told in the quarantine; rows that it lacks are no fault of the others.
    findings = {
        rule: kept
        for rule, found in findings_of(stage, {**inputs, **tables}).items()
        if (kept := [row for row in found if row["source_id"] not in broken])
    }
    for part in {part.folder: part for part in held.values()}.values():
        taken = [source_id for source_id, other in held.items() if other.folder == part.folder]
        for name in tables:
            tables[name] = pa.concat_tables([tables[name], part.read(name, taken)])
        for rule, found in part.findings.items():
            findings.setdefault(rule, []).extend(row for row in found if row["source_id"] in held)
    ordered = {
        name: table.sort_by([(column, "ascending") for column in _key(name)]) if held else table
        for name, table in tables.items()
    }
    usable = tuple((source_id, key) for source_id, key in documents if source_id not in broken)
    _keep_judged(folder, usable, ordered, made["quarantine"], findings)


def _keep_judged(
    folder: Path, documents: Keys, tables: Mapping[str, pa.Table], quarantine: pa.Table, findings: Findings
) -> None:
    """Keep a part, with what the contract asks of its rows."""
    counts = {name: count(BY_NAME[name], table) for name, table in tables.items() if name in BY_NAME}
    keep(folder, documents, {**tables, "quarantine": quarantine}, findings, counts)


def _key(name: str) -> tuple[str, ...]:
    return BY_NAME[name].key if name in BY_NAME else ("source_id",)


def made_of(stage: Stage) -> tuple[str, ...]:
    """Tables of a stage that lie in parts: all, but of normalise those that documents tell by themselves."""
    return READ if stage == "normalise" else tuple(table.name for table in tables_of(stage))


def findings_of(stage: Stage, tables: Mapping[str, pa.Table]) -> Findings:
    """What the rules that look at one document at a time find in the stage's tables of a batch."""
    rules = [rule for rule in RULES if rule.alone and rule.table in made_of(stage)]
    seen = Tables(tables)
    found = {rule.name: [dict(row) for row in violations_of(rule, seen)] for rule in rules}
    return {name: rows for name, rows in found.items() if rows}


__all__ = ["Batch", "Files", "given_up", "given_up_file", "key_of", "made_of", "make", "make_of_files", "of_documents"]
