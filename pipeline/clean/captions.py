"""Captions of pictures that stand in the midst of a sentence.

A picture between two halves of a sentence leaves its caption there: a short block without a comma, behind a wider gap than
the one after it. Captions between whole paragraphs cut nothing and stay.
"""

import re
from collections.abc import Sequence

from pipeline.clean.lines import Line, is_open, is_terminal, lines_of, starts_anew
from pipeline.clean.text import Edit, Text

LONGEST = 40
WIDE_GAP = 3
"""Line feeds in the gap before a caption."""
CLAUSE = re.compile(r"[，,；;。]")


def caption_edits(text: Text, *, fragment: bool = False) -> list[Edit]:
    """Edits, rule ``caption``, in offsets of the clean text of ``text``, whose raw text tells the width of the gaps.

    ``fragment``: the text is a stretch from within one sentence, so what stands before the caption need not look long.

    >>> from pipeline.clean.spaces import collapse
    >>> page = Text("科技园区建成后，高新技术企业将在这里\\n\\n\\n\\n园区一景\\n\\n落户。")
    >>> [(edit.start, edit.end) for edit in caption_edits(page.apply(collapse(page.clean)))]
    [(19, 23)]
    """
    lines = lines_of(text.clean)
    if not any(_is_caption(line) for line in lines[1:-1]):
        return []
    gaps = line_feeds(text.raw, text.places((line.start, line.end) for line in lines))
    edits: list[Edit] = []
    index = 1
    while index < len(lines) - 1:
        last = index
        while last < len(lines) and gaps[last] >= WIDE_GAP and _is_caption(lines[last]):
            last += 1
        if (
            last > index
            and last < len(lines)
            and _cuts(lines[index - 1], lines[last], fragment)
            and gaps[last] < gaps[index]
        ):
            edits += [Edit(line.start, line.end, "", "caption") for line in lines[index:last]]
        index = max(last, index + 1)
    return edits


def line_feeds(raw: str, places: Sequence[tuple[int, int]]) -> list[int]:
    """Line feeds in the raw text before each line, of which ``places`` are the stretches there."""
    gaps, reached = [], 0
    for start, end in places:
        gaps.append(raw.count("\n", reached, start))
        reached = end
    return gaps


def _is_caption(line: Line) -> bool:
    return (
        not line.broken
        and len(line.content) <= LONGEST
        and not CLAUSE.search(line.content)
        and not starts_anew(line.content)
    )


def _cuts(before: Line, after: Line, fragment: bool) -> bool:
    """Whether the sentence of ``before`` goes on in ``after``."""
    unfinished = not is_terminal(before.content) if fragment else is_open(before.content)
    return unfinished and not after.broken and not starts_anew(after.content)
