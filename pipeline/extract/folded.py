"""Tables printed one cell a line: where their rows begin, which lines are groups, and how the head fits over the columns.

Such lines are read as a table under its caption (表2, 专栏1), where the first of them heads a column of labels (指标), or where
bars close them. The cells must fold into rows of one width: words under words and figures under figures.
"""

from collections.abc import Callable, Iterable, Sequence

from pipeline.contract.late import Late
from pipeline.extract.grid import LONGEST_LABEL, YEAR, Cell, Row, figure_like, plain_head, table_words
from pipeline.extract.numerals import fold
from pipeline.extract.table_cells import is_unit

FOLDS = (2, 13)
LONGEST_GROUP = 20
FEWEST_BARS = 6
"""Cells closed by bars, from which on they are a table without a caption."""
MOST_PIECES = 3
"""Lines of one cell closed by a bar."""
_FIGURE = Late(r"^[^\u4e00-\u9fff]*\d[^\u4e00-\u9fff]*(?:左右|以上|以内|以下)?$")
_BRACKETED = Late(r"[（(][^（()）]*[^\d.（()）][^（()）]*[）)]")
_NUMBERED = Late(r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])")
_TIME = Late(r"(?:(?:19|20)\d{2}年?|\d{1,2}(?:[-—–~至]\d{1,2})?月)(?:[（(].*[）)])?")
_TAIL = 3


def closed_by_bar(line: str) -> bool:
    """One cell that a bar closes or opens: ``12.5 |``."""
    inner = line[line.startswith("|") : len(line) - line.endswith("|")]
    return len(inner) < len(line) and bool(inner.strip()) and "|" not in inner


def line_cells(text: str, spans: Iterable[tuple[int, int]], ends: Callable[[str], bool]) -> list[tuple[Cell, int]]:
    """The cells of lines that hold one each, and how many lines are read with each; lines up to the one that ``ends`` the table.

    Where a bar closes the first cell, bars close all: the lines up to a bar are one cell.
    """
    barred = False
    cells: list[tuple[Cell, int]] = []
    pieces: list[tuple[int, int]] = []
    figured = False
    for count, (start, end) in enumerate(spans, 1):
        line = text[start:end]
        barred = closed_by_bar(line) if count == 1 else barred
        if ends(line) or len(line) > LONGEST_LABEL + 2:
            break
        closed = closed_by_bar(line)
        if barred and not closed and len(pieces) >= MOST_PIECES:
            break
        left = start + len(line) - len(line.lstrip("| "))
        right = end - (len(line) - len(line.rstrip("| ")))
        pieces.append((left, max(left, right)))
        if barred and not closed:
            continue
        told = "".join(text[a:b] for a, b in pieces)
        cell = Cell(pieces[0][0], pieces[-1][1], told)
        pieces = []
        if figured and plain_head(told) in table_words("first_head"):
            break  # the head of the next table
        figured = figured or bool(_FIGURE.search(told) and not cell.year)
        if cells and _BRACKETED.fullmatch(told) and not _is_figure(text, cells[-1][0]):
            before = cells[-1][0]
            cells[-1] = Cell(before.start, cell.end, before.text + told), count
            continue
        cells.append((cell, count))
    return cells


def folded_rows(text: str, cells: Sequence[Cell], headed: bool) -> tuple[tuple[Row, ...], int]:
    """The rows of a table printed one cell a line, and how many cells they take; none where the cells do not fold.

    ``headed``: the first cell is the head of the labels, so lines that are no cells may follow the table.
    """
    if bare := _headed(cells):
        return bare, len(cells)
    for width in range(*FOLDS):
        whole = len(cells) // width
        rows = [tuple(cells[row * width : (row + 1) * width]) for row in range(whole)]
        # Lines behind a table without a caption of its own (来源：…) may follow it.
        rest = cells[whole * width :]
        fits = not rest or (headed and whole > 3 and not any(cell.bare for cell in rest))
        if whole > 2 and fits and _even(text, rows):
            return tuple(rows), whole * width
    return _ragged(text, cells)


def _is_figure(text: str, cell: Cell) -> bool:
    return bool(_FIGURE.search(cell.text)) or figure_like(text, cell)


def _headed(cells: Sequence[Cell]) -> tuple[Row, ...]:
    """A head of words over as many figures, a row or more, without labels; none where the cells are no such table."""
    width = next((at for at, cell in enumerate(cells) if cell.bare and not cell.year), 0)
    below = cells[width:]
    if not 2 <= width < FOLDS[1] or len(below) % width or not all(cell.bare for cell in below):
        return ()
    return tuple(tuple(cells[row : row + width]) for row in range(0, len(cells), width))


def _even(text: str, rows: Sequence[Row]) -> bool:
    """A head of words over columns that hold words or figures throughout, both kinds being there."""
    if any(cell.empty or (cell.bare and not cell.year) for cell in rows[0]):
        return False
    kinds = []
    for column in range(len(rows[0])):
        below = [row[column] for row in rows[1:] if not row[column].empty]
        figured = [_is_figure(text, cell) for cell in below]
        kinds.append(all(figured) if any(figured) else None)
        if any(figured) and not all(figured):
            return False
    return True in kinds and None in kinds


def _ragged(text: str, cells: Sequence[Cell]) -> tuple[tuple[Row, ...], int]:
    """Rows with lines of one cell between them (一、工业), or under a head of more cells than columns."""
    filled = [_is_figure(text, cell) or cell.empty for cell in cells]
    begun = next((at for at, cell in enumerate(cells) if filled[at] and not cell.year), 0)
    serial = bool(cells) and plain_head(cells[0].text) in table_words("serial")
    start = begun if serial else begun - 1
    if start > 0 and not serial and is_unit(cells[start].text):
        start -= 1
    if start < 1:
        return (), 0
    rows, reached, width = _body(cells, filled, start, serial)
    head = _head_rows(text, cells[:start], rows)
    if not head or sum(len(row) == width for row in rows) < 2:
        return (), 0
    return (*head, *rows), reached


def _body(cells: Sequence[Cell], filled: Sequence[bool], start: int, serial: bool) -> tuple[list[Row], int, int]:
    """The rows from ``start`` on, the cell behind the last whole one, and their width. A row begins with words behind figures."""
    rows: list[Row] = []
    at, reached, width = start, start, 0
    while at < len(cells):
        if serial and not filled[at] and len(cells[at].text) <= LONGEST_GROUP:
            rows.append((cells[at],))
            at += 1
            continue
        label = at + 1 if serial and filled[at] and not cells[at].empty else at
        end = label
        while end < len(cells) and not filled[end]:
            end += 1
        while end < len(cells) and filled[end]:
            end += 1
            if serial and width and end - at == width:
                break
        if end < len(cells) and cells[end].text in table_words("remark_value"):
            end += 1
        lead = [cell for cell in cells[label:end] if cell.text not in table_words("remark_value")]
        words = next((n for n, cell in enumerate(lead) if filled[label + n]), len(lead))
        units = words > 1 and is_unit(lead[words - 1].text)
        names = list(cells[label : label + words - units])
        if not names or label + words == end:
            break
        while len(names) > 1 and (not _joins(names[0].text, names[1].text) or _NUMBERED.match(names[0].text)):
            if len(names[0].text) > LONGEST_GROUP:
                return rows, reached, width
            rows.append((names.pop(0),))
        name = Cell(names[0].start, names[-1].end, "".join(cell.text for cell in names))
        row = (*cells[at:label], name, *cells[label + words - units : end])
        if width and len(row) != width:
            break
        rows.append(row)
        at, reached, width = end, end, len(row)
    while rows and len(rows[-1]) == 1:
        rows.pop()
    return rows, reached, width


def _joins(first: str, second: str) -> bool:
    """The second of two lines of words goes on with a label that the page broke."""
    opened = any(first.count(a) > first.count(b) for a, b in ("（）", "()"))
    return opened or second[:1] in "（(" or len(second) <= _TAIL


def _head_rows(text: str, head: Sequence[Cell], rows: Sequence[Row]) -> list[Row]:
    """The head as one row or two over columns as wide as ``rows``; none where it does not fit."""
    noted = [cell for cell in head if "单位：" in cell.text or "单位:" in cell.text]
    head = [cell for cell in head if cell not in noted]
    notes: list[Row] = [(cell,) for cell in noted]
    body = next((row for row in rows if len(row) > 1), ())
    width, over = len(body), len(head) - len(body)
    if not width or not head:
        return []
    blank = Cell(head[0].start, head[0].start, "")
    if not over:
        return [*notes, tuple(head)]
    if over == -1 and any(_TIME.fullmatch(fold(cell.text)) for cell in head):
        return [*notes, (blank, *head)]
    if over < 0:
        return []
    base = next((at for at, cell in enumerate(body) if at and (_is_figure(text, cell) or cell.empty)), 0)
    tops, below = head[base : base + len(head) - width], head[base + len(head) - width :]
    if over == 1 and _NUMBERED.match(head[-1].text):
        return [*notes, tuple(head[:-1]), (head[-1],)]
    each, left = divmod(width - base, over)
    words = [cell.text for cell in below]
    if len(below) == width - base and not left and (over == 1 or words == words[:each] * over):
        spread = [cell for top in tops for cell in (top, *[blank] * (each - 1))]
        return [*notes, (*head[:base], *spread), (*[blank] * base, *below)]
    times = [at for at in range(width) if _TIME.fullmatch(fold(head[at].text)) or YEAR.fullmatch(fold(head[at].text))]
    if len(times) == over:
        under = dict(zip(times, head[width:], strict=True))
        return [*notes, tuple(head[:width]), tuple(under.get(at, blank) for at in range(width))]
    if over == 1 and not _NUMBERED.match(head[0].text) and plain_head(head[0].text) in table_words("first_head"):
        return [*notes, tuple(head[:-1]), (head[-1],)]
    return []
