"""Which tables of a page hold data, and where the cells of their rows begin.

Old pages are laid out by tables: a cell then holds the whole article. Such a row is no row of data; its cells are blocks.
"""

import re
from dataclasses import dataclass, field

from pipeline.clean.tokens import Token
from pipeline.contract.late import Late

LONGEST_CELL = 200
"""Characters above which a cell is layout."""
MOST_LINES = 4
"""Paragraphs or line breaks above which a cell is layout."""
WIDEST = 40
"""Columns or rows above which a span is no span of a table of data."""
SPAN = Late(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,3})", re.ASCII | re.IGNORECASE)
ROW_TAGS = frozenset(("table", "tr", "td", "th"))
LINE_TAGS = frozenset(("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Cells:
    """Indices of tokens: opening tags with the borders that stand for them (more than one where a cell before spans
    columns or a row above spans this one), first cells' tags and closing tags that are silent, and everything else
    inside a row of data."""

    borders: dict[int, int] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)
    inside: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Row:
    start: int
    cells: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    lines: int = 0
    layout: bool = False

    def close_cell(self) -> None:
        """Judge the cell that ends here."""
        self.layout = self.layout or self.length > LONGEST_CELL or self.lines > MOST_LINES
        self.length = self.lines = 0


def find_cells(text: str, found: list[Token]) -> Cells:
    """The cells of all rows of data: rows of two cells or more, none of which is layout.

    >>> from pipeline.clean.tokens import tokens
    >>> row = "<tr><td>设备</td><td>3台</td></tr>"
    >>> sorted(find_cells(row, tokens(row)).borders)
    [4]
    """
    cells = Cells()
    rows: list[_Row] = []  # the innermost row last
    spans: list[dict[int, int]] = [{}]  # of the innermost table last: column to rows that a cell above still covers
    for index, (kind, start, end, name) in enumerate(found):
        if kind == "text":
            if rows:
                rows[-1].length += len(text[start:end].strip())
        elif name == "table":
            if kind == "open":
                if rows:  # the rows further out were marked when this one's table opened
                    rows[-1].layout = True
                rows.append(_Row(index))
                spans.append({})
            else:
                if rows:
                    _finish(rows.pop(), index, cells, spans[-1])
                if len(spans) > 1:
                    spans.pop()
        elif name == "tr":
            if rows:
                _finish(rows.pop(), index, cells, spans[-1])
            rows.append(_Row(index))
        elif name in ("td", "th"):
            if not rows:  # a stretch from within a row
                rows.append(_Row(index - 1, cells=[-1], spans=[(1, 1)]))
            rows[-1].close_cell()
            if kind == "open":
                rows[-1].cells.append(index)
                rows[-1].spans.append(_span(text[start:end]))
            else:
                rows[-1].ends.append(index)
        elif kind == "open" and name in LINE_TAGS and rows:
            rows[-1].lines += 1
    for row in rows:
        _finish(row, len(found), cells, spans[-1])
    return cells


def _span(tag: str) -> tuple[int, int]:
    """Columns and rows that a cell covers."""
    told = {name.lower(): int(number) for name, number in SPAN.findall(tag)}
    columns, rows = (told.get(name, 1) for name in ("col", "row"))
    return (columns if 1 <= columns <= WIDEST else 1), (rows if 1 <= rows <= WIDEST else 1)


def _finish(row: _Row, end: int, cells: Cells, above: dict[int, int]) -> None:
    """Note the cells of a row that ends before token ``end``, where it is one of data; ``above`` is what rows above cover."""
    row.close_cell()
    if not row.cells:  # what stands between two rows
        return
    places = _places(row.spans, above)
    if row.layout or len(row.cells) + places[0] < 2:
        return
    for index, place, before in zip(row.cells, places, [0, *places], strict=False):
        if place > before:
            cells.borders[index] = place - before
        else:
            cells.silent.add(index)
    cells.silent.update(row.ends)
    cells.inside.update(set(range(row.start + 1, end)).difference(row.cells, row.ends))


def _places(spans: list[tuple[int, int]], above: dict[int, int]) -> list[int]:
    """The column of each cell, and behind the last one; ``above`` is carried on to the next row."""
    places, covered, at = [], dict(above), 0
    for columns, rows in spans:
        while at in covered:
            at += 1
        places.append(at)
        for column in range(at, at + columns):
            above[column] = rows
        at += columns
    for column in list(above):
        above[column] -= 1
        if above[column] < 1:
            del above[column]
    return [*places, at]
