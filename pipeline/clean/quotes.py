"""Corner brackets as the quotation marks of the mainland, one for one."""

import re

from pipeline.clean.text import Edit

MARKS = {"「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "﹃": "‘", "﹄": "’"}
CORNER = re.compile(f"[{''.join(MARKS)}]")


def quote_edits(text: str) -> list[Edit]:
    """One edit a mark, rule ``quotes``.

    >>> [(edit.start, edit.replacement) for edit in quote_edits("「上雲」")]
    [(0, '“'), (3, '”')]
    """
    if not any(mark in text for mark in MARKS):
        return []
    return [Edit(m.start(), m.end(), MARKS[m.group()], "quotes") for m in CORNER.finditer(text)]
