"""Many patterns searched for in one text, each tried only where it can begin.

Eighty patterns searched for one by one took 1.6 µs a character, two thirds of the time of reading figures. Nearly all begin
with a numeral or a rare character, so one scan finds such places, and the characters there (one before, two from there on,
and the one behind the digits) leave few patterns to try: at most places none, 0.1 µs a character in all.

A pattern of which ``openings`` cannot tell how it begins is searched for by itself: slower, never wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.contract.late import Late
from pipeline.extract.openings import DIGITS, OVER, Look, Way, any_of, behind, opening, past_digits

_FIGURE = re.compile("[0-9]+")
_MOST_KEPT = 1 << 15
"""Characters, and places of different kinds, that are kept in memory."""
# The kinds of the characters before a place, of its first and second one, and of what stands behind the digits that begin there.
_Kind = frozenset[Look]
_Place = tuple[_Kind, _Kind, _Kind, _Kind]
_NO_FIGURE = frozenset({OVER})


class Scanner:
    """Patterns that are searched for together."""

    def __init__(self, regexes: Sequence[str]) -> None:
        self._patterns = [Late(regex) for regex in regexes]  # a short text tries few
        self._count = len(regexes)
        self._ways = {number: found for number, regex in enumerate(regexes) if (found := opening(regex))}
        unknown = [number for number in range(len(regexes)) if number not in self._ways]
        marks = {number: mark for number in unknown if (mark := behind(regexes[number]))}
        self._behind = {number: re.compile(mark.regex) for number, mark in marks.items()}
        self._anywhere = [number for number in unknown if number not in marks]
        self._past = {number: past_digits(regexes[number]) for number in self._ways}
        self._by_first: dict[Look, list[tuple[int, Way]]] = defaultdict(list)
        for number, ways in self._ways.items():
            for way in ways:
                self._by_first[way.first or OVER].append((number, way))
        every = [way for ways in self._ways.values() for way in ways]
        self._places = re.compile(_places(every))
        told = (*self._past.values(), *(look for way in every for look in (*way.before, way.first, way.second)))
        self._kinds = _Kinds(look for look in dict.fromkeys(told) if look and look != OVER)
        self._fitting: dict[str, tuple[int, ...]] = {}  # by the characters at a place, then by their kinds
        self._alike: dict[_Place, tuple[int, ...]] = {}

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Start, end and number of the pattern of every match that ``finditer`` of each pattern gives; in no order."""
        found = [
            (match.start(), match.end(), number)
            for number in self._anywhere
            for match in self._patterns[number].finditer(text)
        ]
        reached = [0] * self._count  # where the last match of each ended: the next begins there or later
        fitting, patterns = self._fitting, self._patterns
        for number, marks in self._behind.items():
            for mark in marks.finditer(text):
                at = mark.end()
                if reached[number] <= at and (match := patterns[number].match(text, at)):
                    reached[number] = match.end()
                    found.append((at, match.end(), number))
        figure_end = 0
        for place in self._places.finditer(text):
            at = place.start()
            near, past = text[max(0, at - 1) : at + 2], None
            if text[at] in DIGITS:
                if at >= figure_end:
                    figure_end = _figure_end(text, at)
                past = text[figure_end : figure_end + 1]
                near += past
            numbers = fitting.get(near) if at else None
            for number in self._fit(text, at, near, past) if numbers is None else numbers:
                if reached[number] <= at and (match := patterns[number].match(text, at)):
                    reached[number] = match.end()
                    found.append((at, match.end(), number))
        return found

    def _fit(self, text: str, at: int, near: str, past: str | None) -> tuple[int, ...]:
        """The patterns that can begin at a place; ``near`` is what stands there, ``past`` what stands behind the digits that begin there."""
        kinds = self._kinds
        place = (
            kinds[text[max(0, at - 1) : at]],
            kinds[text[at]],
            kinds[text[at + 1 : at + 2]],
            _NO_FIGURE if past is None else kinds[past],
        )
        numbers = self._alike.get(place)
        if numbers is None:
            numbers = self._alike[place] = self._beginning(place)
        if at:
            if len(self._fitting) >= _MOST_KEPT:
                self._fitting.clear()
            self._fitting[near] = numbers
        return numbers

    def _beginning(self, place: _Place) -> tuple[int, ...]:
        """The patterns that can begin at places of a kind."""
        if len(self._alike) >= _MOST_KEPT:
            self._alike.clear()
        before, first, second, past = place
        fitting = {
            number
            for look in first
            for number, way in self._by_first.get(look, ())
            if before.issuperset(way.before) and (way.second in second or way.second in (None, OVER))
        }
        if past is not _NO_FIGURE:
            fitting = {number for number in fitting if self._past[number] is None or self._past[number] in past}
        return tuple(sorted(fitting))


class _Kinds(dict[str, _Kind]):
    """Of each character, and of none, which of some looks hold of it."""

    def __init__(self, looks: Iterable[Look]) -> None:
        super().__init__()
        self._holding: dict[str, set[Look]] = defaultdict(set)
        self._negated: set[Look] = set()
        for look in looks:
            for one in look.inside:
                self._holding[one].add(look)
            if look.negated:
                self._negated.add(look)

    def __missing__(self, character: str) -> _Kind:
        if len(self) >= _MOST_KEPT:
            self.clear()
        names = [character, *[r"\d"] * character.isdecimal(), *[r"\s"] * character.isspace()]
        named = set[Look]().union(*(self._holding.get(name, ()) for name in names))
        # A negated look holds of all characters that it does not name.
        held = frozenset(named ^ self._negated)
        self[character] = held
        return held


def _places(ways: Sequence[Way]) -> str:
    """An expression for the first character of all places where a match can begin: what may follow some need not be asked of
    them, of the others it is asked at once, since one class is found faster than many."""
    alone = any_of(way.first for way in ways if way.second in (None, OVER))
    first, second = any_of(way.first for way in ways), any_of(way.second for way in ways if way.second)
    if not first or not first.inside:
        return "(?!)"
    if not alone or not alone.inside or not second or not second.inside:
        return first.regex
    return f"{first.regex}(?:(?<={alone.regex})|(?={second.regex}))"


def _figure_end(text: str, at: int) -> int:
    figure = _FIGURE.match(text, at)
    return figure.end() if figure else at
