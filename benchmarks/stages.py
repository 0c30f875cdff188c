"""Speed of each stage on one pinned core: ``python -m benchmarks.stages FOLDER`` prints it as JSON.

A process of its own a corpus, so that its peak of memory is that of this corpus. ``end_to_end`` is clean and extract together, the
way from a document to its claims.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.corpus import write_folder
from benchmarks.documents import documents
from benchmarks.meter import pin, timed
from benchmarks.peer import own_peak
from benchmarks.sentences import ROOT
from pipeline.compiled import SWITCH

STAGES = ("ingest", "clean", "extract", "normalise", "gates", "publish")
READING = ("ingest", "clean", "extract", "end_to_end")
"""Stages that read documents one by one."""
WARM_UP = 12
"""Documents read before the clock starts: word tables are loaded once a process."""

Tables = dict[str, pa.Table]


class Bench:
    """The stages on one folder, each on the tables that those before it made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: Tables = {}
        self.quarantine: list[pa.Table] = []
        self.quality: list[dict[str, Any]] = []

    def run(self, stage: str, repeat: int) -> dict[str, Any]:
        """Time a stage and keep its tables."""
        acts: dict[str, Callable[[], Tables]] = {
            "ingest": self.ingest,
            "clean": self.clean,
            "extract": self.extract,
            "end_to_end": self.end_to_end,
            "normalise": self.normalise,
            "gates": self.gates,
            "publish": self.publish,
        }
        timing, made = timed(acts[stage], repeat)
        if "quarantine" in made and stage != "end_to_end":
            self.quarantine.append(made.pop("quarantine"))
        self.tables |= made
        sources = self.tables["sources"].num_rows
        return timing.told(sum(path.stat().st_size for path in self.folder.glob("d*")), sources)

    def ingest(self) -> Tables:
        """Bytes to decoded documents; no store of bytes is kept."""
        from pipeline import ingest

        return ingest.run(self.folder)

    def clean(self) -> Tables:
        """Documents to edits and passages."""
        from pipeline import clean

        return clean.run(self.tables["sources"], self.tables["documents"])

    def extract(self) -> Tables:
        """Passages to numerals and claims."""
        from pipeline import extract

        return extract.run(*(self.tables[name] for name in ("sources", "documents", "edits", "passages")))

    def end_to_end(self) -> Tables:
        """Documents to claims."""
        from pipeline import clean, extract

        sources, texts = self.tables["sources"], self.tables["documents"]
        cleaned = clean.run(sources, texts)
        return cleaned | extract.run(sources, texts, cleaned["edits"], cleaned["passages"])

    def normalise(self) -> Tables:
        """Claims to observations and what follows."""
        from pipeline import normalise

        return normalise.run(*(self.tables[name] for name in ("sources", "documents", "edits", "passages", "claims")))

    def gates(self) -> Tables:
        """Every gate on the tables of the four stages so far."""
        from expectations.gates import run_gate
        from expectations.rule import as_rows
        from pipeline.contract import ALL

        judged = [table.name for table in ALL if table.name in self.tables]
        tables = self.tables | {"quarantine": pa.concat_tables(self.quarantine)}
        self.quality = [row for name in judged for row in as_rows(run_gate(name, tables.__getitem__))]
        return {}

    def publish(self) -> Tables:
        """The candidate of a release in a temporary folder: redaction, Parquet, manifest, descriptors."""
        from pipeline import publish
        from pipeline.contract import PUBLISHED, build
        from pipeline.publish.candidate import write_candidate

        made = publish.run(self.quarantine) | {"quality": build("quality", self.quality)}
        tables = self.tables | made
        with tempfile.TemporaryDirectory() as scratch:
            write_candidate({table.name: tables[table.name] for table in PUBLISHED}, Path(scratch) / "candidate")
        return {}

    def red(self) -> int:
        """Expectations of severity error that failed."""
        return sum(not row["passed"] and row["severity"] == "error" for row in self.quality)


def warm_up(stages: tuple[str, ...]) -> None:
    """Load what a process loads once, with a few documents of another seed."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_folder(folder, documents(WARM_UP, seed=0))
        bench = Bench(folder)
        for stage in stages:
            bench.run(stage, 1)


def measured(
    folder: Path,
    repeat: int,
    stages: tuple[str, ...] = (*STAGES, "end_to_end"),
    limit: float | None = None,
    compiled: bool = True,
) -> dict[str, Any]:
    """What a process of its own measures on a folder of sources; ``missing`` tells why where it ends without. ``compiled``: it may
    run compiled modules where there are any."""
    command = [sys.executable, "-m", "benchmarks.stages", str(folder), "--repeat", str(repeat), "--stages", *stages]
    try:
        env = os.environ if compiled else {**os.environ, SWITCH: "no"}
        ran = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"missing": f"not finished in {limit:.0f} s"}
    if ran.returncode:
        return {"missing": f"failed: {ran.stderr.strip().splitlines()[-1]}"}
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Time the stages on a folder of sources that :mod:`benchmarks.corpus` wrote."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=main.__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--stages", nargs="+", default=[*STAGES, "end_to_end"])
    given = options.parse_args()
    pinned = pin()
    warm_up(tuple(given.stages))
    bench = Bench(given.folder)
    told = {stage: bench.run(stage, given.repeat) for stage in given.stages}
    found = {
        "documents": bench.tables["sources"].num_rows,
        "bytes": sum(path.stat().st_size for path in given.folder.glob("d*")),
        "claims": bench.tables["claims"].num_rows,
        "pinned": pinned,
        "peak_memory": own_peak(),
        "red_expectations": bench.red(),
        "stages": told,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
