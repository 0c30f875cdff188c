"""Declared corrections of scanning faults: rows of ``seeds/corrections.yaml``, applied on exact context.

Nothing is corrected by guess: a row tells the document, the characters before and after the fault, what it should be and
what proves it. Where nothing decides what a figure was, ``right`` is null and the text stays; the claim is then marked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from pipeline.clean.text import Edit
from pipeline.contract.codes import codes_of
from pipeline.contract.paths import SEEDS

FILE = SEEDS / "corrections.yaml"
REQUIRED = {"id", "source", "before", "wrong", "right", "after", "kind", "why", "hits_expected"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One row. ``hits_expected`` counts the places by edition (a code); to one that it does not name the row is not applied."""

    id: str
    source: str
    before: str
    wrong: str
    right: str | None
    after: str
    kind: str
    why: str
    hits_expected: Mapping[str, int]


@cache
def corrections() -> tuple[Correction, ...]:
    """All rows, in file order. Raises ValueError for a row that lacks a field, holds an unknown one, or is given twice."""
    rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return checked(rows["corrections"])


def checked(rows: Iterable[dict[str, Any]]) -> tuple[Correction, ...]:
    """Rows as corrections. Raises ValueError as ``corrections`` does."""
    found: list[Correction] = []
    for row in rows:
        name = row.get("id", "a row without id")
        if odd := row.keys() ^ REQUIRED:
            raise ValueError(f"corrections.yaml, {name}: missing or unknown: {', '.join(sorted(odd))}")
        if row["kind"] not in codes_of("correction_kind"):
            raise ValueError(f"corrections.yaml, {name}: {row['kind']} is no kind of correction")
        expected = row["hits_expected"]
        if not isinstance(expected, dict) or not expected or expected.keys() - codes_of("edition"):
            raise ValueError(f"corrections.yaml, {name}: hits_expected must give a number for an edition")
        if any(other.id == row["id"] and other.source == row["source"] for other in found):
            raise ValueError(f"corrections.yaml, {name}: given twice for {row['source']}")
        if not row["wrong"] or row["wrong"] == row["right"]:
            raise ValueError(f"corrections.yaml, {name}: it changes nothing")
        found.append(Correction(**row))
    return tuple(found)


def applicable(source_id: str, edition: str) -> tuple[Correction, ...]:
    """The corrections declared for a document."""
    return tuple(c for c in corrections() if c.source == source_id and edition in c.hits_expected)


def hits(text: str, correction: Correction) -> list[int]:
    """Offsets at which the faulty characters stand in their context."""
    context = correction.before + correction.wrong + correction.after
    found, at = [], text.find(context)
    while at >= 0:
        found.append(at + len(correction.before))
        at = text.find(context, at + len(context))
    return found


def correction_edits(text: str, correction: Correction) -> list[Edit]:
    """Edits, rule ``correction:<id>``, of the characters that differ; none where nothing decides what is right.

    >>> row = Correction("rate", "a", "达到", "9。0%", "90%", "", "number", "第二处作90%", {"digest": 1})
    >>> correction_edits("覆盖率达到9。0%", row)
    [Edit(start=6, end=7, replacement='', rule='correction:rate')]
    """
    wrong, right = correction.wrong, correction.right
    if right is None:
        return []
    head = 0
    while head < min(len(wrong), len(right)) and wrong[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(wrong), len(right)) - head and wrong[-1 - tail] == right[-1 - tail]:
        tail += 1
    replacement = right[head : len(right) - tail]
    return [
        Edit(at + head, at + len(wrong) - tail, replacement, f"correction:{correction.id}")
        for at in hits(text, correction)
    ]
