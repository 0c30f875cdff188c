"""``make mutants``: put faults into the tables of a green build and write down which of them the gates see.

python -m tests.mutants.run --each 20 --seed 1
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.contract import BY_NAME
from tests.mutants.base import green_tables
from tests.mutants.judge import Judge, Tables, remembering
from tests.mutants.matrix import PAGE, Cell, page, read_reasons, shape, shortcomings, write_matrix
from tests.mutants.operators import KINDS, Site, drawn


def survivors(
    judge: Judge, table: str, kind: str, most: int, seed: int, bounded_last: bool = True
) -> tuple[Cell, list[Site]]:
    """The cell of a table and a kind, and the mutants that no gate saw."""
    (asked,) = (one for one in KINDS if one.name == kind)
    sites = drawn(asked, BY_NAME[table], judge.tables, most, seed)
    killers = [judge.killer(table, site.faulty(), bounded_last) for site in sites]
    seen = [killer for killer in killers if killer]
    cell = Cell(table, kind, len(sites), len(seen), sum(not killer.bounded for killer in seen))
    return cell, [site for site, killer in zip(sites, killers, strict=True) if killer is None]


def cells(tables: Tables, most: int, seed: int) -> Iterator[Cell]:
    """Every cell of the matrix, told as it comes."""
    judge = Judge(tables)
    with remembering():
        for table, kind in shape():
            cell, alive = survivors(judge, table, kind, most, seed)
            if cell.applied:
                print(f"{table}, {kind}: {cell.killed} of {cell.applied}", flush=True)
            for site in alive:
                print(f"  survives: {site}", flush=True)
            yield cell


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the matrix and its page; 1 where they fall short of what is demanded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=20, help="mutants of a kind in a table")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as root:
        tables = green_tables(Path(root))
    found = list(cells(tables, given.each, given.seed))
    write_matrix(found)
    reasons = read_reasons()
    PAGE.write_text(page(found, reasons), encoding="utf-8")
    lacking = shortcomings(found, reasons)
    for line in lacking:
        print(line, file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
