"""The tables that get the faults: those of a green build of the bundled documents and of a few invented ones beside them.

The invented ones bring what the bundled ones lack: figures in conflict, files that cannot be read, originals.
"""

import shutil
from pathlib import Path

import pyarrow as pa

from assets.build import build
from assets.workspace import Workspace
from pipeline.contract import ALL
from pipeline.contract.paths import ROOT, SEEDS

CORPUS = ROOT / "tests" / "mutants" / "corpus"
REGISTRY = "sources.csv"


def green_tables(root: Path) -> dict[str, pa.Table]:
    """All tables by name, as the stages made them. ``root``: an empty folder to build in. RuntimeError for a red build."""
    sources = root / "in"
    for folder in (SEEDS, CORPUS):
        shutil.copytree(folder / "documents", sources / "documents", dirs_exist_ok=True)
    rows = [(folder / REGISTRY).read_text(encoding="utf-8").splitlines() for folder in (SEEDS, CORPUS)]
    if rows[0][0] != rows[1][0]:
        raise RuntimeError("the two registries name other columns")
    (sources / REGISTRY).write_text("\n".join([*rows[0], *rows[1][1:]]) + "\n", encoding="utf-8")
    outcome = build(sources, root / "out", root / "work")
    if not outcome.success:
        raise RuntimeError("; ".join(outcome.failures))
    workspace = Workspace(sources, root / "work", root / "out")
    return {table.name: workspace.peek(table.name) for table in ALL}
