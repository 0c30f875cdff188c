"""Names in a list that have each a figure behind them: 沈阳移动9个、沈阳电信7个, often inside a bracket that ends them."""

import re
from collections.abc import Iterable, Iterator

_ITEM = re.compile(r"(?:[、，,和及与]|[（(](?:其中)?[：:]?|[，,、]其中)$")
_VALUE = re.compile(r"(?:约|近|超过?|分别)?[\d]")
_OPENS, _CLOSES = re.compile(r"[（(]"), re.compile(r"[）)]")


def listed_names(
    text: str, start: int, names: Iterable[tuple[int, int, str, str]]
) -> Iterator[tuple[int, str | None, str]]:
    """Where each name of a list begins to hold: its end, the name, its kind; and where the bracket around the last one closes,
    nobody. ``names`` are start, end, name, kind of those in the clause that begins at ``start``, in order."""
    last = None
    for begin, end, name, kind in names:
        if kind != "government_body" and _ITEM.search(text, start, begin) and _VALUE.match(text, end):
            last = (begin, end)
            yield end, name, kind
    if last is None:
        return
    opened = [mark.end() for mark in _OPENS.finditer(text, max(0, last[0] - 80), last[0])]
    closing = _CLOSES.search(text, last[1], last[1] + 20)
    if opened and closing and not _CLOSES.search(text, opened[-1], last[0]):
        yield closing.end(), None, ""
