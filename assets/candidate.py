"""The candidate in the work area: its tables written by the engine's workers, and the record that the gate on rights left on it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pyarrow as pa
import pyarrow.parquet as pq

from assets.workspace import GateRefused, Workspace, write_atomically
from pipeline.contract import BY_NAME, PUBLISHED, Table
from pipeline.publish.candidate import MANIFEST, copy_published, write_published
from pipeline.publish.parquet import file_hash, footer_hash
from pipeline.publish.policy import policies
from pipeline.publish.stored import Stored

POLICY = ["source_id", "evidence_policy"]


@dataclass(frozen=True, slots=True)
class Writing:
    """Tables to write into a candidate, each with the files it lies in, those of ``sources`` beside them."""

    folder: Path
    tables: tuple[tuple[str, tuple[Path, ...]], ...]
    sources: tuple[Path, ...]

    def halves(self) -> "tuple[Writing, Writing] | None":
        """The tables in two parts; None where there is one."""
        if len(self.tables) < 2:
            return None
        at = len(self.tables) // 2
        return (
            Writing(self.folder, self.tables[:at], self.sources),
            Writing(self.folder, self.tables[at:], self.sources),
        )


def writings(workspace: Workspace, folder: Path) -> list[Writing]:
    """What is to be written: tables larger than a batch of documents by themselves, the largest first, the small ones together.

    GateRefused where a table is not green.
    """
    sizes = {}
    for table in PUBLISHED:
        workspace.demand_green(table.name)
        sizes[table.name] = sum(file.stat().st_size for file in workspace.files(table.name))
    alone = [name for name in sizes if sizes[name] >= workspace.batch]
    groups: list[tuple[str, ...]] = [(name,) for name in sorted(alone, key=sizes.__getitem__, reverse=True)]
    groups.append(tuple(name for name in sizes if name not in alone))
    files = {name: tuple(workspace.files(name)) for name in sizes}
    return [
        Writing(folder, tuple((name, files[name]) for name in group), files["sources"]) for group in groups if group
    ]


def write_some(task: Writing) -> list[dict[str, Any]]:
    """Write the tables of a task; their entries in the manifest."""
    allowed = policies(pa.concat_tables(pq.read_table(file, columns=POLICY) for file in task.sources))
    return [_published(BY_NAME[name], files, allowed, task.folder) for name, files in task.tables]


def _published(table: Table, files: Sequence[Path], allowed: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """A table written; one that the work area holds just as it is released is copied."""
    governed = any(column.policy for column in table.columns)
    if len(files) == 1 and not governed and footer_hash(files[0]):
        return copy_published(table, files[0], folder)
    return write_published(table, Stored(files, table.key), allowed, folder)


def given_up_writing(task: Writing, reason: str) -> NoReturn:
    """A table that ends every worker cannot be left out."""
    raise GateRefused(f"{task.tables[0][0]} cannot be written: its worker was {reason}; give the build more memory")


def record(workspace: Workspace, folder: Path, breaches: int, told: Mapping[str, Any]) -> None:
    """Keep what the gate on rights saw of a candidate: under the hash of its manifest, which names every file, with the versions of
    the tables it was made from."""
    seen = {**_of(workspace, folder), "breaches": breaches, **told}
    write_atomically(_place(workspace), json.dumps(seen, ensure_ascii=False, sort_keys=True, indent=1).encode())


def demand_seen(workspace: Workspace, folder: Path) -> None:
    """GateRefused unless the candidate was made from the tables that are current, and its record is green."""
    place = _place(workspace)
    kept = json.loads(place.read_bytes()) if place.exists() else {}
    if any(kept.get(what) != value for what, value in _of(workspace, folder).items()):
        raise GateRefused(
            "the candidate is not one of the current tables that its gate saw: materialise the candidate again"
        )
    if kept["breaches"]:
        raise GateRefused("the check rights of the candidate is red: mend the cause and build again")


def _of(workspace: Workspace, folder: Path) -> dict[str, Any]:
    versions = {table.name: workspace.current(table.name) for table in PUBLISHED}
    return {"manifest_sha256": file_hash(folder / MANIFEST), "suite": workspace.suites, "made_from": versions}


def _place(workspace: Workspace) -> Path:
    return workspace.work / "gates" / "candidate" / "rights.json"
