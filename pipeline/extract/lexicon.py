"""The word lists that whole texts are searched for: places, organisations, the suffixes of names, the marks of times, the words
without which no clause tells of a firm or sight; and numerals.

One automaton holds the words of all lists, since a search costs its way through the text, whatever it finds. Texts of a batch are
searched one right after another: the table then stays in the processor's cache.
"""

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import ahocorasick_rs

from pipeline.extract.names import known_names, name_suffixes
from pipeline.extract.operators import FIRMS
from pipeline.extract.places import place_names
from pipeline.extract.subjects import signs
from pipeline.extract.time_marks import marks

if TYPE_CHECKING:
    from pipeline.extract.numeral_marks import Numerals

Hit = tuple[int, int, int]
"""The number of a word in its list, and where it starts and ends."""


_START, _END = itemgetter(1), itemgetter(2)


class Sought(NamedTuple):
    """What one text holds of each list. Places: all, of those that begin together the longest first; known names and suffixes of
    names: the first and longest of those that overlap; numerals: None of a text alone, for which NumPy is not loaded; the others:
    where they begin, in order."""

    places: list[Hit]
    known: list[Hit]
    suffixes: list[Hit]
    times: list[int]
    operators: list[int]
    signs: list[int]
    carried_signs: list[int]
    numerals: "Numerals | None"


LISTS: tuple[Callable[[], Sequence[str]], ...] = (
    place_names,
    known_names,
    name_suffixes,
    marks,
    lambda: FIRMS,
    lambda: signs(False),
    lambda: signs(True),
)
"""The words of each list, in the order of ``Sought``."""


@cache
def _homes() -> dict[str, tuple[tuple[int, int], ...]]:
    """Of each word the lists it stands in, in the order of ``Sought``, with its number there."""
    homes: dict[str, list[tuple[int, int]]] = {}
    for at, words in enumerate(LISTS):
        for number, word in enumerate(words()):
            homes.setdefault(word, []).append((at, number))
    return {word: tuple(homes[word]) for word in sorted(homes)}


@cache
def _automaton(many: bool) -> ahocorasick_rs.AhoCorasick:
    """For many texts the one that is faster, and takes three times as long to build."""
    kinds = ahocorasick_rs.Implementation
    return ahocorasick_rs.AhoCorasick(list(_homes()), implementation=kinds.DFA if many else kinds.ContiguousNFA)


def seek(texts: Sequence[str]) -> list[Sought]:
    """What each of the texts holds."""
    automaton, homes = _automaton(len(texts) > 1), tuple(_homes().values())
    found = [automaton.find_matches_as_indexes(text, overlapping=True) for text in texts]
    numerals = _numerals(texts) if len(texts) > 1 else [None] * len(texts)
    return [_dealt(hits, homes, marked) for hits, marked in zip(found, numerals, strict=True)]


def _numerals(texts: Sequence[str]) -> "Sequence[Numerals | None]":
    from pipeline.extract.numeral_marks import numerals_of

    return numerals_of(texts)


def _dealt(hits: list[Hit], homes: tuple[tuple[tuple[int, int], ...], ...], numerals: "Numerals | None") -> Sought:
    """The hits of one text by list."""
    lists: list[list[Hit]] = [[] for _ in LISTS]
    hits.sort(key=_END, reverse=True)
    hits.sort(key=_START)
    for word, start, end in hits:
        for at, number in homes[word]:
            lists[at].append((number, start, end))
    places, known, suffixes, *others = lists
    times, operators, firms, carried = ([start for _, start, _ in one] for one in others)
    return Sought(places, _apart(known), _apart(suffixes), times, operators, firms, carried, numerals)


def _apart(hits: list[Hit]) -> list[Hit]:
    """Of hits that overlap the first and longest."""
    kept: list[Hit] = []
    free = 0
    for hit in hits:
        if hit[1] >= free:
            kept.append(hit)
            free = hit[2]
    return kept
