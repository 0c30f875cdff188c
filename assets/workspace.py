"""The work area: tables by content hash, which version is current, and the record that a gate left on it.

Assets write here and never to ``data/``. A stage reads a table only through :meth:`Workspace.read`, which refuses a
version without a green gate record under today's suites, also when someone materialises one asset alone.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from assets.parts import Part, load
from pipeline.contract import BY_NAME, STAGES
from pipeline.contract.model import Stage
from pipeline.contract.paths import ROOT
from pipeline.engine import Engine, Here
from pipeline.publish.exchange import beside
from pipeline.publish.lock import alone
from pipeline.publish.parquet import write_rows, write_table

PROOFS = ("ingest", "clean", "extract", "normalise", "publish")
"""Packages of the pipeline that domain rules call to judge a table: what a stage gives once more is its whole grammar's word."""

BATCH = 4 * 1024 * 1024
"""A batch is full at so many bytes of files: some ten thousand rows of a table, so that neither starting a batch nor holding it costs much."""
NOTED = frozenset({"version", "files", "rows", "inputs"})
"""What the note on the current version of a table tells."""
STREAMED = 512
"""Rows of a table that are held at once where it is streamed."""


def sorted_by_key(name: str, table: pa.Table) -> pa.Table:
    """The rows of a table in the order of its key."""
    return table.sort_by([(column, "ascending") for column in BY_NAME[name].key])


class GateRefused(Exception):
    """A table may not be read: it was never made, or its gate is not green for this very version."""


def write_atomically(path: Path, data: bytes) -> None:
    """The bytes stand at ``path`` whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)


@cache
def suite_hash() -> str:
    """sha256 over everything that says what a gate demands: the suites, the contract, the stages they ask again, their words."""
    digest = hashlib.sha256()
    files = [*(ROOT / "expectations").rglob("*.py"), *(ROOT / "pipeline" / "contract").rglob("*.py")]
    files += [path for package in PROOFS for path in (ROOT / "pipeline" / package).rglob("*.py")]
    files += [*(ROOT / "seeds" / "tables").glob("*.csv"), ROOT / "seeds" / "corrections.yaml"]
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@dataclass(frozen=True)
class Workspace:
    """One build's folders: where documents are, where parts are kept, where releases go.

    ``engine`` runs what can be divided: stages that go document by document, gates, the writing of tables. ``batch``: bytes of files at
    which a batch is full.
    """

    sources: Path
    work: Path
    out: Path
    inbox: bool = False
    batch: int = BATCH
    engine: Engine = field(default_factory=Here, compare=False)

    @property
    def suites(self) -> str:
        """Hash of the suites."""
        return suite_hash()

    def engine_for(self, pieces: Sequence[Any]) -> Engine:
        """The engine of the build for work in so many pieces; this process for a single one, which no second worker could share."""
        return Here() if len(pieces) < 2 else self.engine

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other builds out of the work area and the release's place while the block runs. Busy where one is there.

        Where the folder of the release does not exist yet, nobody can be releasing into it: the release looks again.
        """
        self.work.mkdir(parents=True, exist_ok=True)
        out = self.out.resolve()
        with ExitStack() as held:
            held.enter_context(alone(self.work / "lock", f"the work area {self.work.name}/"))
            if out.parent.is_dir():
                held.enter_context(alone(beside(out, "lock"), f"{out.name}/"))
            yield

    def write(self, name: str, table: pa.Table, inputs: Mapping[str, str]) -> str:
        """Keep a table and make it current; returns its version. ``inputs``: versions it was made from."""
        version = self.store(name, table)
        self.take(name, version, inputs)
        return version

    def take(self, name: str, version: str, inputs: Mapping[str, str]) -> None:
        """Make a version current that was stored.

        A record that it has from before is forgotten: its gate also looked at other tables, which may have changed.
        """
        path = self._table_path(name, version)
        self._make_current(name, version, [path], pq.read_metadata(path).num_rows, inputs)

    def store(self, name: str, table: pa.Table | pa.RecordBatchReader) -> str:
        """Keep a table under its logical hash, which is its version and is returned. Of a reader some rows are held at a time."""
        # Written again also where the version is there: a machine that lost power may have kept the name without the bytes.
        part = self.work / "tables" / name / "making.part"
        part.parent.mkdir(parents=True, exist_ok=True)
        batches = table.to_batches() if isinstance(table, pa.Table) else table
        version = write_rows(table.schema, batches, part).logical
        path = self._table_path(name, version)
        part.replace(path)
        return version

    def adopt(self, name: str, parts: Sequence[Part], inputs: Mapping[str, str]) -> str:
        """Make the table that lies in parts current; returns its version: that of the one part, or a hash over those of all."""
        told = [part.versions[name] for part in parts]
        version = told[0] if len(told) == 1 else hashlib.sha256(json.dumps(told).encode()).hexdigest()
        files = [part.folder / f"{name}.parquet" for part in parts]
        self._make_current(name, version, files, sum(part.rows[name] for part in parts), inputs)
        return version

    def _make_current(
        self, name: str, version: str, files: Sequence[Path], rows: int, inputs: Mapping[str, str]
    ) -> None:
        self._record_path(name, version).unlink(missing_ok=True)
        note = {
            "version": version,
            "files": [file.relative_to(self.work).as_posix() for file in files],
            "rows": rows,
            "inputs": dict(sorted(inputs.items())),
        }
        write_atomically(self.work / "current" / f"{name}.json", json.dumps(note, sort_keys=True).encode())

    def rows(self, name: str) -> int:
        """Rows of the current version."""
        return int(self._note(name)["rows"])

    def head(self, name: str, count: int) -> pa.Table:
        """At most so many rows of the current version, from its first file."""
        with pq.ParquetFile(self.files(name)[0]) as file:
            return next(file.iter_batches(count), None) or file.schema_arrow.empty_table()

    def parts(self, name: str) -> list[Part]:
        """The parts that the current version of a table lies in; none where it was never made or is one file."""
        try:
            folders = [file.parent for file in self.files(name)]
        except GateRefused:
            return []
        return [part for part in map(load, folders) if part is not None]

    def files(self, name: str) -> list[Path]:
        """Files of the current version, in the order of their rows. GateRefused where it was never made."""
        return [self.work / file for file in self._note(name)["files"]]

    def seen_at(self, stage: Stage, name: str) -> list[Path]:
        """Files of a table as the gates of a stage see them: of ``quarantine``, which is joined in the stage publish, what was
        set aside so far."""
        if name == "quarantine" and stage != BY_NAME[name].stage:
            return [self._part_path(name, earlier) for earlier in STAGES[: STAGES.index(stage) + 1]]
        return self.files(name)

    def current(self, name: str) -> str:
        """Version of the table that stands now. GateRefused where it was never made."""
        return str(self._note(name)["version"])

    def inputs(self, name: str) -> dict[str, str]:
        """Versions of the tables that the current version was made from."""
        return dict(self._note(name)["inputs"])

    def peek(self, name: str) -> pa.Table:
        """The current version, gated or not, whole in memory: no gate asks for it."""
        tables = [pq.read_table(file) for file in self.files(name)]
        return tables[0] if len(tables) == 1 else sorted_by_key(name, pa.concat_tables(tables))

    def stream(self, name: str, columns: list[str]) -> Iterator[pa.RecordBatch]:
        """Columns of the current version, batch by batch: for whoever looks at all texts and keeps none."""
        for path in self.files(name):
            with pq.ParquetFile(path, buffer_size=1 << 20) as file:
                yield from file.iter_batches(batch_size=STREAMED, columns=columns)

    def read(self, name: str) -> pa.Table:
        """The current version, if its gate is green for this very version. GateRefused otherwise."""
        self.demand_green(name)
        return self.peek(name)

    def demand_green(self, name: str) -> None:
        """GateRefused unless the record of the current version, under today's suites, is green."""
        version = self.current(name)
        record = self._record_path(name, version)
        stage = BY_NAME[name].stage
        if not record.exists():
            raise GateRefused(
                f"{name} {version[:12]} has no gate record under the present suites: materialise the stage {stage} again"
            )
        if not json.loads(record.read_bytes())["passed"]:
            raise GateRefused(
                f"the gate of {name} {version[:12]} is red: see its checks, mend the cause, materialise the stage {stage} again"
            )

    def record(self, name: str, results: Iterable[Mapping[str, Any]]) -> bool:
        """Keep what the gate of the current version saw; green when nothing of severity error failed."""
        kept = list(results)
        passed = bool(kept) and all(row["passed"] or row["severity"] != "error" for row in kept)
        version = self.current(name)
        body = {"table": name, "version": version, "suite": self.suites, "passed": passed, "results": kept}
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1)
        write_atomically(self._record_path(name, version), text.encode())
        return passed

    def results(self, name: str) -> list[dict[str, Any]]:
        """What the gate of the current version saw. GateRefused where there is no record."""
        path = self._record_path(name, self.current(name))
        if not path.exists():
            raise GateRefused(f"{name} has no gate record under the present suites")
        found: list[dict[str, Any]] = json.loads(path.read_bytes())["results"]
        return found

    def demand_consistent(self, names: Iterable[str]) -> None:
        """GateRefused unless every table was made from the versions that are current now."""
        for name in names:
            for source, version in self.inputs(name).items():
                if self.current(source) != version:
                    raise GateRefused(
                        f"{name} was made from another version of {source}: materialise the stage {BY_NAME[name].stage} again"
                    )

    def write_part(self, name: str, stage: str, table: pa.Table) -> None:
        """Keep a stage's rows of a table that several stages feed (``quarantine``)."""
        write_table(table, self._part_path(name, stage))

    def read_part(self, name: str, stage: str) -> pa.Table:
        """A stage's rows of such a table. GateRefused where the stage has not run."""
        path = self._part_path(name, stage)
        if not path.exists():
            raise GateRefused(f"the stage {stage} has not run")
        return pq.read_table(path)

    def prune(self) -> None:
        """Forget every version that is not current, its records, and half-written files of builds that were killed."""
        for note in sorted((self.work / "current").glob("*.json")):
            if note.stem not in BY_NAME:
                # A table of another version of this program.
                note.unlink()
                continue
            version = json.loads(note.read_bytes())["version"]
            for folder in ("tables", "gates"):
                for path in sorted((self.work / folder / note.stem).glob("*")):
                    if not path.name.startswith(version) or path.suffix == ".part":
                        path.unlink()
        for path in sorted((self.work / "current").glob(".*")):
            path.unlink()
        used = {file.parent for note in (self.work / "current").glob("*.json") for file in self.files(note.stem)}
        for part in sorted((self.work / "parts").glob("*/*")):
            if part not in used:
                shutil.rmtree(part)

    def _note(self, name: str) -> dict[str, Any]:
        path = self.work / "current" / f"{name}.json"
        if not path.exists():
            raise GateRefused(f"{name} was never made: materialise the stage {BY_NAME[name].stage} first")
        note: dict[str, Any] = json.loads(path.read_bytes())
        if not note.keys() >= NOTED:
            raise GateRefused(
                f"{name} was made by another version of this program: materialise the stage {BY_NAME[name].stage} again"
            )
        return note

    def _table_path(self, name: str, version: str) -> Path:
        return self.work / "tables" / name / f"{version}.parquet"

    def _record_path(self, name: str, version: str) -> Path:
        return self.work / "gates" / name / f"{version}.{self.suites[:16]}.json"

    def _part_path(self, name: str, stage: str) -> Path:
        path = self.work / "parts" / f"{name}.{stage}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        return path
