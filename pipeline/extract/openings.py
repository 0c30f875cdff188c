"""How a pattern can begin: the characters before a match, its first two, and the one behind the digits it begins with.

It is read from the tree that Python's own parser makes of a pattern. Where the tree holds something unknown (another version of
Python), nothing is told of that pattern.
"""

import importlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

DIGITS = "0123456789"
_CLASSES = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}
_WIDEST = 100
"""Characters of a range above which it narrows nothing down: any hanzi."""


class Look(NamedTuple):
    r"""What a character must be: one of ``inside``, or any other where ``negated``. Inside are characters, and ``\d`` and ``\s`` for
    what these match; the empty string is the start of a text, where there is no character."""

    inside: frozenset[str]
    negated: bool = False

    @property
    def regex(self) -> str:
        r"""The class of these characters.

        >>> print(Look(frozenset("年]")).regex, Look(frozenset([r"\d"]), True).regex)
        [\]年] [^\d]
        """
        inside = "".join(one if one in _CLASSES.values() else re.escape(one) for one in sorted(self.inside))
        return f"[{'^' * self.negated}{inside}]"


OVER = Look(frozenset())
_LINE_BEGINS = Look(frozenset({"\n", ""}))


class Way(NamedTuple):
    """A way in which a match can begin. ``before`` all hold of the character before it; ``first`` and ``second`` are its first two
    characters, None for any. ``second`` is OVER where the match may end, or anything may follow."""

    before: tuple[Look, ...]
    first: Look | None
    second: Look | None


def opening(regex: str) -> tuple[Way, ...] | None:
    r"""All ways in which a match can begin; None where nearly any character will do, or none is needed.

    >>> for way in opening(r"第?\d{2}年|周末?"):
    ...     print(way.first.regex, way.second.regex)
    [第] [\d]
    [\d] [\d]
    [周] [末]
    [周] []
    >>> opening(r"(?<!x)年")[0].before[0].regex
    '[^x]'
    >>> opening(r"[^第]年") is opening(r"(?:第\d)?") is None
    True
    """
    try:
        tree = _parsed(regex)
        ways, empty = _sequence(tree)
    except (ImportError, AttributeError, LookupError, TypeError, ValueError):
        return None
    if empty or tree.state.flags & ~(re.UNICODE | re.MULTILINE) or any(way.first is None for way in ways):
        return None
    return tuple(dict.fromkeys(ways))


def behind(regex: str) -> Look | None:
    r"""The character that a match stands behind; None where it may begin a text, or need not stand behind any.

    >>> print(behind("(?<=[(“]).{2}").regex, behind("(?<![(“]).{2}"))
    [\(“] None
    """
    try:
        told = _behind(*_named(_parsed(regex)[0]))
    except (ImportError, AttributeError, LookupError, TypeError, ValueError):
        return None
    return None if told is None or told.negated or "" in told.inside else told


def past_digits(regex: str) -> Look | None:
    r"""What can stand behind the digits that a match begins with; None where it may end there, or for anything.

    >>> print(past_digits(r"\d{4}年|\d+[/:]\d+号").regex, past_digits(r"\d{9,}(?!万)"))
    [/:\d年] None
    """
    try:
        found, over = _past_digits(_parsed(regex))
    except (ImportError, AttributeError, LookupError, TypeError, ValueError):
        return None
    return None if over else any_of(found)


def any_of(looks: Iterable[Look | None]) -> Look | None:
    """One of them; None where one of them is anything."""
    inside = [look.inside if look else None for look in looks]
    return None if None in inside else Look(frozenset().union(*filter(None, inside)))


def _past_digits(items: Any) -> tuple[list[Look | None], bool]:
    """What can come next where only digits, or nothing, have been read; and whether the end can."""
    looks: list[Look | None] = []
    for item in items:
        operator, argument = str(item[0]), item[1]
        if operator == "BRANCH":
            branches = [_past_digits(branch) for branch in argument[1]]
            found, over = [one for more, _ in branches for one in more], any(over for _, over in branches)
        elif operator == "SUBPATTERN":
            found, over = _past_digits(argument[3])
        elif operator == "ASSERT" and argument[0] > 0:
            found, over = _past_digits(argument[1])
        elif operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            found, over = _past_digits(argument[2])
            over = over or argument[0] == 0
        else:
            ways, empty = _part(operator, argument)
            found = [way.first for way in ways]
            over = empty or any(one is None or not one.inside.isdisjoint((*DIGITS, r"\d")) for one in found)
        looks += found
        if not over:
            return looks, False
    return looks, True


@lru_cache(256)
def _parsed(regex: str) -> Any:
    return importlib.import_module("re._parser").parse(regex)


def _sequence(items: Any, seconds: bool = True) -> tuple[list[Way], bool]:
    """The ways in which what a sequence matches can begin, and whether it can match nothing; without ``seconds`` the first characters alone.

    Raises LookupError for what it does not know.
    """
    ways: list[Way] = []
    for index, (operator, argument) in enumerate(items):
        if before := _behind(str(operator), argument):
            following, over = _sequence(items[index + 1 :], seconds)
            return ways + [way._replace(before=(before, *way.before)) for way in following], over
        found, empty = _part(str(operator), argument, seconds)
        if seconds and any(way.second == OVER for way in found):
            found = _continued(found, items[index + 1 :])
        ways += found
        if not empty:
            return _distinct(ways), False
    return _distinct(ways), True


def _continued(ways: list[Way], rest: Any) -> list[Way]:
    """The ways of a part in what follows it: those that end with it go on with the first character of the rest."""
    following, over = _sequence(rest, seconds=False)
    seconds = dict.fromkeys([*(begun.first for begun in following), *(_ahead(rest) if over else [])])
    going_on = [way for way in ways if way.second != OVER]
    return going_on + [Way(way.before, way.first, second) for way in ways if way.second == OVER for second in seconds]


def _distinct(ways: list[Way]) -> list[Way]:
    """Each once, in their order."""
    return list(dict.fromkeys(ways))


def _behind(operator: str, argument: Any) -> Look | None:
    """What an assertion says of the character before it; None where it asserts something else, or more."""
    if operator == "AT" and str(argument) in ("AT_BEGINNING", "AT_BEGINNING_LINE", "AT_BEGINNING_STRING"):
        return _LINE_BEGINS
    if operator not in ("ASSERT", "ASSERT_NOT") or argument[0] > 0:
        return None
    if operator == "ASSERT_NOT" and len(argument[1]) != 1:
        return None
    ways, empty = _part(*_named(argument[1][-1]))
    if empty or any(way.second != OVER or way.before for way in ways):
        return None
    told = any_of(way.first for way in ways)
    return told._replace(negated=operator == "ASSERT_NOT") if told else None


def _ahead(items: Any) -> list[Look | None]:
    """What must follow where all of a sequence is passed over: what it looks ahead at."""
    for operator, argument in items:
        if str(operator) == "ASSERT" and argument[0] > 0:
            ways, empty = _sequence(argument[1], seconds=False)
            return [OVER] if empty else [way.first for way in ways]
    return [OVER]


def _named(item: Any) -> tuple[str, Any]:
    return str(item[0]), item[1]


def _part(operator: str, argument: Any, seconds: bool = True) -> tuple[list[Way], bool]:
    if operator in ("AT", "ASSERT", "ASSERT_NOT"):
        return [], True
    if operator == "LITERAL":
        return [Way((), Look(frozenset(chr(argument))), OVER)], False
    if operator in ("NOT_LITERAL", "ANY"):
        return [Way((), None, OVER)], False
    if operator == "IN":
        return [Way((), any_of(_member(str(kind), value) for kind, value in argument), OVER)], False
    if operator == "BRANCH":
        branches = [_sequence(branch, seconds) for branch in argument[1]]
        return [way for ways, _ in branches for way in ways], any(empty for _, empty in branches)
    if operator == "SUBPATTERN" and not argument[1] and not argument[2]:
        return _sequence(argument[3], seconds)
    if operator in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, repeated = argument
        ways, empty = _sequence(repeated, seconds)
        ending = [way for way in ways if way.second == OVER]
        firsts = dict.fromkeys(way.first for way in ways) if most > 1 else {}
        again = [Way(way.before, way.first, second) for way in ending for second in firsts]
        once = [way for way in ways if way.second != OVER or least <= 1 or empty]
        return once + again, empty or least == 0
    raise LookupError(operator)


def _member(kind: str, value: Any) -> Look | None:
    if kind == "LITERAL":
        return Look(frozenset(chr(value)))
    if kind == "RANGE" and value[1] - value[0] < _WIDEST:
        return Look(frozenset(map(chr, range(value[0], value[1] + 1))))
    known = _CLASSES.get(str(value)) if kind == "CATEGORY" else None
    return Look(frozenset({known})) if known else None
