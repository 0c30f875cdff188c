"""Traditional characters to simplified ones, by the dictionaries of opencc-python-reimplemented (t2s) and a small overlay.

Only t2s: the conversions by phrases of Taiwan rewrite mainland words. All its entries keep the length, so each changed
character is an edit of its own and keeps its own place in the raw text.

The package walks a tree for each piece of text, slowly, and not at all through very long pieces. What it computes is
simple: of all occurrences of dictionary phrases it takes the longest, leftmost among equals, never two that overlap, and
then each remaining character by itself. That is done here directly; a test holds the two against each other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from pipeline.clean.marks import LINE
from pipeline.clean.text import Edit
from pipeline.contract.seed import seed_rows
from pipeline.ingest.script import dictionary_lines, script_characters


@dataclass(frozen=True)
class Converter:
    """Dictionaries of phrases, the first one weightier than the second, and a table of characters."""

    phrases: tuple[Mapping[str, str], ...]
    characters: Mapping[int, str]

    def convert(self, text: str) -> str:
        """``text`` converted; it keeps its length."""
        converted = list(text.translate(self.characters))
        for start, end, value in self._accepted(text):
            converted[start:end] = value
        return "".join(converted)

    def _accepted(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Occurrences of phrases that win over those they overlap."""
        cluster: list[tuple[int, int, int]] = []  # (dictionary, -length, start)
        reached = 0
        for found in self._occurrences(text):
            start, end = found[2], found[2] - found[1]
            if cluster and start >= reached:
                yield from self._winners(cluster, text)
                cluster = []
            cluster.append(found)
            reached = max(reached, end) if len(cluster) > 1 else end
        yield from self._winners(cluster, text)

    def _occurrences(self, text: str) -> Iterator[tuple[int, int, int]]:
        pattern, lengths = _finder(frozenset(key for phrases in self.phrases for key in phrases))
        for match in pattern.finditer(text):
            start = match.start()
            for length in lengths[text[start]]:
                key = text[start : start + length]
                for number, phrases in enumerate(self.phrases):
                    if key in phrases:
                        yield number, -len(key), start

    def _winners(self, cluster: list[tuple[int, int, int]], text: str) -> Iterator[tuple[int, int, str]]:
        taken: set[int] = set()
        for number, minus_length, start in sorted(set(cluster)):
            places = range(start, start - minus_length)
            if taken.isdisjoint(places):
                taken.update(places)
                yield start, places.stop, self.phrases[number][text[start : places.stop]]


@cache
def _finder(keys: frozenset[str]) -> tuple[re.Pattern[str], dict[str, tuple[int, ...]]]:
    """A pattern for places where a key can begin, told by its first two characters, and the lengths of the keys by their
    first character. An alternation of all keys takes twenty times as long, and the keys are looked up anyway."""
    lengths: dict[str, set[int]] = {}
    for key in keys:
        lengths.setdefault(key[0], set()).add(len(key))
    firsts, seconds = (_characters_of(key[at] for key in keys if len(key) > 1) for at in (0, 1))
    alone = _characters_of(key for key in keys if len(key) == 1)
    pattern = re.compile(f"{firsts}(?={seconds})|{alone}")
    return pattern, {first: tuple(sorted(found)) for first, found in lengths.items()}


def _characters_of(found: Iterable[str]) -> str:
    """A class of characters; where there are none, what matches nothing."""
    inside = "".join(map(re.escape, sorted(set(found))))
    return f"[{inside}]" if inside else r"(?!)"


@cache
def package_converter() -> Converter:
    """The package's own t2s."""
    return Converter((dictionary("TSPhrases.txt"),), _characters())


@cache
def overlaid_converter(without: frozenset[str] = frozenset()) -> Converter:
    """t2s with ``script_overlay.csv`` laid over it; rows bound to the absence of a character that is in ``without``."""
    rows = [row for row in seed_rows("script_overlay") if not row["only_without"] or row["only_without"] in without]
    overlay = {row["traditional"]: row["simplified"] for row in rows}
    return Converter((overlay, dictionary("TSPhrases.txt")), _characters())


def script_edits(text: str, script: str) -> list[Edit]:
    """Edits, rule ``t2s``, to simplified characters: all lines of a text whose ``script`` is Hant, those lines of a mixed
    one that hold more Traditional characters than simplified ones, none of another. A stray character is left: in a
    simplified text it is a scanning fault or a name.

    >>> [(edit.start, edit.replacement) for edit in script_edits("隨著數字化", "Hant")]
    [(0, '随'), (1, '着'), (2, '数')]
    >>> script_edits("昇腾芯片", "Hans")
    []
    """
    if script not in ("Hant", "mixed"):
        return []
    converter = overlaid_converter(frozenset(_absent(text)))
    if script == "Hant":
        stretches: Iterable[tuple[int, int]] = [(0, len(text))]
    else:
        stretches = (match.span() for match in LINE.finditer(text) if _mostly_traditional(match.group()))
    edits = []
    for start, end in stretches:
        line = text[start:end]
        for place, (before, after) in enumerate(zip(line, converter.convert(line), strict=True), start):
            if before != after:
                edits.append(Edit(place, place + 1, after, "t2s"))
    return edits


def _absent(text: str) -> Iterator[str]:
    """Characters that rows of the overlay want absent and that are absent."""
    for row in seed_rows("script_overlay"):
        if row["only_without"] and row["only_without"] not in text:
            yield row["only_without"]


def _mostly_traditional(line: str) -> bool:
    known = script_characters()
    return sum(c in known.hant for c in line) > sum(c in known.hans for c in line)


@cache
def dictionary(name: str) -> dict[str, str]:
    """Phrases of a dictionary of the package; those that hold a separator of its own can never match there."""
    separators = OpenCC("t2s").split_chars_re
    pairs = (line.strip().split("\t") for line in dictionary_lines(name) if "\t" in line)
    return {key: value.split(" ")[0] for key, value in pairs if not separators.search(key)}


@cache
def _characters() -> dict[int, str]:
    return {ord(key): value for key, value in dictionary("TSCharacters.txt").items()}
