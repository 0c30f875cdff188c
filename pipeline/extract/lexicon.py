"""The long word lists that whole texts are searched for: places, organisations, the suffixes of names, the marks of times; and numerals.

The texts of a batch are searched list by list, not text by text: the table of one list stays in the processor's cache while it
goes through them all, and the search takes a quarter of the time.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.extract.names import known_hits, suffix_hits
from pipeline.extract.places import place_hits
from pipeline.extract.time_marks import time_marks


class Sought(NamedTuple):
    """What one text holds of each list: (number of the word, start, end), but of times where their marks stand, and of numerals
    their characters; None of a text alone, for which NumPy is not loaded."""

    places: list[tuple[int, int, int]]
    known: list[tuple[int, int, int]]
    suffixes: list[tuple[int, int, int]]
    times: list[int]
    numerals: list[int] | None


def seek(texts: Sequence[str]) -> list[Sought]:
    """What each of the texts holds."""
    places = [place_hits(text) for text in texts]
    known = [known_hits(text) for text in texts]
    suffixes = [suffix_hits(text) for text in texts]
    times = [time_marks(text) for text in texts]
    numerals = _numerals(texts) if len(texts) > 1 else [None]
    return [Sought(*found) for found in zip(places, known, suffixes, times, numerals[: len(texts)], strict=True)]


def _numerals(texts: Sequence[str]) -> Sequence[list[int] | None]:
    from pipeline.extract.numeral_marks import numeral_places

    return numeral_places(texts)
