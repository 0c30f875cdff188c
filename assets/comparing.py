"""Comparing as work for the engine: figures are resolved by documents, compared by families of indicators, and written table by table.

What waits between lies in a folder of the work area, a spill (:mod:`pipeline.normalise.spill`) a task. How work is divided depends on
the documents and their figures alone; the tables are the same however it is.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NoReturn

import pyarrow as pa
import pyarrow.parquet as pq

from assets.parts import Part
from assets.workspace import GateRefused, Workspace
from pipeline.engine import Here
from pipeline.normalise.compare import (
    COMPARED,
    CORRECTIONS,
    READINGS,
    Compared,
    Context,
    Doubts,
    compare_families,
    context_of,
    corrections_of,
    in_families,
    together,
)
from pipeline.normalise.read import master
from pipeline.normalise.repairs import CORRECTED
from pipeline.normalise.sources import COLUMNS
from pipeline.normalise.spill import Spill, spilled
from pipeline.normalise.subjects import Named, Places
from pipeline.publish.parquet import logical_hash

SHARES = 16
"""Tasks that figures are divided into, as far as families allow: enough for some workers, and little work more than in one."""
SMALLEST = 1 << 12
"""Figures that are not worth dividing."""


@dataclass(frozen=True, slots=True)
class Task:
    """What all tasks here know: the work area, and the folder of the task's own."""

    workspace: Workspace
    folder: Path

    def halves(self) -> None:
        """A task is small enough: what ends its worker is not one of its figures."""


@dataclass(frozen=True, slots=True)
class Resolve(Task):
    """Readings of some parts to resolve, by the organisations of all documents; and edits, of which corrections are kept."""

    readings: tuple[Path, ...]
    edits: tuple[Path, ...]
    organisations: Path


@dataclass(frozen=True, slots=True)
class Families(Task):
    """Families of indicators to compare, from the first to the last, out of readings that were resolved into ``told``."""

    told: tuple[Path, ...]
    between: tuple[str, str]
    versions: tuple[str, ...]
    """Of the tables that figures are compared by."""


@dataclass(frozen=True, slots=True)
class Write(Task):
    """A table of what was compared to write."""

    name: str
    compared: Compared


def compared(workspace: Workspace, parts: Sequence[Part], organisations: pa.Table) -> dict[str, str]:
    """Compare the readings of all parts and keep the tables of ``COMPARED`` in the work area; their versions, none of which is current yet.

    GateRefused where a worker is killed again and again.
    """
    engine = workspace.engine_for(parts)
    asked = replace(workspace, engine=Here())  # an engine stays where it is
    with _scratch(workspace) as place:
        known = place / f"organisations-{logical_hash(organisations)}.parquet"
        pq.write_table(organisations, known)
        resolving = [
            Resolve(asked, _made(place / f"told-{number:04}"), readings, edits, known)
            for number, (readings, edits) in enumerate(_side_by_side(parts, workspace.files("edits")))
        ]
        sizes: Counter[str] = Counter()
        for _, (counted,) in engine.map(resolve, resolving, given_up):
            sizes.update(counted)
        told = tuple(task.folder for task in resolving)
        versions = workspace.current("sources"), workspace.current("edits")
        comparing = [
            Families(asked, _made(place / f"made-{number:04}"), told, between, versions)
            for number, between in enumerate(_shares(sizes))
        ]
        doubts = [found for _, (found,) in engine.map(compare_some, comparing, given_up)]
        alone = _made(place / "together")
        with Spill(alone) as made:
            doubted = together(doubts, made)
        found = Compared([*(task.folder for task in comparing), alone], doubted)
        writing = [Write(asked, place, name, found) for name in COMPARED]
        return {task.name: version for task, (version,) in engine.map(write, writing, given_up)}


@contextmanager
def _scratch(workspace: Workspace) -> Iterator[Path]:
    """A folder for what waits; what a build that was killed left there is gone."""
    place = workspace.work / "comparing"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _side_by_side(parts: Sequence[Part], edits: Sequence[Path]) -> Iterator[tuple[tuple[Path, ...], tuple[Path, ...]]]:
    """Files of readings in some groups, with a share of the files of edits each."""
    files = [part.folder / "readings.parquet" for part in parts]
    size = -(-len(files) // _number(sum(part.rows["readings"] for part in parts)))
    starts = range(0, len(files), size)
    for number, start in enumerate(starts):
        yield tuple(files[start : start + size]), tuple(edits[number :: len(starts)])


def _number(rows: int) -> int:
    return max(1, min(SHARES, rows // SMALLEST))


def _shares(sizes: Mapping[str, int]) -> list[tuple[str, str]]:
    """Families in the order of their names, cut into shares of about as many figures each: first and last of each share."""
    families = sorted(sizes)
    total, number = sum(sizes.values()), _number(sum(sizes.values()))
    shares: dict[int, list[str]] = {}
    for one, before in zip(families, accumulate((sizes[one] for one in families), initial=0), strict=False):
        shares.setdefault(before * number // total, []).append(one)
    return [(share[0], share[-1]) for share in shares.values()]


def resolve(task: Resolve) -> Counter[str]:
    """Resolve readings; how many there are of each family."""
    known, named = master().known, _named(task.organisations)
    counted: Counter[str] = Counter()
    with Spill(task.folder) as told:
        for file in task.readings:
            found = in_families(pq.read_table(file), named, known)
            counted.update(found.column("family").to_pylist())
            told.add(READINGS, found)
        for file in task.edits:
            told.add(CORRECTIONS, corrections_of(pq.read_table(file, columns=list(CORRECTED))))
    return counted


@lru_cache(maxsize=1)
def _named(organisations: Path) -> Named:
    return Named(pq.read_table(organisations), Places(master().tables["regions"]))


def compare_some(task: Families) -> Doubts:
    """Compare families; what they leave to the look at all of them."""
    with Spill(task.folder) as made:
        return compare_families(
            spilled(task.told, READINGS), _context(task.workspace, task.told, task.versions), made, task.between
        )


@lru_cache(maxsize=1)
def _context(workspace: Workspace, told: tuple[Path, ...], versions: tuple[str, ...]) -> Context:
    """By the versions of the tables too: a later build has other contents under the same names."""
    seeds = master()
    corrections = map(pq.read_table, spilled(told, CORRECTIONS))
    return context_of(workspace.stream("sources", list(COLUMNS)), corrections, seeds.known, seeds.tables["regions"])


def write(task: Write) -> str:
    """Keep a table in the work area; its version."""
    return task.workspace.store(task.name, task.compared.reader(task.name))


def given_up(task: Task, reason: str) -> NoReturn:
    """What ends every worker cannot be left out: each figure may be compared with any other."""
    raise GateRefused(f"figures cannot be compared: the worker was {reason}; give the build more memory")
