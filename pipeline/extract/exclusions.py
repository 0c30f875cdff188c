"""Numerals that are no quantities: dates, headings, names, document numbers, words. Found once, before any unit is read.

Patterns are rows of ``seeds/tables/name_patterns.csv``, words rows of ``seeds/tables/lexical.csv``; names of places and
organisations that hold numerals (四平, 三一重工) come from the master data. Where two overlap, the one that begins first
holds, then the longer.
"""

import re
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.extract.plain_digits import with_plain_digits
from pipeline.extract.together import Scanner

NUMERAL_CHARACTERS = "0123456789〇零一二两三四五六七八九十百千万亿兆廿卅半"
DIGITS_AFTER_POINT = tuple("零〇一二三四五六七八九")
MASKED = "\ue000"
_SCALE_AFTER = Late(r"[百千万亿][零一二三四五六七八九十百千万亿多余几]|(?<=有一)[百千万亿]")
_DECIMAL_AFTER = re.compile(r"[零〇一二三四五六七八九十百]*\.[零〇一二三四五六七八九]")
_HAS_NUMERAL = re.compile(f"[{NUMERAL_CHARACTERS}]")
_NUMBER_BEFORE = re.compile(f"[{NUMERAL_CHARACTERS}.]$")


# Start, end counted down, the order of what found it, reason and rule: sorted so, the first of two that overlap holds.
_Candidate = tuple[int, int, int, str, str]
_AFTER_PATTERNS = 1 << 20


class Exclusion(NamedTuple):
    """A stretch whose numerals are no quantities. ``reason`` is a code of numeral_reason, ``rule`` the pattern's or word's name."""

    start: int
    end: int
    reason: str
    rule: str


@cache
def _patterns(plain: bool) -> tuple[Scanner, tuple[tuple[str, str], ...]]:
    """The patterns and, in their order, reason and rule. ``plain``: for texts whose digits are 0 to 9 alone."""
    rows = seed_rows("name_patterns")
    regexes = [with_plain_digits(row["regex"]) if plain else row["regex"] for row in rows]
    return Scanner(regexes), tuple((row["reason"], row["rule"]) for row in rows)


@cache
def _words(plain: bool) -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, str, str], ...]]:
    """The automaton and, in its order, word, reason and rule. ``plain``: of the kind that is slower to build and faster to search,
    for the many texts of a batch."""
    classifiers = {row["classifier"] for row in seed_rows("classifiers")}
    entries = {row["word"]: (row["reason"], "word") for row in seed_rows("lexical")}
    for row in seed_rows("regions"):
        for name in (row["name_zh"], row["name_short"], *row["aliases"].split("|")):
            if len(name) > 1 and _HAS_NUMERAL.search(name) and name[1:] not in classifiers:
                entries.setdefault(name, ("name", "place"))
    for row in seed_rows("organisations"):
        for name in (row["name_zh"], *row["aliases"].split("|")):
            if len(name) > 1 and _HAS_NUMERAL.search(name):
                entries.setdefault(name, ("name", "organisation"))
    words = tuple((word, *entries[word]) for word in sorted(entries))
    automaton = ahocorasick_rs.AhoCorasick(
        [word for word, _, _ in words],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.DFA if plain else None,
    )
    return automaton, words


def find_exclusions(folded: str, plain: bool = False) -> list[Exclusion]:
    """Exclusions of a folded text, in order, not overlapping; ``plain``: its digits are 0 to 9 alone."""
    kept: list[Exclusion] = []
    reached = 0
    for start, minus_end, _, reason, rule in sorted(_by_pattern(folded, plain) + _by_word(folded, plain)):
        if start >= reached:
            reached = -minus_end
            kept.append(Exclusion(start, reached, reason, rule))
    return kept


def _by_pattern(folded: str, plain: bool) -> list[_Candidate]:
    scanner, told = _patterns(plain)
    return [
        (start, -end, number, *told[number])
        for start, end, number in scanner.find(folded)
        if _HAS_NUMERAL.search(folded, start, end)
    ]


def _by_word(folded: str, plain: bool) -> list[_Candidate]:
    found: list[_Candidate] = []
    automaton, words = _words(plain)
    for index, start, end in automaton.find_matches_as_indexes(folded):
        word, reason, rule = words[index]
        # 万众 is a word, 3万众筹项目 holds the number 3万.
        if word[0] in NUMERAL_CHARACTERS and _NUMBER_BEFORE.search(folded[max(0, start - 1) : start]):
            continue
        # 下一 is a word, 下一百二十包 holds the number 一百二十.
        if word[-1] in DIGITS_AFTER_POINT and not word.startswith("统") and _SCALE_AFTER.match(folded, end):
            continue
        # 一三五 is a word, 一三五.八亿 a number.
        if _DECIMAL_AFTER.match(folded, end) and all(c in NUMERAL_CHARACTERS for c in word):
            continue
        # 一点 is a word, 一点三 a number.
        if word.endswith("点") and folded[end : end + 1] in DIGITS_AFTER_POINT:
            continue
        found.append((start, -end, _AFTER_PATTERNS, reason, rule))
    return found


def mask(folded: str, exclusions: list[Exclusion]) -> str:
    """The text with the numerals of all exclusions made unreadable, length unchanged."""
    if not exclusions:
        return folded
    parts, at = [], 0
    for exclusion in exclusions:
        parts.append(folded[at : exclusion.start])
        parts.append(_HAS_NUMERAL.sub(MASKED, folded[exclusion.start : exclusion.end]))
        at = exclusion.end
    parts.append(folded[at:])
    return "".join(parts)
