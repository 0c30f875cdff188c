"""Claims of two releases in pairs: the same words of the same document.

A claim's key is its document and the offsets of its quote in the bytes as they were read, so while a file keeps its bytes the
key holds whatever code, tables and corrections do. In a revised file offsets move: there the words decide.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Row = dict[str, Any]
Pair = tuple[Row | None, Row | None]

WORDS = ("indicator_text", "measure", "basis", "statement", "period", "region_id", "subject_text", "quote", "numeral")
QUESTION = ("indicator_text", "measure", "basis", "statement", "period", "region_id", "subject_text")
TOPIC = ("indicator_text", "measure", "basis", "numeral")


def pair_claims(old: Iterable[Row], new: Iterable[Row], revised: frozenset[str]) -> list[Pair]:
    """Every claim once, with its partner or alone; documents in ``revised`` are paired by what the claims say."""
    before, after = _by_document(old), _by_document(new)
    found: list[Pair] = []
    for source_id in sorted(before.keys() | after.keys()):
        one, other = before.get(source_id, []), after.get(source_id, [])
        steps = [_said(WORDS), _said(QUESTION), _said(TOPIC)] if source_id in revised else [_said(("claim_id",))]
        for step in steps:
            pairs, one, other = _match(one, other, step)
            found += pairs
        if source_id not in revised:
            pairs, one, other = _overlapping(one, other)
            found += pairs
        found += [(row, None) for row in one] + [(None, row) for row in other]
    return found


def _by_document(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["source_id"]].append(row)
    return {
        source_id: sorted(group, key=lambda row: (row["raw_start"], row["raw_end"]))
        for source_id, group in found.items()
    }


def _said(columns: Sequence[str]) -> Callable[[Row], tuple[Any, ...]]:
    return lambda row: tuple(row.get(column) for column in columns)


def _match(
    old: Sequence[Row], new: Sequence[Row], key: Callable[[Row], tuple[Any, ...]]
) -> tuple[list[Pair], list[Row], list[Row]]:
    """Pairs that agree in a key, in the order of the documents, and what is left of both."""
    waiting: defaultdict[tuple[Any, ...], deque[Row]] = defaultdict(deque)
    for row in new:
        waiting[key(row)].append(row)
    pairs: list[Pair] = []
    left = []
    for row in old:
        if waiting[key(row)]:
            pairs.append((row, waiting[key(row)].popleft()))
        else:
            left.append(row)
    taken = {id(other) for _, other in pairs}
    return pairs, left, [row for row in new if id(row) not in taken]


def _overlapping(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Pair], list[Row], list[Row]]:
    """Claims of one text whose quotes share a character: the same figure, read with other borders."""
    pairs: list[Pair] = []
    left, free = [], list(new)
    for row in old:
        partner = next((n for n in free if n["raw_start"] < row["raw_end"] and n["raw_end"] > row["raw_start"]), None)
        if partner is None:
            left.append(row)
        else:
            pairs.append((row, partner))
            free.remove(partner)
    return pairs, left, free
