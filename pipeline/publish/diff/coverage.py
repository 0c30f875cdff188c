"""Coverage in numbers: what the observations of two releases cover, and the rows of every table."""

from collections.abc import Iterable

from pipeline.contract import ALL
from pipeline.publish.diff.changes import differing
from pipeline.publish.diff.claims import Row
from pipeline.publish.diff.model import Coverage
from pipeline.publish.diff.observations import ASKED
from pipeline.publish.diff.pairs import Pairs

ANSWERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("indicators with a figure", ("indicator_id",)),
    ("places with a figure", ("region_id",)),
    ("series", ("series_id",)),
    ("series at a period", ASKED),
)
"""What the observations cover, and the columns that tell one from another."""


def coverage(pairs: Pairs) -> list[Coverage]:
    """What the observations cover, then every table that either release holds, in the contract's order."""
    sides = (pairs.old, pairs.new)
    declared = [table.name for table in ALL]
    others = sorted({name for side in sides for name in side.tables} - set(declared))
    tables = [name for name in (*declared, *others) if any(name in side.tables for side in sides)]
    return [*(_covered(pairs, *answer) for answer in ANSWERS), *(_counted(pairs, name) for name in tables)]


def _covered(pairs: Pairs, what: str, columns: tuple[str, ...]) -> Coverage:
    before, after = (_told(side.rows.get("observations", ()), columns) for side in (pairs.old, pairs.new))
    return Coverage(what, len(before), len(after), len(before - after), len(after - before), 0)


def _told(rows: Iterable[Row], columns: tuple[str, ...]) -> set[tuple[object, ...]]:
    found = {tuple(row.get(column) for column in columns) for row in rows}
    return {cells for cells in found if any(cell is not None for cell in cells)}


def _counted(pairs: Pairs, name: str) -> Coverage:
    found = pairs.of(name)
    lost, added = (sum(1 for pair in found if pair[side] is None) for side in (1, 0))
    changed = sum(1 for pair in found if None not in pair and differing(name, pair, pairs))
    return Coverage(name, len(found) - added, len(found) - lost, lost, added, changed)
