"""Cue words of a table found in one pass, longest first."""

from functools import cache
from typing import Final

import ahocorasick_rs

from pipeline.contract.seed import seed_rows


class Hit:
    """A cue word at ``start``-``end`` of the text searched; ``row`` is its row of the table."""

    def __init__(self, start: int, end: int, word: str, row: dict[str, str]) -> None:
        self.start: Final = start
        self.end: Final = end
        self.word: Final = word
        self.row: Final = row


@cache
def _matcher(table: str) -> tuple[ahocorasick_rs.AhoCorasick, tuple[dict[str, str], ...]]:
    rows = tuple(sorted(seed_rows(table), key=lambda row: row["word"]))
    words = [row["word"] for row in rows]
    return ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), rows


def hits(table: str, text: str) -> list[Hit]:
    """Cue words of ``seeds/tables/<table>.csv`` (column ``word``) in the text, leftmost and longest, not overlapping."""
    matcher, rows = _matcher(table)
    return [Hit(start, end, rows[i]["word"], rows[i]) for i, start, end in matcher.find_matches_as_indexes(text)]
