"""Names in a list that have each a figure behind them: 沈阳移动9个、沈阳电信7个, often inside a bracket that ends them."""

import re
from collections.abc import Iterator, Sequence

from pipeline.contract.late import Late
from pipeline.extract.model import Name

_ITEM = Late(r"(?:[、，,和及与]|[（(](?:其中)?[：:]?|[，,、]其中)$")
_VALUE = re.compile(r"(?:约|近|超过?|分别)?[\d]")
_OPENS, _CLOSES = re.compile(r"[（(]"), re.compile(r"[）)]")


def listed_names(text: str, start: int, names: Sequence[Name]) -> Iterator[tuple[int, str | None, str]]:
    """Where each name of a list begins to hold: its end, the name, its kind; and where the bracket around the last one closes,
    nobody. ``names`` are those in the clause that begins at ``start``, in order."""
    last: Name | None = None
    for name in names:
        if name.kind != "government_body" and _ITEM.search(text, start, name.start) and _VALUE.match(text, name.end):
            last = name
            yield name.end, name.text, name.kind
    if last is None:
        return
    opened = [mark.end() for mark in _OPENS.finditer(text, max(0, last.start - 80), last.start)]
    closing = _CLOSES.search(text, last.end, last.end + 20)
    if opened and closing and not _CLOSES.search(text, opened[-1], last.start):
        yield closing.end(), None, ""
