"""Simplified or Traditional: the share of characters that only one of the two scripts has.

Which characters those are comes from the tables of the package that converts them (opencc-python-reimplemented), so that
"Traditional" means the same when a document is judged and when it is converted.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc

# Scanning faults and quotations put a few characters of the other script into any long document.
STRAY_SHARE = 0.02
# One stray character does not make a short document mixed.
FEW = 10
LAST_OF_PLANE = "\uffff"


@dataclass(frozen=True, slots=True)
class ScriptCharacters:
    """Characters that no text in the other script has."""

    hans: frozenset[str]
    hant: frozenset[str]


@cache
def script_characters() -> ScriptCharacters:
    """The two sets, from the character tables simplified → traditional and back; variants valid in both are in neither."""
    to_hant, to_hans = _table("STCharacters.txt"), _table("TSCharacters.txt")
    in_hans = set(to_hant).union(*to_hans.values())
    in_hant = set(to_hans).union(*to_hant.values())
    hans = {c for c, others in to_hant.items() if c not in others and c not in in_hant}
    hant = {c for c, others in to_hans.items() if c not in others and c not in in_hans}
    return ScriptCharacters(frozenset(hans), frozenset(hant))


def script_of(text: str) -> str:
    """Code of the list ``script``.

    >>> script_of("数字经济"), script_of("數字經濟"), script_of("2021"), script_of("数据與數據")
    ('Hans', 'Hant', 'none', 'mixed')
    """
    known = script_characters()
    hant = _count(known.hant, text)
    if not hant:  # as in nearly all texts: one simplified character tells the rest
        return "none" if known.hans.isdisjoint(text) else "Hans"
    hans = _count(known.hans, text)
    stray = min(hans, hant)
    if stray > STRAY_SHARE * (hans + hant) and not (stray == 1 and hans + hant > FEW):
        return "mixed"
    return "Hans" if hans > hant else "Hant"


def _count(characters: frozenset[str], text: str) -> int:
    """How many of the characters of a text are among these."""
    return sum(map(characters.__contains__, _candidates(characters).findall(text)))


@cache
def _candidates(characters: frozenset[str]) -> re.Pattern[str]:
    """A class of these characters; of all that stand beyond U+FFFF, since a class goes through those one by one."""
    return re.compile(f"[{''.join(sorted(c for c in characters if c <= LAST_OF_PLANE))}\U00010000-\U0010ffff]")


def dictionary_lines(name: str) -> list[str]:
    """The lines of a dictionary of the package: a character or phrase, a tab, what stands for it, by blanks."""
    return (Path(opencc.__file__).parent / "dictionary" / name).read_text(encoding="utf-8").splitlines()


def _table(name: str) -> dict[str, list[str]]:
    return {line[0]: line[2:].split(" ") for line in dictionary_lines(name) if line[1:2] == "\t"}
