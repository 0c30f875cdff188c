"""Sentences that several documents print nearly to the letter."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain, islice
from typing import Any

from pipeline.normalise.model import Row
from pipeline.normalise.sources import Sources

# Sentences of two documents are one sentence printed twice where they share this part of their pairs of characters; short
# ones prove nothing, for everybody words them alike.
REPRINT = 0.8
SENTENCE = 30
# Sentences that one is held against at most, those with the rarest pairs in common first: of a goal that ten thousand documents
# repeat each in its own words, all pairs would be too many.
LOOKED_AT = 256

Pairs = frozenset[str]


class Printed:
    """Sentences as sets of pairs of characters, to be found by one that is nearly the same. ``common``: how many sentences have a
    pair.

    Two sets that share four fifths share a member among the first fifth of each, whatever the order, so only those that do
    are held against each other. The rarest first: sentences on one subject share its words, and few share what is rare.
    """

    def __init__(self, common: Mapping[str, int]) -> None:
        self._common = common
        self._sources: dict[Pairs, list[str]] = {}
        self._by_member: defaultdict[str, list[Pairs]] = defaultdict(list)

    def elsewhere(self, pairs: Pairs, source_id: str) -> bool:
        """Whether another document has a sentence nearly like it."""
        if any(other != source_id for other in self._sources.get(pairs, ())):
            return True
        near = chain.from_iterable(self._by_member.get(member, ()) for member in self._first(pairs))
        return any(
            other != source_id for one in islice(near, LOOKED_AT) if _alike(pairs, one) for other in self._sources[one]
        )

    def add(self, pairs: Pairs, source_id: str) -> None:
        """Keep a sentence. Of documents that print the same, two tell all that is asked."""
        if pairs not in self._sources:
            self._sources[pairs] = []
            for member in self._first(pairs):
                self._by_member[member].append(pairs)
        told = self._sources[pairs]
        if len(told) < 2 and source_id not in told:
            told.append(source_id)

    def _first(self, pairs: Pairs) -> list[str]:
        # One more than may be missing; another one for the rounding of floats.
        ordered = sorted(pairs, key=lambda pair: (self._common[pair], pair))
        return ordered[: len(pairs) - int(REPRINT * len(pairs)) + 1]


def reprints(claims: Iterable[Row], sources: Sources) -> set[str]:
    """Identifiers of the claims whose sentence an earlier document has nearly to the letter."""
    told = list(claims)
    if len({claim["source_id"] for claim in told}) < 2:
        return set()
    told.sort(key=lambda claim: _told_first(claim, sources))
    sentences = [(claim, pairs) for claim in told if (pairs := _pairs(claim["context"] or ""))]
    found: set[str] = set()
    printed = Printed(Counter(chain.from_iterable(pairs for _, pairs in sentences)))
    for claim, pairs in sentences:
        if printed.elsewhere(pairs, claim["source_id"]):
            found.add(claim["claim_id"])
        printed.add(pairs, claim["source_id"])
    return found


def _pairs(context: str) -> Pairs:
    """The pairs of a sentence; none of a short one."""
    sentence = "".join(re.findall(r"\w", context))
    return (
        frozenset(sentence[at : at + 2] for at in range(len(sentence) - 1))
        if len(sentence) >= SENTENCE
        else frozenset()
    )


def _told_first(claim: Row, sources: Sources) -> tuple[Any, ...]:
    source_id = claim["source_id"]
    return sources.published(source_id) or date.max, source_id, claim["raw_start"]


def _alike(one: Pairs, other: Pairs) -> bool:
    return len(one & other) >= REPRINT * len(one | other)
