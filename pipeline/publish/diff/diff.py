"""Two releases held against one another: pairs of rows become changes, each with its cause, ranked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.contract.paths import ROOT
from pipeline.publish.diff.causes import Causes
from pipeline.publish.diff.changes import change, differing
from pipeline.publish.diff.coverage import coverage
from pipeline.publish.diff.model import KINDS, Change, Difference
from pipeline.publish.diff.origins import Origins
from pipeline.publish.diff.pairs import DERIVED, MASTER, Pairs
from pipeline.publish.diff.reasons import Reasons
from pipeline.publish.diff.schema import schema_changes
from pipeline.publish.diff.side import Side

ASKED_FIRST = ("claims", "observations")
SHOWN = ("observations", "claims", *DERIVED, "sources", "corrections", *MASTER)
"""Tables whose rows are told one by one, in this order; the others are counted."""


def difference(old: Side, new: Side, root: Path = ROOT) -> Difference:
    """The diff of two releases. ``root``: the clone in whose history the word tables are looked for."""
    pairs = Pairs(Origins(old, new, root))
    found = sorted(_changes(pairs), key=_rank)
    return Difference(old.label, new.label, tuple(schema_changes(old, new)), tuple(coverage(pairs)), tuple(found))


def _changes(pairs: Pairs) -> Iterator[Change]:
    reasons = Reasons(pairs, Causes(pairs.origins))
    for name in (*ASKED_FIRST, *(name for name in SHOWN if name not in ASKED_FIRST)):
        if name in pairs.old.tables and name in pairs.new.tables:
            found = [pair for pair in pairs.of(name) if differing(name, pair, pairs)]
            for pair, cause in zip(found, reasons.of(name, found), strict=True):
                yield change(name, pair, pairs, cause)


def _rank(one: Change) -> tuple[Any, ...]:
    """By kind; of changed values those that cannot be measured first, then the largest; then by table and key."""
    size = 0.0 if one.relative is None else -one.relative
    return (
        KINDS.index(one.kind),
        one.relative is not None,
        size,
        SHOWN.index(one.table),
        one.old_key or "",
        one.new_key or "",
    )
