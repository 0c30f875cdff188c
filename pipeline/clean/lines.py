"""Lines, and which of them are pieces of one sentence that a hard line break or a caption cut.

Only punctuation and shape decide. Lines that a tag or a Markdown mark parts are never joined.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.clean.byline import is_byline
from pipeline.clean.marks import BREAK, CELL
from pipeline.clean.numbering import mark_of
from pipeline.clean.text import Edit
from pipeline.contract.late import Late

STOPS = tuple("。！？!?；;:：…")
TERMINAL = Late(r"[。！？!?；;：:…][”’』」）)》\"'】\]]*$")
CLOSED = tuple("”’」』）)》\"'】]")
COMMA = tuple("，,、—－")
NO_FIGURE = re.compile(r"[—－\-–…·/]{1,6}")
"""A line of dashes alone: an empty cell of a table printed one cell a line."""
CONTINUES = re.compile(r"[，。、；：）”’》】,;)]")
CLAUSES = Late(r"[，,；;。]")
FLAT_CELL = Late(r"[-−+]?\d[\d,.]*%?|[—\-–…/]{1,6}")
CLOSING = 3
"""Bare numbers that close a line, from which on its other words may be any label."""
PAIRS = tuple(zip("“「『（(《【", "”」』）)》】", strict=True))
ORDINAL = re.compile(r"[一二三四五六七八九十]{1,3}、")
LONGEST_HEADING = 80
"""Characters of a heading under 一、 that is a sentence of its own without final punctuation."""
LONG, SOME = 45, 15
"""A line of that many characters without final punctuation is unfinished; a shorter one of ``SOME`` if it holds clauses."""
LONGEST_END = 12
"""Characters of final punctuation with the quotation marks and brackets that close behind it."""
LOOK_BACK = 400
"""Characters of a growing paragraph that are looked at: what stands further back closes nothing any more."""
WIDEST = 120
"""Characters of a line above which a text is not wrapped."""
WRAP_SLACK = 3
"""Characters by which a wrapped line may fall short of the measure: a mark of punctuation is not left at a line's start."""


class Line(NamedTuple):
    """A line by its offsets; ``broken`` tells that a tag or Markdown ends the line before it, not a mere line feed."""

    start: int
    end: int
    content: str
    broken: bool


@lru_cache(maxsize=2)
def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text, in order; blank ones are none. Kept for the next rule: most change nothing.

    >>> [(line.content, line.broken) for line in lines_of("甲\\n乙\\u2029丙")]
    [('甲', False), ('乙', False), ('丙', True)]
    """
    found = []
    reached = at = 0
    broken = BREAK in text
    for content in (text.replace(BREAK, "\n") if broken else text).split("\n"):
        end = at + len(content)
        if content:
            found.append(Line(at, end, content, broken and BREAK in text[reached:at]))
            reached = end
        at = end + 1
    return tuple(found)


def is_terminal(line: str) -> bool:
    """Whether a line ends with the final punctuation of a sentence, a list item or an opening clause."""
    return line.endswith(STOPS) or (
        line.endswith(CLOSED) and bool(TERMINAL.search(line, max(0, len(line) - LONGEST_END)))
    )


def is_open(line: str) -> bool:
    """Whether a line of running text stops in the midst of a sentence.

    >>> is_open("园区内建成智能工厂、数字车间，并与"), is_open("主要目标"), is_open("产能提升明显。")
    (True, False, False)
    """
    if is_terminal(line) or NO_FIGURE.fullmatch(line):
        return False
    if line.endswith(COMMA) or (len(line) >= SOME and _unbalanced(line)):
        return True
    if line.endswith(CLOSED):
        return False
    return len(line) >= LONG or (len(line) >= SOME and bool(CLAUSES.search(line)))


def starts_anew(line: str) -> bool:
    """Whether a line cannot go on a sentence: it begins with the mark of a heading or item, or is a date or source line,
    or a row of a table."""
    return mark_of(line) is not None or is_byline(line) or CELL in line or "\t" in line or is_flat_row(line)


def is_flat_row(line: str) -> bool:
    """Whether a line is a row of a table that was flattened to blanks: a label, and two bare numbers or more behind it.

    >>> is_flat_row("茶业产值 12.5 3.1"), is_flat_row("建成 5G 基站 12座，增长3%")
    (True, False)
    """
    if line.count(" ") < 2:  # a row has three cells or more
        return False
    cells = line.split(" ")
    figures = sum(FLAT_CELL.fullmatch(cell) is not None for cell in cells[1:])
    closing = len(cells) - next(
        (n for n, cell in enumerate(reversed(cells)) if not FLAT_CELL.fullmatch(cell)), len(cells)
    )
    if len(cells) - closing >= CLOSING and len(cells) <= 40 and not re.search(r"[，。；;]", line):
        return True
    return 3 <= len(cells) <= 40 and figures >= 2 and 2 * figures >= len(cells) - 1 and not CLAUSES.search(line)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The measure at which a text is hard-wrapped, None where it is not.

    It is where most lines that stop in the midst of a sentence have nearly the same length, and none is longer.
    """
    contents = [line.content for line in lines if not is_flat_row(line.content)]
    width = max(map(len, contents), default=0)
    if width > WIDEST:
        return None
    cut = sorted(len(content) for content in contents if len(content) >= SOME and not is_terminal(content))
    if len(cut) < 5:
        return None
    near = len(cut) - bisect_right(cut, width - WRAP_SLACK - 1)
    return width if near >= 0.6 * len(cut) and near >= 0.3 * len(contents) else None


def joins(text: str) -> list[Edit]:
    """Edits, rule ``line_break``, that delete line feeds in mid sentence; between Latin words a space remains.

    >>> [edit.start for edit in joins("全省建成一批智能工厂、数字车间。\\n园区内新引进一批软件企业，并与\\n高校合作。\\n主要目标\\n增长9%。")]
    [32]
    """
    lines = lines_of(text)
    width = wrap_width(lines)
    edits = []
    begun = False  # whether running text has begun: the head of a document is title and byline
    whole = ""
    for index, line in enumerate(lines):
        if index and not line.broken and _goes_on(whole, lines[index - 1].content, line.content, begun, width):
            edits.append(Edit(lines[index - 1].end, line.start, _seam(whole, line.content), "line_break"))
            whole = (whole + line.content)[-LOOK_BACK:]
        else:
            whole = line.content[-LOOK_BACK:]
        begun = begun or (len(whole) >= SOME and is_terminal(whole))
    return edits


def _goes_on(whole: str, last: str, following: str, begun: bool, width: int | None) -> bool:
    """Whether ``following`` goes on the text ``whole`` whose last printed line is ``last``."""
    if is_terminal(whole) or starts_anew(following) or CELL in whole or "\t" in whole or NO_FIGURE.fullmatch(last):
        return False
    if is_flat_row(last):
        return False
    if CONTINUES.match(following) and len(whole) >= SOME:
        return True
    if width is not None:
        return len(last) >= width - WRAP_SLACK
    if is_byline(whole):
        return False
    titled = (
        (mark := mark_of(whole)) is not None
        and mark.style.heading != "never"
        and len(whole) < (LONGEST_HEADING if ORDINAL.match(whole) and ORDINAL.match(following) is None else LONG)
        and not re.search("[。；;]", whole)
    )
    if titled or not begun:
        return (
            whole.endswith(COMMA)
            or (begun and _unbalanced(whole))
            or (not titled and len(whole) >= LONG and not whole.endswith(CLOSED))
        )
    return is_open(whole)


def _unbalanced(line: str) -> bool:
    """Whether a bracket or quotation mark is still open."""
    return any(line.count(opening) > line.count(closing) for opening, closing in PAIRS)


def _seam(before: str, after: str) -> str:
    """What stands between two joined pieces: a space between Latin words, nothing else."""
    return " " if before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha() else ""
