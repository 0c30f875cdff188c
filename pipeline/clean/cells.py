"""Which tables of a page hold data, and where the cells of their rows begin.

Old pages are laid out by tables: a cell then holds the whole article. Such a row is no row of data; its cells are blocks.
"""

from dataclasses import dataclass, field

from pipeline.clean.tokens import Token

LONGEST_CELL = 200
"""Characters above which a cell is layout."""
MOST_LINES = 4
"""Paragraphs or line breaks above which a cell is layout."""
LINE_TAGS = frozenset(("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Cells:
    """Indices of tokens: opening tags that border on the cell before, first cells' tags and closing tags that are
    silent, and everything else inside a row of data."""

    borders: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)
    inside: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Row:
    start: int
    cells: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
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
    for index, token in enumerate(found):
        if token.kind == "text":
            if rows:
                rows[-1].length += len(text[token.start : token.end].strip())
        elif token.name == "table":
            if token.kind == "open":
                if rows:  # the rows further out were marked when this one's table opened
                    rows[-1].layout = True
                rows.append(_Row(index))
            elif rows:
                _finish(rows.pop(), index, cells)
        elif token.name == "tr":
            if rows:
                _finish(rows.pop(), index, cells)
            rows.append(_Row(index))
        elif token.name in ("td", "th"):
            if not rows:  # a stretch from within a row
                rows.append(_Row(index - 1, cells=[-1]))
            rows[-1].close_cell()
            (rows[-1].cells if token.kind == "open" else rows[-1].ends).append(index)
        elif token.kind == "open" and token.name in LINE_TAGS and rows:
            rows[-1].lines += 1
    for row in rows:
        _finish(row, len(found), cells)
    return cells


def _finish(row: _Row, end: int, cells: Cells) -> None:
    """Note the cells of a row that ends before token ``end``, where it is one of data."""
    row.close_cell()
    if row.layout or len(row.cells) < 2:
        return
    cells.borders.update(row.cells[1:])
    cells.silent.update((row.cells[0], *row.ends))
    cells.inside.update(set(range(row.start + 1, end)).difference(row.cells, row.ends))
