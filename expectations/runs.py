"""The longest run of words that published texts share with others: exact, in one pass over those others, in bounded memory.

A Chinese character is a word, and so is a stretch of Latin letters and digits that holds a letter (GDP, 5G). Numerals, marks,
blanks and the like do not count and do not end a run; width, case and Traditional script make no difference. Every word becomes a
number, every ``n`` words in a row one rolling hash: equal words have equal hashes, so no run is missed, and a hash that
is found is compared word by word, so none is made up.

The index holds the published words only and asks at first for runs of :data:`SHORTEST`. Each longer run that is found raises
what it asks for, so that it grows with the published words, time with both, and nothing with the number of shared phrases.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from pipeline.clean.script import dictionary

Words = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
Key = TypeVar("Key")

SHORTEST = 8
"""Shorter runs are phrases of the language (数字经济核心产业) and are not looked for."""
END = "\0"
"""Stands between texts that do not go on from one another; a run never crosses it."""
CHUNK = 1 << 20
"""Characters looked at in one go."""
OVERLAP = 8_192
"""Characters that two chunks share: a run is told in full up to this length."""
OTHERS_END, PUBLISHED_END = np.uint64(1), np.uint64(2)
"""Two numbers, so that an end matches nothing."""
BASE = 0x9E3779B97F4A7C15
SINGLE, LETTER, DIGIT = 1, 2, 3
KNOWN = 0x33000
"""Code points from here on are no letters of any text we read."""


def words_of(text: str) -> Words:
    """The words of a text as numbers, with :data:`OTHERS_END` where :data:`END` stands.

    >>> len(words_of("到2025年，建成5G基站300个。")), words_of("數字ＧＤＰ").tolist() == words_of("数字 gdp").tolist()
    (8, True)
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds, values = _characters()
    known = np.minimum(points, KNOWN - 1)
    kind, value = kinds[known], values[known]
    inside = kind >= LETTER
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    if begins.any():
        starts = np.flatnonzero(begins[inside])
        letters = np.add.reduceat((kind[inside] == LETTER).astype(np.int64), starts)
        at = np.arange(int(inside.sum())) - np.repeat(starts, np.diff(np.append(starts, inside.sum())))
        spelled = np.add.reduceat(value[inside] * _powers(int(at.max()) + 1)[0][: int(at.max()) + 1][at], starts)
        value[begins] = spelled
        begins[np.flatnonzero(begins)[letters == 0]] = False
    found: Words = value[(kind == SINGLE) | begins]
    return found


@cache
def _characters() -> tuple[npt.NDArray[np.uint8], Words]:
    """What each code point is (0 where it does not count), and its number after width, case and script are made equal."""
    kinds, folded = np.zeros(KNOWN, np.uint8), np.zeros(KNOWN, np.uint64)
    simplified = dictionary("TSCharacters.txt")
    for point in range(KNOWN):
        character = unicodedata.normalize("NFKC", chr(point)).lower()
        character = simplified.get(character, character)
        if len(character) != 1:
            continue
        # Letters of scripts that put no blank between words, from kana to the last of the Chinese characters.
        if character.isalpha():
            kinds[point] = SINGLE if ord(character) >= 0x3040 else LETTER
        elif character.isdecimal():
            kinds[point] = DIGIT
        folded[point] = ord(character)
    values = _mixed(folded)
    kinds[ord(END)], values[ord(END)] = SINGLE, OTHERS_END
    return kinds, values


def _mixed(values: Words) -> Words:
    """Numbers that are near one another, far apart (the finaliser of splitmix64)."""
    mixed = values + np.uint64(BASE)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    found: Words = mixed ^ (mixed >> np.uint64(31))
    return found


@cache
def _powers_to(size: int) -> tuple[Words, Words]:
    inverse = pow(BASE, -1, 1 << 64)
    rows = []
    for base in (BASE, inverse):
        row = np.full(size, base, np.uint64)
        row[0] = 1
        rows.append(np.cumprod(row, dtype=np.uint64))
    return rows[0], rows[1]


def _powers(least: int) -> tuple[Words, Words]:
    """Powers of the base and of its inverse modulo 2^64, at least so many."""
    return _powers_to(1 << max(21, least.bit_length()))


class Rolling:
    """Hashes of ``n`` words in a row, for any ``n`` and at any places, from one sum over the words."""

    def __init__(self, words: Words) -> None:
        self.words = words
        powers, self._inverse = _powers(len(words) + 1)
        self._sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(words * powers[: len(words)], dtype=np.uint64)])

    def at(self, places: Places, n: int) -> Words:
        """Hashes of the ``n`` words from each place on."""
        found: Words = (self._sums[places + n] - self._sums[places]) * self._inverse[places]
        return found

    def everywhere(self, n: int) -> Words:
        """Hashes at every place from which ``n`` words are left."""
        last = len(self.words) - n + 1
        if last <= 0:
            return np.zeros(0, np.uint64)
        found: Words = (self._sums[n:] - self._sums[:last]) * self._inverse[:last]
        return found


def _stretches(words: Words, end: np.uint64) -> tuple[Places, Places]:
    """Where each stretch between two ends begins, and how long it is; empty ones are left out."""
    ends = np.flatnonzero(words == end)
    starts = np.concatenate([[0], ends + 1]).astype(np.int64)
    lengths = np.concatenate([ends, [len(words)]]).astype(np.int64) - starts
    return starts[lengths > 0], lengths[lengths > 0]


class Facts:
    """Texts that may be passed on wherever they stand (a title, an address), so that they are no part of any run.

    Those shorter than :data:`SHORTEST` are left alone: they make no run, and taken out of a sentence they would hide it.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        words = words_of(END.join(text.replace(END, " ") for text in texts))
        starts, lengths = _stretches(words, OTHERS_END)
        rolling = Rolling(words)
        self._hashes: dict[int, Words] = {}
        for length in np.unique(lengths).tolist():
            if length >= SHORTEST:
                self._hashes[length] = np.sort(rolling.at(starts[lengths == length], length))

    def without(self, words: Words) -> Words:
        """Published words with an end in the place of each fact, and without stretches that are too short for a run."""
        words = np.where(words == OTHERS_END, PUBLISHED_END, words)
        rolling = Rolling(words)
        covered = np.zeros(len(words) + 1, np.int64)
        for length, hashes in self._hashes.items():
            places = np.flatnonzero(_among(rolling.everywhere(length), hashes))
            np.add.at(covered, places, 1)
            np.add.at(covered, places + length, -1)
        words[np.cumsum(covered[:-1]) > 0] = PUBLISHED_END
        starts, lengths = _stretches(words, PUBLISHED_END)
        kept = lengths >= SHORTEST
        parts = [words[start : start + length + 1] for start, length in zip(starts[kept], lengths[kept], strict=True)]
        return np.concatenate([*parts, [PUBLISHED_END]]).astype(np.uint64)


def _among(hashes: Words, known: Words) -> npt.NDArray[np.bool_]:
    """Which of the hashes are among the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(hashes), np.bool_)
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    found: npt.NDArray[np.bool_] = known[places] == hashes
    return found


@dataclass
class Shared:
    """Published words, the longest run found in them so far, and the text it was found in."""

    rolling: Rolling
    longest: int = SHORTEST - 1
    found_in: str | None = None
    asked: Words = field(default_factory=lambda: np.zeros(0, np.uint64))

    def __post_init__(self) -> None:
        self.ask()

    def ask(self) -> None:
        """From now on look for runs that are longer by one."""
        self.asked = np.sort(self.rolling.everywhere(self.longest + 1))

    def run_of(self, others: Rolling, places: Places) -> tuple[int, int]:
        """Length of a run longer than the longest, and the place in the other words where it begins; (0, 0) for none."""
        length = self.longest + 1
        hashes = others.at(places, length)
        for hit in np.flatnonzero(_among(hashes, self.asked)):
            place = int(places[hit])
            for at in np.flatnonzero(self.rolling.everywhere(length) == hashes[hit]):
                run = _equal(others.words[place:], self.rolling.words[at:])
                if run >= length:
                    return run, place
        return 0, 0


class Index(Generic[Key]):
    """What was published, by file or column, and the longest run of each that the texts looked at hold too."""

    def __init__(self, published: Mapping[Key, Words]) -> None:
        self._shared = {key: Shared(Rolling(words)) for key, words in published.items() if len(words) >= SHORTEST}
        total = sum(len(shared.asked) for shared in self._shared.values())
        bits = min(max((total * 16).bit_length(), 16), 26)
        self._shift = np.uint64(64 - bits)
        self._seeds = np.zeros(1 << bits, np.bool_)
        for shared in self._shared.values():
            self._seeds[shared.asked >> self._shift] = True

    def longest(self) -> dict[Key, tuple[int, str | None]]:
        """Words of the longest run by file or column, and the name of a text that holds it; those without a run are left out."""
        return {key: (shared.longest, shared.found_in) for key, shared in self._shared.items() if shared.found_in}

    def look(self, texts: Iterable[tuple[str, str]]) -> None:
        """Look at texts, each with its name. Neighbours of one name go on from one another."""
        if self._shared:
            for names, text in _chunks(texts):
                self._look(words_of(text), names)

    def _look(self, words: Words, names: Sequence[str]) -> None:
        rolling = Rolling(words)
        seeds = self._seeds[rolling.everywhere(SHORTEST) >> self._shift]
        counted = np.concatenate([[0], np.cumsum(seeds)])
        places: dict[int, Places] = {}
        for shared in self._shared.values():
            while True:
                length = shared.longest + 1
                if length not in places:
                    # A run of this length holds so many seeds in a row: few places are left to hash.
                    inside = length - SHORTEST + 1
                    places[length] = np.flatnonzero(
                        counted[inside:] - counted[: max(len(counted) - inside, 0)] == inside
                    )
                run, at = shared.run_of(rolling, places[length])
                if run < length:
                    break
                shared.longest, shared.found_in = run, names[int((words[:at] == OTHERS_END).sum())]
                shared.ask()


def _equal(first: Words, second: Words) -> int:
    """How many words two texts begin with in common."""
    most = min(len(first), len(second))
    differ = np.flatnonzero(first[:most] != second[:most])
    return int(differ[0]) if len(differ) else most


def _chunks(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[list[str], str]]:
    """Texts joined to chunks: the names in them in order, and the text with an end between two names."""
    names: list[str] = []
    parts: list[str] = []
    size = 0
    for name, text in texts:
        for start in range(0, max(len(text), 1), CHUNK):
            if not names or names[-1] != name:
                parts.append(END if names else "")
                names.append(name)
            ended = "\n" if start + CHUNK >= len(text) else ""
            parts.append(text[start : start + CHUNK].replace(END, " ") + ended)
            size += len(parts[-1])
            if size >= CHUNK:
                whole = "".join(parts)
                yield names, whole
                tail = whole[-OVERLAP:]
                names, parts, size = names[-1 - tail.count(END) :], [tail], len(tail)
    if names:
        yield names, "".join(parts)
