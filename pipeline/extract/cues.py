"""Cue words of a table found in one pass, longest first."""

from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from pipeline.contract.seed import seed_rows


class Hit(NamedTuple):
    """A cue word at ``start``-``end`` of the text searched; ``row`` is its row of the table."""

    start: int
    end: int
    word: str
    row: dict[str, str]


@cache
def _matcher(table: str) -> tuple[ahocorasick_rs.AhoCorasick, tuple[dict[str, str], ...]]:
    rows = tuple(sorted(seed_rows(table), key=lambda row: row["word"]))
    words = [row["word"] for row in rows]
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), rows


def hits(table: str, text: str) -> list[Hit]:
    """Cue words of ``seeds/tables/<table>.csv`` (column ``word``) in the text, leftmost and longest, not overlapping."""
    matcher, rows = _matcher(table)
    return [Hit(start, end, rows[i]["word"], rows[i]) for i, start, end in matcher.find_matches_as_indexes(text)]
