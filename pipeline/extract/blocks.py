"""Which passages are the rows of one table, and what stands over it as caption. All others stay passages.

A row is a line of cells that cleaning parted by tabs, a line of bars, or, where several such lines follow one another, a
line flattened to blanks. A short line between two rows (一、工业) is a row of one cell. Under the caption of a table (专栏1,
表2), short lines that fold into rows of one width, words under words and figures under figures, are cells one a line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.extract.grid import LONGEST_LABEL, Cell, Row, cells_of, is_row
from pipeline.extract.model import Passage

LONGEST_CAPTION, LONGEST_GROUP = 60, 30
MOST_CAPTIONS = 3
# No table for people is wider; reading heads over cells takes time by the square of the width.
MOST_CELLS = 60
FOLDS = (2, 10)
_CAPTION = re.compile(r"(?:专栏|附表|表)\s?(?:[\d一二三四五六七八九十]|[:：])")
_UNIT_NOTE = re.compile(r"[（(]?(?:计量)?单位\s?[:：]")
_FIGURE = re.compile(r"^[^\u4e00-\u9fff]*\d[^\u4e00-\u9fff]*(?:左右|以上|以内|以下)?$")


@dataclass(frozen=True, slots=True)
class Block:
    """A table: its passages, the rows of their cells, and the captions over it, the nearest last."""

    passages: tuple[Passage, ...]
    rows: tuple[Row, ...]
    captions: tuple[str, ...]

    def passage_at(self, start: int) -> Passage:
        """The passage that holds the cell at ``start``."""
        return next(p for p in self.passages if p.start <= start <= p.end)


def laid_out(passages: Iterable[dict[str, Any]]) -> list[Passage]:
    """Rows of the table ``passages`` of one document in order, as the grammar takes them."""
    return [
        Passage(
            row["passage_id"],
            row["kind"],
            row["level"],
            row["section_path"] or "",
            row["clean_start"],
            row["clean_end"],
            row["repeats"],
        )
        for row in sorted(passages, key=lambda row: row["ordinal"])
    ]


def blocks(text: str, passages: Sequence[Passage]) -> Iterator[Passage | Block]:
    """The passages in order, the rows of each table as one block."""
    marked = [_marked(text, passage) for passage in passages]
    flat = _flattened(text, passages, marked)
    rows = [one or two for one, two in zip(marked, flat, strict=True)]
    at = 0
    while at < len(passages):
        if not rows[at] and (folded := _folded(text, passages, rows, at)):
            end = at + sum(map(len, folded))
            yield Block(tuple(passages[at:end]), folded, tuple(_captions(text, passages, rows, at)))
            at = end
            continue
        if not rows[at]:
            yield passages[at]
            at += 1
            continue
        end = at + 1
        while end < len(passages) and (rows[end] or _is_group(text, passages, rows, end)):
            end += 1
        yield Block(
            tuple(passages[at:end]),
            tuple(cells_of(text, p.start, p.end) for p in passages[at:end]),
            tuple(_captions(text, passages, rows, at)),
        )
        at = end


def _marked(text: str, passage: Passage) -> bool:
    """A line of cells parted by tabs or bars."""
    line = text[passage.start : passage.end]
    bars = line.count("|")
    return 0 < line.count("\t") <= MOST_CELLS or (2 if line.startswith("|") else 3) <= bars <= MOST_CELLS


def _flattened(text: str, passages: Sequence[Passage], marked: Sequence[bool]) -> list[bool]:
    """Lines flattened to blanks: two or more that follow one another with as many cells each, and the head over them."""
    widths = [0 if row else _width(text, passage) for passage, row in zip(passages, marked, strict=True)]
    figured = [
        width > 2 and is_row(text, passage.start, passage.end) for width, passage in zip(widths, passages, strict=True)
    ]
    found = [False] * len(passages)
    for at in range(1, len(passages)):
        if figured[at] and figured[at - 1] and widths[at] == widths[at - 1]:
            found[at - 1] = found[at] = True
    for at in range(len(passages) - 1):
        if found[at + 1] and not figured[at] and widths[at] == widths[at + 1]:
            found[at] = True
    return found


def _width(text: str, passage: Passage) -> int:
    line = text[passage.start : passage.end]
    return len(line.split(" ")) if len(line) <= 200 and "。" not in line else 0


def _folded(text: str, passages: Sequence[Passage], rows: Sequence[bool], at: int) -> tuple[Row, ...]:
    """The rows of a table printed one cell a line, whose first cell is the passage at ``at``; none where it is no such table."""
    if not at or not _CAPTION.match(text[passages[at - 1].start : passages[at - 1].end]):
        return ()
    cells: list[Cell] = []
    for passage, row in zip(passages[at:], rows[at:], strict=True):
        line = text[passage.start : passage.end]
        if (
            row
            or len(line) > LONGEST_LABEL
            or line.endswith(tuple("。；！？"))
            or line.startswith("注")
            or _CAPTION.match(line)
        ):
            break
        cells.append(Cell(passage.start, passage.end, line))
    if cells and _UNIT_NOTE.match(cells[0].text):
        return ()
    for width in range(*FOLDS):
        whole = len(cells) // width
        folded = [tuple(cells[row * width : (row + 1) * width]) for row in range(whole)]
        if whole > 2 and len(cells) % width == 0 and _even(folded):
            return tuple(folded)
    return ()


def _even(rows: Sequence[Row]) -> bool:
    """A head of words over columns that hold words or figures throughout, both kinds being there."""
    if any(cell.empty or (cell.bare and not cell.year) for cell in rows[0]):
        return False
    kinds = []
    for column in range(len(rows[0])):
        below = [row[column] for row in rows[1:] if not row[column].empty]
        figured = [bool(_FIGURE.search(cell.text)) for cell in below]
        kinds.append(all(figured) if any(figured) else None)
        if any(figured) and not all(figured):
            return False
    return True in kinds and None in kinds


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
