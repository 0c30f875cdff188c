"""Bars on a line of their own: they close the cell printed in the lines before, where a page gives its tables one cell a line.

Elsewhere such a bar parts the links of a menu, and is furniture.
"""

import re

from pipeline.clean.lines import FLAT_CELL, lines_of
from pipeline.clean.text import Edit

FEWEST = 3
"""Figures closed by a bar, from which on bars close cells."""
_BAR = re.compile(r"[|｜]")


def bar_edits(text: str) -> list[Edit]:
    """Edits, rule ``line_break``, that put a lone bar behind the line before it.

    >>> page = "产值\\n|\\n3.5\\n|\\n4.5\\n|\\n7\\n|"
    >>> [(edit.start, edit.replacement) for edit in bar_edits(page)]
    [(2, ' '), (8, ' '), (14, ' '), (18, ' ')]
    """
    if "|" not in text and "｜" not in text:
        return []
    lines = lines_of(text)
    closing = [
        index
        for index in range(1, len(lines))
        if _BAR.fullmatch(lines[index].content) and not re.search(r"[|｜]$", lines[index - 1].content)
    ]
    if sum(FLAT_CELL.fullmatch(lines[index - 1].content) is not None for index in closing) < FEWEST:
        return []
    return [Edit(lines[index - 1].end, lines[index].start, " ", "line_break") for index in closing]
