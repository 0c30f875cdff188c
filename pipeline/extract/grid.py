"""Tables of the clean text as rows of cells: which rows are head, and which label and head a figure stands under.

Words that tell what a column holds are rows of ``seeds/tables/table_words.csv``. Spans of HTML cells are empty cells here
(``clean.cells``): an empty cell of an upper head row goes on with the one to its left, an empty label with the one above.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.contract.late import Late
from pipeline.contract.seed import seed_rows
from pipeline.extract.numerals import fold
from pipeline.extract.table_cells import is_bare, is_unit, read_cell

LONGEST_LABEL = 40
YEAR = re.compile(r"(?:19|20)\d{2}")
_DIVIDER = Late(r"[\s|:：+\-—]*")
_CLOSING_UNIT = re.compile(r"[（(]([^（()）]{1,8})[）)]$")
_PART = Late(r"#|＃|其中|[—-]{1,2}(?=[\u4e00-\u9fff])")
_BESIDE = re.compile(r"[（(\[〔][^）)\]〕]*[）)\]〕]|\s")
_UNIT_NOTE = re.compile(r"(?:计量)?单位\s?[:：]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell without the blanks at its ends, in offsets of the clean text."""

    start: int
    end: int
    text: str

    @property
    def empty(self) -> bool:
        """Nothing, or a mark that stands for nothing."""
        return not self.text or self.text in table_words("empty")

    @property
    def bare(self) -> bool:
        """A number without a unit; a year may be one."""
        return is_bare(self.text)

    @property
    def year(self) -> bool:
        """A year in four digits."""
        return YEAR.fullmatch(fold(self.text)) is not None


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell that holds a figure. ``heads``: the head of its column and of the columns to its left, nearest first, back to
    the label; ``about``: the head over the label; ``unit``: the cell of the row's unit column; ``notes``: what single
    cells above the rows say (``单位：亿元``)."""

    cell: Cell
    row: Row
    label: str
    group: str
    heads: tuple[str, ...]
    about: str
    unit: str
    notes: tuple[str, ...]

    @property
    def cumulative(self) -> bool:
        """A number in brackets: the total of a plan's years in a column of yearly growth."""
        return self.cell.text[:1] in ("[", "〔", "(", "（")


@cache
def table_words(kind: str) -> frozenset[str]:
    """The words of a kind."""
    return frozenset(row["word"] for row in seed_rows("table_words") if row["kind"] == kind)


def plain_head(text: str) -> str:
    """A head without blanks and bracketed remarks, to be looked up among the table words."""
    return text if text.isalnum() else _BESIDE.sub("", text)


def cells_of(text: str, start: int, end: int) -> Row:
    """The cells of a line: parted by tabs, by bars where it has them, else by blanks. None for the divider of a table in Markdown."""
    line = text[start:end]
    if _DIVIDER.fullmatch(line):
        return ()
    mark = "\t" if "\t" in line else "|" if "|" in line else " "
    cells, at = [], start
    for part in line.split(mark):
        left = len(part) - len(part.lstrip(" \u3000"))
        cells.append(Cell(at + left, at + max(left, len(part.rstrip(" \u3000"))), part.strip(" \u3000")))
        at += len(part) + 1
    if mark == "|":
        cells = cells[not cells[0].text : len(cells) - (not cells[-1].text)]
    return tuple(cells)


def is_row(text: str, start: int, end: int) -> bool:
    """Whether a line that no mark parts may be a row flattened to blanks: three parts or more, one of them a bare number."""
    line = text[start:end]
    if len(line) > 200 or re.search(r"[。；！？]", line) or line.count(" ") < 2:
        return False
    cells = cells_of(text, start, end)
    return any(cell.bare for cell in cells[1:]) and all(len(cell.text) <= LONGEST_LABEL for cell in cells)


def figures(text: str, rows: Sequence[Row]) -> Iterator[Figure]:
    """The figures of a table, row by row."""
    heads: list[Row] = []
    notes: list[str] = []
    begun, group, labels = False, "", dict[int, str]()
    carried = ("", False)
    for row in rows:
        filled = [cell for cell in row if not cell.empty]
        if len(filled) == 1 and len(filled[0].text) <= LONGEST_LABEL and not filled[0].bare:
            if not begun or _UNIT_NOTE.search(filled[0].text):
                notes.append(filled[0].text)
            else:
                group = filled[0].text
        elif _is_head(text, row, begun):
            heads = [row] if begun else [*heads, row]
            begun, group, labels = False, group if not begun else "", {}
        elif filled:
            begun = True
            carried = _carried(filled[0].text, carried)
            for figure in _row_figures(text, row, heads, group, labels, tuple(notes)):
                yield replace(figure, unit=carried[0]) if carried[1] and not figure.unit else figure


def _carried(label: str, before: tuple[str, bool]) -> tuple[str, bool]:
    """The unit that the last label prints, and whether this one, a part of it that prints none (其中：绿茶), takes it."""
    if closing := _CLOSING_UNIT.search(label):
        return (closing[1].strip(), False) if is_unit(closing[1]) else ("", False)
    rated = any(label.endswith(word) for word in (*table_words("percent_noun"), "指数"))
    part = bool(before[0]) and not rated and (before[1] or _PART.match(label) is not None)
    return (before[0], True) if part else ("", False)


def _is_head(text: str, row: Row, begun: bool) -> bool:
    """A row of words and years only; below rows of figures, one without an empty cell."""
    if sum(not cell.empty for cell in row) < 2 or row[0].year:
        return False
    if begun and any(cell.empty for cell in row[1:]):
        return False
    return not any(figure_like(text, cell) for cell in row if not cell.year)


def figure_like(text: str, cell: Cell) -> bool:
    """Whether a cell is a number, with or without its unit."""
    return not cell.empty and (cell.bare or read_cell(text, cell.start, cell.end, "") is not None)


def _row_figures(
    text: str, row: Row, heads: list[Row], group: str, labels: dict[int, str], notes: tuple[str, ...]
) -> Iterator[Figure]:
    """The figures of a row; ``labels`` holds the label last seen in each column, for the rows it spans."""
    tops = [_head(heads, column) for column in range(len(row))]
    kinds = [
        _kind(text, cell, plain_head(top), column) for column, (cell, top) in enumerate(zip(row, tops, strict=True))
    ]
    for column, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
        if kind == "label":
            labels[column] = cell.text
            for deeper in [key for key in labels if key > column]:
                del labels[deeper]
    for column, (cell, kind) in enumerate(zip(row, kinds, strict=True)):
        if kind != "figure":
            continue
        at = column - 1
        while at >= 0 and kinds[at] != "label":
            at -= 1
        if at < 0:
            at = max((key for key in labels if key < column), default=-1)
        if at < 0 and "label" in kinds:  # 排名 | 城市: the label stands behind
            at = kinds.index("label")
        first = at
        while first > 0 and kinds[first - 1] == "label":
            first -= 1
        above = [labels[key] for key in sorted(labels) if key < at and (key >= first or kinds[key] == "empty")]
        unit = next((row[key].text for key in range(column - 1, -1, -1) if kinds[key] == "unit"), "")
        yield Figure(
            cell,
            row,
            labels.get(at, "") if at >= 0 else "",
            above[-1] if above else group,
            tuple(tops[key] for key in range(column, at if at < column else column - 1, -1)),
            tops[at] if at >= 0 else "",
            unit,
            notes,
        )


def _kind(text: str, cell: Cell, head: str, column: int) -> str:
    """What a cell of a row is: figure, label, unit, empty, or other (a serial number, a remark)."""
    if cell.empty:
        return "empty"
    if head in table_words("serial") or head in table_words("remark"):
        return "other"
    if head in table_words("unit"):
        return "unit"
    if column == 0 and cell.year:
        return "label"
    if figure_like(text, cell):
        return "figure"
    return "label" if len(cell.text) <= LONGEST_LABEL else "other"


def _head(heads: list[Row], column: int) -> str:
    """The heads over a column, upper ones first."""
    told: list[str] = []
    for depth, row in enumerate(heads):
        at = min(column, len(row) - 1)
        if at < column:
            continue
        while depth < len(heads) - 1 and at > 0 and not row[at].text:
            at -= 1
        if row[at].text and row[at].text not in told:
            told.append(row[at].text)
    return " ".join(told)
