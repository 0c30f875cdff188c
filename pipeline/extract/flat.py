"""Tables flattened to blanks, one row a line, under a head that the same blanks part.

A row is a label, which may hold blanks itself, and the figures that close the line; rows that follow one another have as many
figures each. The head over them names their columns: without one, lines of words and numbers (scores, telephone lists,
contents with page numbers) are no table here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.clean.numbering import mark_of
from pipeline.contract.late import Late
from pipeline.extract.grid import LONGEST_LABEL, YEAR, Cell, Row, figure_like, plain_head, table_words
from pipeline.extract.model import Passage
from pipeline.extract.numerals import fold, holds_numeral
from pipeline.extract.table_cells import is_unit, read_cell
from pipeline.extract.table_words import is_growth, units_in

LONGEST_LINE, LONGEST_BETWEEN = 200, 30
HEAD_LINES = 2
_SENTENCE_ENDS = "。！？；;"
_PART = re.compile(r"[^ \u3000]+")
_GLUED = re.compile(r"(?P<level>\d[\d.,]*[^\d\s]{1,6})(?P<rate>[-－−+＋]\d[\d.]*)")
# 发电量 Electricity (10 000 kwh): what a yearbook in two languages says again.
_GLOSS = Late(r"(?<=[\u4e00-\u9fff）)])\s+[A-Za-z][^\u4e00-\u9fff]*$")
_TIME = Late(
    r"(?:(?:19|20)\d{2}\s?年?(?:末|底)?|(?:(?:19|20)\d{2}年)?(?:\d{1,2}[-—–~至])?\d{1,2}月|[一二三四]季度|[上下]半年|上年|本年|本月|当月)"
    r"(?:实际|目标|预计|完成|累计)?(?:[（(].*[）)])?"
)


@dataclass(frozen=True, slots=True)
class FlatTable:
    """The rows of a flattened table, the head first, and how many passages they take."""

    rows: tuple[Row, ...]
    taken: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: its serial number, label and unit where it has them, its figures, and the remark behind them."""

    lead: Row
    figures: Row
    remark: Row


def flat_tables(
    text: str, passages: Sequence[Passage], told: Sequence[str], marked: Sequence[bool]
) -> dict[int, FlatTable]:
    """The flattened tables under a head, by the index of the passage of the head. ``told``: the words of each passage; ``marked``:
    it is a row by its marks."""
    lines = [None if row else _line(text, p, line) for p, line, row in zip(passages, told, marked, strict=True)]
    found: dict[int, FlatTable] = {}
    at = 0
    while at < len(passages):
        line = lines[at]
        if line is None:
            at += 1
            continue
        rows, end = _rows(text, passages, lines, at, line)
        begin, head = _head(text, passages, marked, at, line)
        if head and sum(len(row) > 1 for row in rows) > 1 and begin not in found:
            found[begin] = FlatTable((*head, *rows), end - begin)
        at = end
    return found


def _ends_sentence(line: str) -> bool:
    return any(mark in line for mark in _SENTENCE_ENDS)


def _parts(text: str, passage: Passage) -> list[Cell]:
    """What the blanks of a line part."""
    start, end = passage.start, passage.end
    return [Cell(m.start(), m.end(), m.group()) for m in _PART.finditer(text, start, end)]


def _line(text: str, passage: Passage, told: str) -> _Line | None:
    """A line as a row; None where it is none."""
    if len(told) > LONGEST_LINE or _ends_sentence(told) or not holds_numeral(told):
        return None
    if " " not in told and "\u3000" not in told and not _GLUED.fullmatch(fold(told)):
        return None
    parts = _parts(text, passage)
    remark: list[Cell] = []
    if parts and parts[-1].text in table_words("remark_value"):
        remark.append(parts.pop())
    if parts and (glued := _GLUED.fullmatch(fold(parts[-1].text))):
        at = parts[-1].start
        level, rate = (
            Cell(at + glued.start(g), at + glued.end(g), text[at + glued.start(g) : at + glued.end(g)]) for g in (1, 2)
        )
        if read_cell(text, level.start, level.end, "") is not None:
            parts[-1:] = [level, rate]
    first = len(parts)
    while first > 1 and (parts[first - 1].empty or figure_like(text, parts[first - 1])):
        first -= 1
    figures = parts[first:]
    if not figures or all(cell.empty for cell in figures) or all(cell.year for cell in figures):
        return None
    if first > 2 and re.fullmatch(r"\d{1,3}", parts[1].text) and not is_unit(parts[2].text):
        parts, first = parts[1:], first - 1  # a kind of indicators before the serial number of its first
    serial = [parts[0]] if first > 1 and re.fullmatch(r"\d{1,3}[.、]?", parts[0].text) else []
    unit = [parts[first - 1]] if first - len(serial) > 1 and is_unit(parts[first - 1].text) else []
    label = _label(text, parts[len(serial) : first - len(unit)])
    return None if label is None else _Line((*serial, label, *unit), tuple(figures), tuple(remark))


def _label(text: str, parts: Sequence[Cell]) -> Cell | None:
    """The parts of a label as one cell, without what it says again in another language."""
    if not parts:
        return None
    start, end = parts[0].start, parts[-1].end
    end = _own_end(text, start, end)
    told = text[start:end]
    named = re.search(r"[\u4e00-\u9fffA-Za-z]", told) or YEAR.fullmatch(told)
    return Cell(start, end, told) if named and "，" not in told and len(told) <= LONGEST_LABEL else None


def _own_end(text: str, start: int, end: int) -> int:
    """Where a label ends in Chinese, before another language says it again; its own end where it has no name in Chinese."""
    gloss = _GLOSS.search(text, start, end)
    return gloss.start() if gloss and plain_head(text[start : gloss.start()]) else end


def _rows(
    text: str, passages: Sequence[Passage], lines: Sequence[_Line | None], at: int, first: _Line
) -> tuple[list[Row], int]:
    """The rows from ``at`` on that are as wide as the first, with the short lines between them, and the index behind the last."""
    rows: list[Row] = []
    end = at
    between: list[Row] = []
    for index in range(at, len(passages)):
        line = lines[index]
        if line is not None and _alike(line, first):
            rows += [*between, _row(line, first)]
            between, end = [], index + 1
            continue
        told = text[passages[index].start : passages[index].end]
        if line is not None or between or _ends_sentence(told) or told.endswith(("：", ":")) or "\t" in told:
            break
        if re.search(r"[\u4e00-\u9fff]", told) is None:
            continue  # the other language goes on
        if len(_group(text, passages[index]).text) > LONGEST_BETWEEN:
            break
        between.append((_group(text, passages[index]),))
    return rows, end


def _group(text: str, passage: Passage) -> Cell:
    """A short line between rows (一、工业), as one cell."""
    stop = _own_end(text, passage.start, passage.end)
    return Cell(passage.start, stop, text[passage.start : stop])


def _alike(line: _Line, first: _Line) -> bool:
    return len(line.figures) == len(first.figures) and bool(line.lead[:-1]) >= bool(
        first.lead[:-1] and len(line.lead) > 2
    )


def _row(line: _Line, first: _Line) -> Row:
    """The cells of a row, with an empty one where only the first row prints a unit."""
    lead = list(line.lead)
    while len(lead) < len(first.lead):
        lead.append(Cell(lead[-1].end, lead[-1].end, ""))
    return (*lead[: len(first.lead)], *line.figures, *line.remark)


def _head(
    text: str, passages: Sequence[Passage], marked: Sequence[bool], at: int, first: _Line
) -> tuple[int, list[Row]]:
    """The head over the row ``at`` and the index of its first line; none where the lines above are no head."""
    groups: list[Row] = []
    begin = at
    if at > 1 and not marked[at - 1] and mark_of(text[passages[at - 1].start : passages[at - 1].end]):
        if len((group := _group(text, passages[at - 1])).text) > LONGEST_BETWEEN:
            return at, []
        groups, begin = [(group,)], at - 1
    at = begin
    above: list[list[Cell]] = []
    while begin > 0 and len(above) < HEAD_LINES and not marked[begin - 1]:
        passage = passages[begin - 1]
        if passage.end - passage.start > LONGEST_LINE or _ends_sentence(text[passage.start : passage.end]):
            break
        begin -= 1
        above.insert(0, _merged(_parts(text, passage)))
    if not above:
        return at, []
    lead, width = len(first.lead), len(first.figures)
    blank = Cell(above[-1][0].start, above[-1][0].start, "")
    low = _aligned(above[-1], lead, width, len(first.remark), blank)
    if low and len(above) > 1 and (top := _spread(above[0], above[-1], lead, width, blank)):
        return begin, [top, low, *groups]
    if low and len(above) > 1 and all(cell.text[:1] in ("（", "(") for cell in low[lead : lead + width]):
        names = _aligned(above[0], lead, width, len(first.remark), blank, True)
        units = (*[blank] * lead, *low[lead:])
        return begin, [names, units, *groups] if names else []
    return (at - 1, [low, *groups]) if low else (at, [])


def _merged(parts: list[Cell]) -> list[Cell]:
    """Parts of one head that blanks cut: 指 标, 产值 （亿元）, 比上年 增长%."""
    merged: list[Cell] = []
    named = [part for part in parts if re.match(r"[\u4e00-\u9fff\d]", part.text)]
    units = not any(map(_tells, named)) and sum(part.text[0] in "（(" for part in parts) > 1
    for part in parts:
        before = merged[-1] if merged else None
        single = before is not None and len(part.text) == 1 and re.fullmatch(r"(?:[\u4e00-\u9fff] ?)+", before.text)
        spaced = single and len(before.text if before else "") <= 4
        bracket = (
            before is not None and before.text[0] not in "（(" and re.fullmatch(r"[（(].*[）)]|±?[%％]", part.text)
        )
        growth = (
            before is not None
            and re.search(r"(?:[比较]上[年月](?:同期)?|同比|环比)$", before.text)
            and is_growth(part.text)
        )
        if before is not None and (spaced or (bracket and not units) or growth):
            merged[-1] = Cell(before.start, part.end, before.text + part.text)
        else:
            merged.append(part)
    return merged


def _tells(cell: Cell) -> bool:
    """A part that tells what a column holds: a time, growth, a word for quantities or goals, a unit."""
    plain = plain_head(cell.text)
    known = any(plain in table_words(kind) for kind in ("generic", "rank", "remark", "unit", "serial"))
    timed = _TIME.fullmatch(fold(cell.text)) or YEAR.match(fold(cell.text))
    return bool(known or timed or is_growth(cell.text) or units_in(cell.text))


def _aligned(parts: Sequence[Cell], lead: int, width: int, remarks: int, blank: Cell, told: bool = False) -> Row:
    """The parts of a head over the cells of a row; empty where they do not fit. ``told``: another line shows it is a head."""
    over = list(parts)
    closing = over[-1:] if over and plain_head(over[-1].text) in table_words("remark") else []
    if closing:
        over = over[:-1]
    if len(over) < width or len(over) - width > lead:
        over = _without_gloss(over, width)
    while len(over) - width > lead and _opens(over[0]):
        over = over[1:]
    spare = len(over) - width
    columns = over[spare:] if spare >= 0 else []
    if not 0 <= spare <= lead or (sum(_tells(cell) for cell in columns) * 2 < width and not told):
        return ()
    opening = list(over[:spare])
    if not all(_opens(cell) for cell in opening):
        return ()
    units = lead > 1 and opening and plain_head(opening[-1].text) in table_words("unit")
    while len(opening) < lead:
        opening.insert(-1 if units and len(opening) == 1 else len(opening), blank)
    return (*opening, *columns, *(closing if remarks else ()))


def _without_gloss(parts: Sequence[Cell], width: int) -> list[Cell]:
    """The head of a yearbook in two languages without the words of the other one."""
    opening = (
        [cell for cell in parts[:-width] if re.search(r"[\u4e00-\u9fff]", cell.text)] if width < len(parts) else []
    )
    return [*opening, *parts[-width:]]


def _opens(cell: Cell) -> bool:
    """A head of labels, units or serial numbers, or a word of another language."""
    plain = plain_head(cell.text)
    kinds = ("generic", "first_head", "unit", "serial", "subject")
    return any(plain in table_words(kind) for kind in kinds) or not re.search(r"[\u4e00-\u9fff]", plain)


def _spread(upper: Sequence[Cell], lower: Sequence[Cell], lead: int, width: int, blank: Cell) -> Row:
    """The upper of two lines of a head, each part over as many columns (2023年 | 2022年 over 产值 | 增速 | 产值 | 增速); empty where
    the upper line is no head."""
    opening = [cell for cell in upper if _opens(cell) and not YEAR.match(fold(cell.text))]
    tops = [cell for cell in upper if cell not in opening]
    if (
        not tops
        or width % len(tops)
        or not all(_TIME.fullmatch(fold(cell.text)) for cell in tops)
        or len(opening) > lead
    ):
        return ()
    each = width // len(tops)
    words = [cell.text for cell in lower[-width:]]
    if each < 2 or words != words[:each] * len(tops):
        return ()
    return (*opening, *[blank] * (lead - len(opening)), *(c for top in tops for c in (top, *[blank] * (each - 1))))
