"""The matrix of mutants: what was killed of what was applied, for each published table and kind of fault, and its page."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from pipeline.contract import PUBLISHED
from pipeline.contract.paths import ROOT
from tests.mutants.judge import BOUNDED
from tests.mutants.operators import KINDS

HERE = ROOT / "tests" / "mutants"
MATRIX, REASONS, PAGE = HERE / "matrix.csv", HERE / "reasons.csv", ROOT / "docs" / "mutants.md"

NO_SURVIVOR = ("value x10", "value x10,000", "万 for 亿", "offsets shifted", "unit swapped", "key doubled")
OF_TABLES = ("claims", "observations")
"""Kinds of which none may survive in these tables."""
LEAST = 0.95
"""Part of all mutants that must be killed."""


@dataclass(frozen=True)
class Cell:
    """How many mutants of a kind were applied to a table and killed; ``everywhere``: by rules that look at every row."""

    table: str
    kind: str
    applied: int
    killed: int
    everywhere: int


def shape() -> list[tuple[str, str]]:
    """(table, kind) of every cell, in order."""
    return [(table.name, kind.name) for table in PUBLISHED for kind in KINDS]


def read_matrix(path: Path = MATRIX) -> list[Cell]:
    """The committed matrix."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Cell(row["table"], row["kind"], int(row["applied"]), int(row["killed"]), int(row["everywhere"]))
            for row in csv.DictReader(lines)
        ]


def write_matrix(cells: Iterable[Cell], path: Path = MATRIX) -> None:
    """The matrix as a table of comma-separated values."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Cell)])
        writer.writerows(astuple(cell) for cell in cells)


def read_reasons(path: Path = REASONS) -> dict[tuple[str, str], str]:
    """Why mutants of a kind survive in a table, as people wrote it down."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {(row["table"], row["kind"]): row["reason"] for row in csv.DictReader(lines)}


def shortcomings(cells: Sequence[Cell], reasons: dict[tuple[str, str], str]) -> list[str]:
    """What the matrix lacks of what is demanded, in a line each."""
    found = []
    if [(cell.table, cell.kind) for cell in cells] != shape():
        found.append("the matrix has other tables or kinds than the contract and the operators: run `make mutants`")
    surviving = {(cell.table, cell.kind) for cell in cells if cell.killed < cell.applied}
    found += [f"{table}, {kind}: none may survive" for table, kind in sorted(surviving) if demanded(table, kind)]
    found += [
        f"{table}, {kind}: mutants survive without a reason" for table, kind in sorted(surviving - reasons.keys())
    ]
    found += [f"{table}, {kind}: a reason, and no survivor" for table, kind in sorted(reasons.keys() - surviving)]
    applied, killed = sum(cell.applied for cell in cells), sum(cell.killed for cell in cells)
    if killed < LEAST * applied:
        found.append(f"{killed} of {applied} were killed, less than {LEAST:.0%}")
    return found


def demanded(table: str, kind: str) -> bool:
    """Whether no mutant of a kind may survive in a table."""
    return table in OF_TABLES and kind in NO_SURVIVOR


def page(cells: Sequence[Cell], reasons: dict[tuple[str, str], str]) -> str:
    """The page that shows the matrix."""
    by_place = {(cell.table, cell.kind): cell for cell in cells}
    applied, killed, everywhere = (
        sum(getattr(cell, name) for cell in cells) for name in ("applied", "killed", "everywhere")
    )
    head = ["table", *(kind.name for kind in KINDS)]
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    for table in PUBLISHED:
        lines.append(f"| {' | '.join([table.name, *(_shown(by_place[table.name, kind.name]) for kind in KINDS)])} |")
    told = [f"| {table} | {kind} | {reason} |" for (table, kind), reason in sorted(reasons.items())]
    kinds = [f"| {kind.name} | {_first_line(kind.sites.__doc__)} | {kind.needs} |" for kind in KINDS]
    return TEXT.format(
        applied=applied,
        killed=killed,
        share=f"{killed / applied:.1%}",
        everywhere=everywhere,
        part=f"{everywhere / applied:.1%}",
        **{name: _everywhere(cells, name) for name in OF_TABLES},
        demanded=", ".join(NO_SURVIVOR),
        bounded=", ".join(f"`{name}`" for name in sorted(BOUNDED)),
        matrix="\n".join(lines),
        survivors="\n".join(["| table | kind | why it survives |", "| --- | --- | --- |", *told]),
        kinds="\n".join(["| kind | fault | needs |", "| --- | --- | --- |", *kinds]),
    )


def _everywhere(cells: Sequence[Cell], table: str) -> str:
    told = [cell for cell in cells if cell.table == table]
    return f"{sum(cell.everywhere for cell in told)} of {sum(cell.applied for cell in told)}"


def _shown(cell: Cell) -> str:
    if not cell.applied:
        return "–"
    told = f"{cell.killed}/{cell.applied}"
    return told if cell.killed == cell.applied else f"**{told}**"


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0]


TEXT = """\
# Gates that are themselves tested

A gate that never goes red proves nothing. `make mutants` takes every published table of a green build (the bundled documents and
a few invented ones, which bring conflicts, originals and files that cannot be read), puts one fault into it, and asks the gates:
the table's own, and those of the tables whose gates read it. A mutant is *killed* when a check of severity error goes red. No
checksum, footer or manifest is asked: a fault must be seen by what is true of honest tables.

Of {applied:,} mutants {killed:,} are killed ({share}). {everywhere:,} ({part}) are killed by checks that look at every row of a
build of any size; in claims {claims}, in observations {observations}. The others need one of the rules that ask a stage again
({bounded}). Up to the bounds in `expectations/again.py` and
`expectations/compared.py` these see everything, of a larger build a part.

## Killed of applied

A dash: the kind does not apply, for the table holds nothing it needs.

{matrix}

## What survives

{survivors}

## The kinds

{kinds}

The figures stand in `tests/mutants/matrix.csv`, the operators in `tests/mutants/operators.py`. `make test` runs a smaller
sample on claims and observations. Of these kinds no mutant may survive there: {demanded}.
Of all others 95 % must be killed, and the page must be of the tables and kinds there are. A survivor needs a reason in
`tests/mutants/reasons.csv`; a reason that no survivor needs any more is red too.
"""
