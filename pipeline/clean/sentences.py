"""Sentences and clauses of a clean text, as offsets."""

import re

# A full stop between digits is a scanning fault (1。5), a semicolon ends a sentence: plans list goals so.
_STOPS = "。！？!?；;\n"
_STOP = rf"[{_STOPS}](?<!\d。(?=\d))"
_CLOSES = "”’」』）)》】"
END = re.compile(rf"{_STOP}(?:{_STOP})*[{_CLOSES}]*")
_GOES_ON = frozenset(_STOPS + _CLOSES)
# It begins with a set of characters, for which Python's engine skips what cannot match: a third of the time.
_PAUSE = r"[，,：:。！？!?；;\n](?<!\d[，,：:。](?=\d))"
CLAUSE_END = re.compile(rf"{_PAUSE}(?:{_PAUSE})*[”’」』）)》】]*")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the sentences of ``text[start:end]``, without blanks at their ends.

    Quotation marks and brackets that close behind a full stop belong to it; a straight one does where one is open.

    >>> text = "产值达到1。5亿元。他说：“增长9%。”企业12家；园区3个"
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['产值达到1。5亿元。', '他说：“增长9%。”', '企业12家；', '园区3个']
    """
    ends: list[int] = []
    free = start
    for at in _stops(text, start, end):
        if at < free:
            continue
        behind = text[at + 1 : at + 2]
        if behind not in _GOES_ON and not behind.isdecimal():  # a stop by itself, as most
            free = at + 1
        elif match := END.match(text, at, end):
            free = match.end()
        else:
            continue
        ends.append(free)
    return _cut(ends, text, start, end)


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets of the clauses of ``text[start:end]``: a comma, a colon or the end of a sentence ends one.

    >>> text = "产值1,250亿元，增长9%。"
    >>> [text[a:b] for a, b in clauses(text, 0, len(text))]
    ['产值1,250亿元，', '增长9%。']
    """
    return _cut([match.end() for match in CLAUSE_END.finditer(text, start, end)], text, start, end)


def _stops(text: str, start: int, end: int) -> list[int]:
    """Where a sentence may end. Each mark is looked for by itself: Python finds one character ten times as fast as one of a set."""
    found: list[int] = []
    for stop in _STOPS:
        at = text.find(stop, start, end)
        while at >= 0:
            found.append(at)
            at = text.find(stop, at + 1, end)
    found.sort()
    return found


def _cut(ends: list[int], text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches that end at ``ends``, and what is left behind the last."""
    found: list[tuple[int, int]] = []
    at = start
    for stop in ends:
        if stop < end and text[stop] == '"' and text.count('"', at, stop) % 2:
            stop += 1
        if text[at].isspace() or text[stop - 1].isspace():
            found += _trimmed(text, at, stop)
        else:
            found.append((at, stop))
        at = stop
    return found + _trimmed(text, at, end) if at < end else found


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch without blanks at its ends; none where it is all blank."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if start < end else []
