"""Measure everything and write it down: ``python -m benchmarks.run`` (half an hour), ``--quick`` (ten minutes, a proof that it works).

Writes ``results.json``, and from it the table in ``README.md`` and ``chart.svg``.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.builds import SEED, engines, growth, rebuilds, single, start_up
from benchmarks.corpus import write_folder
from benchmarks.documents import KINDS, documents
from benchmarks.meter import machine
from benchmarks.peers import beside_peers
from benchmarks.sentences import ROOT
from benchmarks.stages import READING, measured

RESULTS = Path(__file__).parent / "results.json"
MILLIONTH = Path(__file__).parent / "million.json"
"""A build of a million documents, measured apart: it takes hours."""
SO_FAR = ROOT / ".work" / "bench.json"
"""What an unfinished run has measured."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: documents of each corpus, and runs of each measure."""

    repeat: int
    stages: int
    growth: tuple[int, ...]
    rebuilds: int
    engines: int
    starts: int
    peers: int


FULL = Plan(
    repeat=5, stages=200, growth=(1_000, 10_000, 100_000), rebuilds=100_000, engines=10_000, starts=10, peers=60
)
QUICK = Plan(repeat=2, stages=20, growth=(20, 200), rebuilds=200, engines=100, starts=3, peers=10)
MILLION = 1_000_000


def stages(count: int, repeat: int) -> dict[str, Any]:
    """The stages on a corpus of each kind; ``sources``: the stages of reading once more, no module of them compiled."""
    found = {}
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as scratch:
            write_folder(Path(scratch), documents(count, SEED, kind))
            found[kind] = measured(Path(scratch), repeat)
            found[kind]["sources"] = measured(Path(scratch), repeat, READING, compiled=False)
    return found


def measures(plan: Plan, limit: float, found: Mapping[str, Any]) -> dict[str, Callable[[], Any]]:
    """Every measure by name, in the order they are taken; ``found`` fills with what they measure."""
    return {
        "stages": lambda: stages(plan.stages, plan.repeat),
        "peers": lambda: beside_peers(plan.peers, plan.repeat),
        "start_up": lambda: start_up(plan.starts),
        "engines": lambda: engines(plan.engines, limit),
        "rebuilds": lambda: rebuilds(plan.rebuilds, limit),
        "growth": lambda: growth(plan.growth, plan.repeat, limit, {plan.rebuilds: found["rebuilds"]["first"]}),
    }


def main() -> None:
    """Measure the pipeline, alone and beside its peers."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.run", description=main.__doc__)
    options.add_argument("--quick", action="store_true", help="small corpora and few runs")
    options.add_argument("--million", action="store_true", help="nothing but a build of a million documents, once")
    options.add_argument("--limit", type=float, default=3 * 3600, help="seconds after which a build is given up")
    options.add_argument("--note", default="", help="what to say of the machine in the report")
    given = options.parse_args()
    if given.million:
        _keep(MILLIONTH, {"machine": machine(), "seed": SEED, **single(MILLION, given.limit)})
        report.write()
        return
    plan = QUICK if given.quick else FULL
    found: dict[str, Any] = {"quick": given.quick, "note": given.note, "machine": machine(), "seed": SEED}
    for name, measure in measures(plan, given.limit, found).items():
        print(f"{name} ...", file=sys.stderr, flush=True)
        found[name] = measure()
        # Kept after each measure: an hour of work is not lost with the last of them, and the last run stays whole until then.
        _keep(SO_FAR, found)
    _keep(RESULTS, found)
    report.write()


def _keep(path: Path, found: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
