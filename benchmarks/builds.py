"""Whole builds and start-up, each as a command of its own: growth, rebuilds after changes, engines and workers."""

import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpus import write_folder, write_parquet
from benchmarks.documents import document, documents, kind_of
from benchmarks.meter import Watched, watched
from benchmarks.sentences import ROOT
from benchmarks.stages import measured

LIAONING = [sys.executable, "-m", "pipeline.cli"]
SEED = 1
ENGINES = (("local", 1), ("local", 2), ("ray", 2))
"""Engines and workers."""
REBUILDS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("first", 0, ()),
    ("nothing_changed", 0, ()),
    ("again", 0, ("--again",)),
    ("1_percent", 100, ()),
    ("10_percent", 10, ()),
)
"""Names of builds one after another; of how many documents one is changed before; options."""


STAGED = 10_000
"""Documents up to which stages are measured one by one: each holds its tables in the memory of one process there."""


def growth(
    counts: Sequence[int], repeat: int, limit: float, known: Mapping[int, dict[str, Any]]
) -> list[dict[str, Any]]:
    """Cost of corpora of so many documents: by stage on one core, and of a build with all its processes.

    ``known``: builds of such corpora that were measured before.
    """
    found = []
    for count in counts:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "corpus"
            size = write_folder(folder, documents(count, SEED))
            # The first corpus is small: medians; of the large ones one run takes long enough.
            runs = repeat if count == counts[0] else 1 if count <= STAGED else 0
            staged = _once_each([_read_once(count, SEED + n, limit) for n in range(runs)]) if runs else None
            built = known.get(count) or _build(folder, Path(scratch), limit)
        found.append({"documents": count, "bytes": size, "build": built, **_staged(staged)})
    return found


def _read_once(count: int, seed: int, limit: float) -> dict[str, Any]:
    """The stages on so many documents."""
    with tempfile.TemporaryDirectory() as scratch:
        write_folder(Path(scratch), documents(count, seed))
        return measured(Path(scratch), 1, limit=limit)


def _once_each(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Medians over corpora that were each read once, as a build reads them: what is read again is in every cache."""
    if bad := next((run for run in runs if "missing" in run), None):
        return bad
    stages = {
        stage: sorted((run["stages"][stage] for run in runs), key=lambda told: told["cpu"])[len(runs) // 2]
        for stage in runs[0]["stages"]
    }
    return runs[0] | {"stages": stages}


def single(count: int, limit: float) -> dict[str, Any]:
    """A first build of so many documents that lie in one file."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "corpus.parquet"
        size = write_parquet(file, documents(count, SEED))
        return {"documents": count, "bytes": size, "build": _build(file, Path(scratch), limit)}


def _staged(told: dict[str, Any] | None) -> dict[str, Any]:
    if told is None:
        return {"stages": {"missing": ""}}
    if "missing" in told:
        return {"stages": told}
    return {"stages": told["stages"], "peak_memory": told["peak_memory"]}


def rebuilds(count: int, limit: float) -> dict[str, Any]:
    """A first build, then builds in the same work area with nothing, one and ten in a hundred documents changed.

    Where ``liaoning build`` sees by itself that nothing changed, ``again`` builds all the same.
    """
    found: dict[str, Any] = {"documents": count}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        write_folder(folder, documents(count, SEED))
        for name, every, more in REBUILDS:
            changed = list(range(every // 2 % count, count, every)) if every else []
            for number in changed:
                _change(folder, number, SEED + every)
            found[name] = {"changed": len(changed), **_build(folder, Path(scratch), limit, more)}
    return found


def _change(folder: Path, number: int, seed: int) -> None:
    """The file of a document gets the text of another one of its kind."""
    kind = kind_of(SEED, number)
    (folder / document(SEED, number, kind).file).write_bytes(document(seed, number, kind).data)


def engines(count: int, limit: float) -> dict[str, Any]:
    """A first build of the same corpus with each engine and number of workers that ``liaoning build`` offers."""
    found: dict[str, Any] = {"documents": count}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "corpus"
        write_folder(folder, documents(count, SEED))
        found["default"] = _build(folder, Path(scratch) / "default", limit)
        for engine, workers in ENGINES:
            place = Path(scratch) / f"{engine}_{workers}"
            found[place.name] = _build(folder, place, limit, ("--engine", engine, "--workers", str(workers)))
            shutil.rmtree(place, ignore_errors=True)
    return found


def start_up(repeat: int) -> dict[str, Any]:
    """From the command to its answer: the help, and the claims of one document of 4 kB."""
    with tempfile.TemporaryDirectory() as scratch:
        one = document(SEED, 0, "policy")
        path = Path(scratch) / one.file
        path.write_bytes(one.data)
        commands = {"help": ["--help"], "extract_one": ["extract", str(path), "--published", one.row["published"]]}
        found: dict[str, Any] = {}
        for name, words in commands.items():
            runs = [watched([*LIAONING, *words], limit=120) for _ in range(repeat)]
            bad = next((run for run in runs if run.code != 0), None)
            found[name] = bad.told() if bad else _medians(runs)
    return found


def _medians(runs: list[Watched]) -> dict[str, Any]:
    peaks = [run.peak for run in runs if run.peak is not None]
    return {
        "wall": round(statistics.median(run.wall for run in runs), 3),
        "cpu": round(statistics.median(run.cpu for run in runs), 3),
        "peak_memory": max(peaks, default=None),
        "runs": len(runs),
    }


def _build(folder: Path, scratch: Path, limit: float, more: tuple[str, ...] = ()) -> dict[str, Any]:
    """How a build went, in ``scratch``; ``missing`` where this version has not the options asked for."""
    if lacking := [word for word in more if word.startswith("--") and word not in _options()]:
        return {"missing": f"not there yet: liaoning build has no {' and no '.join(lacking)}"}
    scratch.mkdir(exist_ok=True)
    places = ["--sources", str(folder), "--out", str(scratch / "out"), "--work", str(scratch / "work")]
    return watched([*LIAONING, "build", *places, *more], limit).told()


@cache
def _options() -> str:
    """The help of ``liaoning build``."""
    return subprocess.run([*LIAONING, "build", "--help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
