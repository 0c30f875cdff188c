"""A stage over all documents, batch by batch: cut into batches, given to the engine, its parts gathered."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import pyarrow as pa

from assets.batches import READS, Batch, Files, given_up, given_up_file, key_of, made_of, make, make_of_files
from assets.gating import get_ready
from assets.parts import Part, load
from assets.stage import Made, code_version
from assets.workspace import GateRefused, Workspace, suite_hash
from pipeline.contract import STAGES, build
from pipeline.contract.model import Stage
from pipeline.contract.paths import ROOT
from pipeline.ingest.files import TEXT_ENDINGS, ending, source_ids
from pipeline.ingest.plan import Task

LOCK = ROOT / "requirements" / "runtime.txt"

CUT = 512
"""One file in so many ends its batch, told by its name alone: a file that comes or goes moves the borders of one batch, not of all after it."""


@cache
def stage_key(stage: Stage) -> str:
    """What the rows of a document depend on at a stage beside the document: code, word tables, corrections, gates, packages."""
    return key_of(code_version(stage), suite_hash(), hashlib.sha256(LOCK.read_bytes()).hexdigest())


def over_files(workspace: Workspace, tasks: Sequence[Task]) -> list[Part]:
    """The stage ingest over files: parts in the order of the documents' identifiers."""
    names = [task.entry.file for task in tasks if ending(task.entry.path.name) in TEXT_ENDINGS]
    ids = source_ids(names)
    while True:
        parts = _read(workspace, tasks, ids)
        files = list(chain.from_iterable(part.read("sources").column("file").to_pylist() for part in parts))
        told = source_ids(files)
        if all(ids[file] == told[file] for file in files):
            return parts
        # Files that could not be read leave their names to others of the same name: those are read again under the shorter one.
        ids = told


def _read(workspace: Workspace, tasks: Sequence[Task], ids: Mapping[str, str]) -> list[Part]:
    where = _held(workspace.parts("documents"))
    ordered = sorted(tasks, key=lambda task: (ids.get(task.entry.file, task.entry.file), task.entry.file))
    batches = [
        Files(
            workspace.work,
            tuple(some),
            {task.entry.file: ids[task.entry.file] for task in some if task.entry.file in ids},
            stage_key("ingest"),
            _folders(where, (ids[task.entry.file] for task in some if task.entry.file in ids)),
        )
        for some in cut(ordered, workspace.batch)
    ]
    engine = workspace.engine_for(batches)
    if len(batches) > 1:
        # Workers are busy with the files, this process is not.
        get_ready()
    return _loaded(chain.from_iterable(made for _, made in engine.map(make_of_files, batches, given_up_file)))


def cut(tasks: Sequence[Task], most: int) -> Iterator[list[Task]]:
    """Files in batches of about ``most`` bytes."""
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += task.size
        name = hashlib.sha256(task.entry.file.encode("utf-8", "backslashreplace")).digest()
        if size >= most or int.from_bytes(name[:4], "big") % CUT == 0:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def over_batches(workspace: Workspace, stage: Stage) -> Made:
    """The stages clean, extract and normalise over the parts of the stages before. GateRefused where a table they read is not
    green."""
    for name in READS[stage]:
        workspace.demand_green(name)
    before = [workspace.parts(made_of(earlier)[-1]) for earlier in STAGES[: STAGES.index(stage)]]
    folders = [_held(parts) for parts in before]
    where = _held(workspace.parts(made_of(stage)[0]))
    # By the last stage that has the document: one that extract set aside has passages all the same, and names stand in them.
    keys = dict(chain.from_iterable(part.documents for parts in before for part in parts))
    batches = []
    for part in before[min(len(before) - 1, STAGES.index("clean"))]:
        if not part.documents:
            continue
        ids = [one for one, _ in part.documents]
        documents = tuple((one, key_of(keys[one], stage_key(stage))) for one in ids)
        inputs = tuple(chain.from_iterable(_folders(held, ids) for held in folders))
        batches.append(Batch(stage, workspace.work, documents, inputs, _folders(where, ids)))
    engine = workspace.engine_for(batches)
    parts = _loaded(chain.from_iterable(made for _, made in engine.map(make, batches, given_up)))
    workspace.write_part("quarantine", stage, quarantine_of(parts))
    return Made({}, parts)


def quarantine_of(parts: Sequence[Part]) -> pa.Table:
    """What was set aside in parts."""
    return build("quarantine", chain.from_iterable(part.read("quarantine").to_pylist() for part in parts))


def _held(parts: Sequence[Part]) -> dict[str, Path]:
    """source_id → the part that holds the document."""
    return {source_id: part.folder for part in parts for source_id, _ in part.documents}


def _folders(where: Mapping[str, Path], ids: Iterator[str] | Sequence[str]) -> tuple[Path, ...]:
    return tuple(sorted({where[one] for one in ids if one in where}))


def _loaded(folders: Iterator[Path]) -> list[Part]:
    parts = []
    for folder in folders:
        part = load(folder)
        if part is None:
            raise GateRefused(f"the part {folder.name} is gone: build again")
        parts.append(part)
    return parts
