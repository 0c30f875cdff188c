"""Many patterns searched for in one text, each tried only where it can begin.

Eighty patterns searched for one by one took 1.6 µs a character, two thirds of the time of reading figures. Nearly all begin
with a numeral or a rare character, so one scan finds such places, and the two characters there (and whether a digit stands
before them) leave a handful of patterns to try: 0.1 to 0.3 µs.

How a pattern can begin is read from the tree that Python's own parser makes of it. Where the tree holds something unknown
(another version of Python), that pattern is searched for by itself: slower, never wrong.
"""

import importlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

DIGITS = "0123456789"
_FIGURE = re.compile("[0-9]+")
_CLASSES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}
_WIDEST = 100
"""Characters of a range above which it narrows nothing down: any hanzi."""
_MOST_KEPT = 1 << 15
"""Places of different kinds whose patterns are kept in memory."""

# The inside of a class of characters; None is any character, OVER none: the part ends before.
_Class = str | None
OVER = ""
_Pairs = list[tuple[_Class, _Class]]


def opening(regex: str) -> tuple[str, str] | None:
    """The inside of a class of all characters with which a match can begin, and an expression for its first two; None
    where nearly any character will do, or none is needed.

    >>> opening(r"(?<!x)第?\\d{2}年|周末?")
    ('第\\\\d周', '[第][\\\\d]|[\\\\d][\\\\d]|[周]')
    >>> opening(r"[^第]年") is opening(r"(?:第\\d)?") is None
    True
    """
    try:
        tree = _parsed(regex)
        pairs, empty = _sequence(tree)
    except (ImportError, AttributeError, LookupError, TypeError, ValueError):
        return None
    if empty or tree.state.flags & ~(re.UNICODE | re.MULTILINE):
        return None
    seconds: dict[str, dict[_Class, None]] = {}
    for first, second in pairs:
        if first is None:
            return None
        seconds.setdefault(first, {})[second] = None
    two = [
        f"[{first}]" if None in found or OVER in found else f"[{first}][{''.join(str(second) for second in found)}]"
        for first, found in seconds.items()
    ]
    return "".join(seconds), "|".join(two)


def behind_digit(regex: str) -> bool:
    """Whether a match can begin right behind a digit, as far as the first thing in the expression tells.

    >>> behind_digit(r"(?<![\\d.])\\d年|(?<=第)\\d"), behind_digit(r"\\d年")
    (False, True)
    """
    try:
        return _behind_digit(_parsed(regex))
    except (ImportError, AttributeError, LookupError, TypeError, ValueError):
        return True


def past_digits(regex: str) -> str:
    """An expression for what can stand behind the digits that a match begins with; for anything where it may end there.

    >>> past_digits(r"\\d{4}年|\\d+[/:]\\d+号"), past_digits(r"\\d{9,}(?!万)")
    ('[\\\\d年/:]', '')
    """
    try:
        classes, over = _past_digits(_parsed(regex))
    except (ImportError, AttributeError, LookupError, TypeError, ValueError):
        return ""
    return "" if over or None in classes else f"[{''.join(dict.fromkeys(map(str, classes)))}]"


def _past_digits(items: Any) -> tuple[list[_Class], bool]:
    """Classes that can come next where only digits, or nothing, have been read; and whether the end can."""
    classes: list[_Class] = []
    for item in items:
        operator, argument = str(item[0]), item[1]
        if operator == "BRANCH":
            branches = [_past_digits(branch) for branch in argument[1]]
            found, over = [one for more, _ in branches for one in more], any(over for _, over in branches)
        elif operator == "SUBPATTERN":
            found, over = _past_digits(argument[3])
        elif operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            found, over = _past_digits(argument[2])
            over = over or argument[0] == 0
        else:
            pairs, empty = _part(operator, argument)
            found = [one for one, _ in pairs]
            over = empty or any(one is None or re.match(f"[{one}]", digit) for one in found for digit in DIGITS)
        classes += found
        if not over:
            return classes, False
    return classes, True


def _parsed(regex: str) -> Any:
    return importlib.import_module("re._parser").parse(regex)


def _behind_digit(tree: Any) -> bool:
    operator, argument = str(tree[0][0]), tree[0][1]
    if operator == "BRANCH":
        return any(_behind_digit(branch) for branch in argument[1])
    if operator not in ("ASSERT", "ASSERT_NOT") or argument[0] > 0 or len(argument[1]) != 1:
        return True
    pairs, empty = _sequence(argument[1])
    if empty or any(second != OVER for _, second in pairs):
        return True
    held = [any(first is None or re.match(f"[{first}]", digit) for first, _ in pairs) for digit in DIGITS]
    return not all(held) if operator == "ASSERT_NOT" else any(held)


def _sequence(items: Any) -> tuple[_Pairs, bool]:
    """The first two characters of all that a sequence can match, and whether it can match nothing.

    Raises LookupError for what it does not know.
    """
    pairs: _Pairs = []
    for index, (operator, argument) in enumerate(items):
        found, empty = _part(str(operator), argument)
        for first, second in found:
            if second != OVER:
                pairs.append((first, second))
                continue
            following, over = _sequence(items[index + 1 :])
            pairs += [(first, begun) for begun, _ in following]
            if over:
                pairs.append((first, OVER))
        if not empty:
            return pairs, False
    return pairs, True


def _part(operator: str, argument: Any) -> tuple[_Pairs, bool]:
    if operator in ("AT", "ASSERT", "ASSERT_NOT"):
        return [], True
    if operator == "LITERAL":
        return [(re.escape(chr(argument)), OVER)], False
    if operator in ("NOT_LITERAL", "ANY"):
        return [(None, OVER)], False
    if operator == "IN":
        members = [_member(str(kind), value) for kind, value in argument]
        return [(None if None in members else "".join(map(str, members)), OVER)], False
    if operator == "BRANCH":
        branches = [_sequence(branch) for branch in argument[1]]
        return [pair for pairs, _ in branches for pair in pairs], any(empty for _, empty in branches)
    if operator == "SUBPATTERN" and not argument[1] and not argument[2]:
        return _sequence(argument[3])
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, repeated = argument
        pairs, empty = _sequence(repeated)
        again = [(one, two) for one, over in pairs if over == OVER and most > 1 for two, _ in pairs]
        once = [(one, two) for one, two in pairs if two != OVER or least <= 1 or empty]
        return once + again, empty or least == 0
    raise LookupError(operator)


def _member(kind: str, value: Any) -> _Class:
    if kind == "LITERAL":
        return re.escape(chr(value))
    if kind == "RANGE" and value[1] - value[0] < _WIDEST:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return _CLASSES.get(str(value)) if kind == "CATEGORY" else None


class Scanner:
    """Patterns that are searched for together."""

    def __init__(self, regexes: Sequence[str]) -> None:
        self.patterns = [re.compile(regex) for regex in regexes]
        openings = {number: found for number, regex in enumerate(regexes) if (found := opening(regex))}
        self._anywhere = [number for number in range(len(regexes)) if number not in openings]
        self._two = {number: re.compile(two) for number, (_, two) in openings.items()}
        self._past = {number: re.compile(past_digits(regexes[number])) for number in openings}
        self._behind_digit = [behind_digit(regex) for regex in regexes]
        one = "".join(dict.fromkeys(one for one, _ in openings.values()))
        self._places = re.compile(f"[{one}]" if one else r"(?!)")
        self._fitting: dict[tuple[str, bool, str], tuple[int, ...]] = {}

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Start, end and number of the pattern of every match that ``finditer`` of each pattern gives; in no order."""
        for number in self._anywhere:
            for match in self.patterns[number].finditer(text):
                yield match.start(), match.end(), number
        reached = [0] * len(self.patterns)  # where the last match of each ended: the next begins there or later
        fitting, patterns = self._fitting, self.patterns
        figure_end = 0
        for place in self._places.finditer(text):
            at = place.start()
            two = text[at : at + 2]
            if two[0] not in DIGITS:
                key = two, at > 0 and text[at - 1] in DIGITS, ""
            elif at < figure_end:
                key = two, True, text[figure_end : figure_end + 1]
            else:
                figure_end = _figure_end(text, at)
                key = two, False, text[figure_end : figure_end + 1]
            numbers = fitting.get(key)
            for number in self._fit(*key) if numbers is None else numbers:
                if reached[number] <= at and (found := patterns[number].match(text, at)):
                    reached[number] = found.end()
                    yield at, found.end(), number

    def _fit(self, two: str, in_figure: bool, past: str) -> tuple[int, ...]:
        """The patterns that can begin with the characters ``two``. ``in_figure`` tells that a digit stands before them,
        ``past`` is what stands behind the digits that they begin."""
        if len(self._fitting) >= _MOST_KEPT:
            self._fitting.clear()
        self._fitting[two, in_figure, past] = numbers = tuple(
            number
            for number in self._two
            if self._two[number].match(two)
            and (self._behind_digit[number] or not in_figure)
            and (two[0] not in DIGITS or self._past[number].match(past))
        )
        return numbers


def _figure_end(text: str, at: int) -> int:
    figure = _FIGURE.match(text, at)
    return figure.end() if figure else at
