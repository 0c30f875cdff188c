"""Which of many expressions can match in a text: those of which it holds a word that every match needs, found in one pass.

Read are literal characters, groups, alternatives, character classes, quantifiers and lookarounds, as the word tables have them.
"""

import re
from collections.abc import Sequence
from functools import cached_property

import ahocorasick_rs

# A quantifier and whether it demands nothing is told by its first character; {1,2} counts as if it might.
QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
GROUP = re.compile(r"\((?:\?:|\?P<\w+>|(?P<look>\?<?[=!]))?")
CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\[A-Za-z0-9]|[.^$]")

Words = frozenset[str]


class Anchored:
    """Expressions by the words that they need."""

    def __init__(self, expressions: Sequence[str]) -> None:
        self._needed = [words_of(one) for one in expressions]

    @property
    def words(self) -> Words:
        """All words of which a text must hold one for any expression to match. ValueError where one needs none."""
        if self._always:
            raise ValueError("an expression matches without any word")
        return frozenset().union(*self._needed)

    @cached_property
    def _always(self) -> frozenset[int]:
        return frozenset(at for at, words in enumerate(self._needed) if not words)

    @cached_property
    def _owners(self) -> tuple[ahocorasick_rs.AhoCorasick, tuple[frozenset[int], ...]]:
        words = sorted(frozenset().union(*self._needed))
        owners = tuple(frozenset(at for at, needed in enumerate(self._needed) if word in needed) for word in words)
        return ahocorasick_rs.AhoCorasick(words), owners

    def present(self, text: str) -> list[int]:
        """Places of the expressions that may match, in order."""
        automaton, owners = self._owners
        found = {index for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)}
        return sorted(self._always.union(*(owners[index] for index in found)))


def words_of(expression: str) -> Words:
    """Words of which every match of an expression holds one; none where there are no such.

    >>> sorted(words_of("大数据(?:资源)?管理局|数据局")), sorted(words_of("(?<![基])甲(?:乙|丙丁)戊?")), words_of("[甲乙]?")
    (['大数据', '数据局'], ['甲'], frozenset())
    """
    words, end = _alternatives(expression, 0)
    if end != len(expression):
        raise ValueError(f"{expression}: a bracket closes that was never opened")
    return words


def _alternatives(text: str, at: int) -> tuple[Words, int]:
    """Words of a group's alternatives together, and where the group ends; none where one alternative has none."""
    found: list[Words] = []
    while True:
        words, at = _sequence(text, at)
        found.append(words)
        if at == len(text) or text[at] == ")":
            return frozenset().union(*found) if all(found) else frozenset(), at
        at += 1


def _sequence(text: str, at: int) -> tuple[Words, int]:
    """The surest words of one alternative, the longest ones, and where it ends."""
    found: list[Words] = []
    run = ""
    while at < len(text) and text[at] not in "|)":
        words: Words = frozenset()
        literal = ""
        if text[at] == "(":
            opening = GROUP.match(text, at)
            assert opening is not None
            words, at = _alternatives(text, opening.end())
            at += 1
            words = frozenset() if opening["look"] else words
        elif other := CLASS.match(text, at):
            at = other.end()
        else:
            at += text[at] == "\\"
            literal, at = text[at], at + 1
        quantifier = QUANTIFIER.match(text, at)
        at = quantifier.end() if quantifier else at
        needed = quantifier is None or quantifier[0][0] == "+"
        if literal and needed:
            run += literal
        if not literal or quantifier:
            found += [frozenset({run})] if run else []
            found += [words] if words and needed else []
            run = ""
    found += [frozenset({run})] if run else []
    return max(found, key=lambda one: min(map(len, one)), default=frozenset()), at
