"""Which passages are the rows of one table, and what stands over it as caption. All others stay passages.

A row is a line of cells that cleaning parted by tabs, a line of bars, or, where several such lines follow one another, a
line flattened to blanks. A short line between two rows (一、工业) is a row of one cell. Under the caption of a table (专栏1,
表2), short lines that fold into rows of one width, words under words and figures under figures, are cells one a line.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pipeline.contract.late import Late
from pipeline.extract.flat import flat_tables
from pipeline.extract.folded import FEWEST_BARS, closed_by_bar, folded_rows, line_cells
from pipeline.extract.grid import LONGEST_LABEL, Cell, Row, cells_of, is_row, plain_head, table_words
from pipeline.extract.model import Passage
from pipeline.extract.numerals import holds_numeral

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST_CAPTION, LONGEST_GROUP = 60, 30
MOST_CAPTIONS = 3
# No table for people is wider; reading heads over cells takes time by the square of the width.
MOST_CELLS = 60
# From how many lines of one run of bars a table is looked for: each look reads the run to its end.
MOST_STARTS = 40
_CAPTION = Late(r"(?:专栏|附表|表)\s?(?:[\d一二三四五六七八九十]|[:：])")
_UNIT_NOTE = re.compile(r"[（(]?(?:计量)?单位\s?[:：]")
# What a table one cell a line stands under: its caption, or the note of its unit.
_CAPTIONED = Late(rf"{_CAPTION.pattern}|{_UNIT_NOTE.pattern}")
_CAPTION_OPENS = ("专栏", "附表", "表", "（", "(", "计量单位", "单位")
_NOTE = Late(r"(?:备?注|附注|说\s?明|资料来源|数据来源|来源)\s?(?:\d?[:：]|$)|注")


@dataclass(frozen=True, slots=True)
class Block:
    """A table: its passages, the rows of their cells, and the captions over it, the nearest last."""

    passages: tuple[Passage, ...]
    rows: tuple[Row, ...]
    captions: tuple[str, ...]

    def passage_at(self, start: int) -> Passage:
        """The passage that holds the cell at ``start``."""
        return next(p for p in self.passages if p.start <= start <= p.end)


class _Barren:
    """How far a run of lines closed by bars is known to hold no table, so that a long list of links is not read from each of its
    lines to its end."""

    def __init__(self) -> None:
        self.end = 0
        self._run_end, self._starts = 0, 0

    def add(self, run_end: int, cells: Sequence[Cell]) -> None:
        """The cells up to line ``run_end`` did not fold: from no line of theirs will they, where none could be a figure."""
        self._starts = self._starts + 1 if run_end == self._run_end else 1
        self._run_end = run_end
        if self._starts == MOST_STARTS or not any(cell.empty or holds_numeral(cell.text) for cell in cells):
            self.end = run_end


_READ = ("source_id", "ordinal", "passage_id", "kind", "level", "section_path", "clean_start", "clean_end", "repeats")


def laid_out(passages: "pa.Table") -> dict[str, list[Passage]]:
    """The rows of the table ``passages`` by document, in order, as the grammar takes them."""
    return from_columns({name: passages.column(name).to_pylist() for name in _READ})


def from_columns(passages: Mapping[str, Sequence[Any]]) -> dict[str, list[Passage]]:
    """The same of its columns. Column by column: a page of news has a hundred."""
    found: dict[str, list[tuple[int, Passage]]] = defaultdict(list)
    for source_id, ordinal, passage_id, kind, level, path, start, end, repeats in zip(
        *map(passages.__getitem__, _READ), strict=True
    ):
        found[source_id].append((ordinal, Passage(passage_id, kind, level, path or "", start, end, repeats)))
    return {source_id: [row for _, row in sorted(rows, key=itemgetter(0))] for source_id, rows in found.items()}


def blocks(text: str, passages: Sequence[Passage]) -> Iterator[Passage | Block]:
    """The passages in order, the rows of each table as one block."""
    lines = [text[passage.start : passage.end] for passage in passages]
    marked = [_marked(line) for line in lines]
    single = [row and _single(line) for line, row in zip(lines, marked, strict=True)]
    for at, alone in enumerate(single):  # cells one a line between bars, and no group within a table of rows
        if alone and (True in single[max(0, at - 1) : at] or True in single[at + 1 : at + 2]):
            marked[at] = False
    flat = _flattened(text, passages, lines, marked)
    rows = [one or two for one, two in zip(marked, flat, strict=True)]
    headed = flat_tables(text, passages, lines, marked)
    for begin, table in headed.items():
        rows[begin : begin + table.taken] = [True] * table.taken
    at, barren = 0, _Barren()
    while at < len(passages):
        if at in headed:
            taken = headed[at].taken
            yield Block(tuple(passages[at : at + taken]), headed[at].rows, tuple(_captions(text, passages, rows, at)))
            at += taken
            continue
        folded, taken = ((), 0) if rows[at] else _folded(text, passages, lines, rows, at, barren)
        if folded:
            yield Block(tuple(passages[at : at + taken]), folded, tuple(_captions(text, passages, rows, at)))
            at += taken
            continue
        if not rows[at]:
            yield passages[at]
            at += 1
            continue
        end = at + 1
        while end < len(passages) and end not in headed and (rows[end] or _is_group(text, passages, rows, end)):
            end += 1
        yield Block(
            tuple(passages[at:end]),
            tuple(cells_of(text, p.start, p.end) for p in passages[at:end]),
            tuple(_captions(text, passages, rows, at)),
        )
        at = end


def _marked(line: str) -> bool:
    """A line of cells parted by tabs or bars."""
    if "\t" not in line and "|" not in line:  # as most
        return False
    bars = line.count("|")
    return 0 < line.count("\t") <= MOST_CELLS or (2 if line.startswith("|") else 3) <= bars <= MOST_CELLS


def _single(line: str) -> bool:
    """One cell between two bars."""
    return "|" in line and closed_by_bar(line)


def _flattened(text: str, passages: Sequence[Passage], lines: Sequence[str], marked: Sequence[bool]) -> list[bool]:
    """Lines flattened to blanks: two or more that follow one another with as many cells each, and the head over them."""
    widths = [0 if row else _width(line) for line, row in zip(lines, marked, strict=True)]
    figured = [
        width > 2 and is_row(text, passage.start, passage.end) for width, passage in zip(widths, passages, strict=True)
    ]
    found = [False] * len(passages)
    if True not in figured:
        return found
    for at in range(1, len(passages)):
        if figured[at] and figured[at - 1] and widths[at] == widths[at - 1]:
            found[at - 1] = found[at] = True
    for at in range(len(passages) - 1):
        if found[at + 1] and not figured[at] and widths[at] == widths[at + 1]:
            found[at] = True
    return found


def _width(line: str) -> int:
    return line.count(" ") + 1 if len(line) <= 200 and "。" not in line else 0


def _folded(
    text: str, passages: Sequence[Passage], lines: Sequence[str], rows: Sequence[bool], at: int, barren: _Barren
) -> tuple[tuple[Row, ...], int]:
    """The rows of a table printed one cell a line, whose first cell is the passage at ``at``, and how many passages they
    take; none where it is no such table."""
    first = lines[at]
    above = lines[at - 1] if at else ""
    opened = above.startswith(_CAPTION_OPENS) and _CAPTIONED.match(above) is not None
    headed = len(first) <= LONGEST_LABEL and plain_head(first.strip("| ")) in table_words("first_head")
    barred = at >= barren.end and "|" in first and closed_by_bar(first)
    if not (opened or headed or barred) or _UNIT_NOTE.match(first):
        return (), 0
    cells = line_cells(text, _lines(passages, rows, at), _ends_cells)
    if not (opened or headed) and len(cells) < FEWEST_BARS:
        return (), 0
    folded, taken = folded_rows(text, [cell for cell, _ in cells], headed)
    if barred and not folded:
        barren.add(at + cells[-1][1], [cell for cell, _ in cells])
    return folded, cells[taken - 1][1] if taken else 0


def _lines(passages: Sequence[Passage], rows: Sequence[bool], at: int) -> Iterator[tuple[int, int]]:
    """The lines from a passage on, up to the next row: one by one, since most captions stand over no table."""
    while at < len(passages) and not rows[at]:
        yield passages[at].start, passages[at].end
        at += 1


def _ends_cells(line: str) -> bool:
    """A line that is no cell: a sentence, a note, the caption of the next table."""
    return line.endswith(tuple("。；！？")) or _NOTE.match(line) is not None or _CAPTION.match(line) is not None


def _is_group(text: str, passages: Sequence[Passage], rows: Sequence[bool], at: int) -> bool:
    """A short line between two rows of the same table."""
    passage = passages[at]
    line = text[passage.start : passage.end]
    if at + 1 >= len(passages) or not rows[at + 1] or len(line) > LONGEST_GROUP or line.endswith(tuple("。；：:")):
        return False
    before, after = (cells_of(text, passages[i].start, passages[i].end) for i in (at - 1, at + 1))
    return len(before) == len(after) and any(cell.bare and not cell.year for cell in after)


def _captions(text: str, passages: Sequence[Passage], rows: Sequence[bool], at: int) -> list[str]:
    """Short lines right over the table that end no sentence, up to the name of the table or the title of the document."""
    found: list[str] = []
    for index in range(at - 1, max(-1, at - 1 - MOST_CAPTIONS), -1):
        line = text[passages[index].start : passages[index].end]
        if (
            rows[index]
            or passages[index].kind == "byline"
            or len(line) > LONGEST_CAPTION
            or line.endswith(tuple("。；！？"))
        ):
            break
        found.insert(0, line)
        if passages[index].kind == "title" or ("表" in line and not line.startswith(("单位", "（单位"))):
            break
    return found
