"""Rights notices: a heading that announces one, with all that follows it, and single lines that are one."""

import re
from functools import cache, lru_cache
from itertools import accumulate

from pipeline.clean.lines import is_terminal, lines_of
from pipeline.clean.text import Edit
from pipeline.contract.seed import seed_rows

HEAD_SHARE = 0.3
"""A notice does not stand in the first third of a document."""
LONGEST_HEADING = 40
LONGEST_KEPT = 40
"""Characters of a line above which it is not kept what it is."""
CUED_SHARE = 0.6
"""Share of the lines after a heading that must speak of rights, so that a report on copyright is not cut."""


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in seed_rows("notice_openers") if row["kind"] == kind))


def _is(kind: str, line: str) -> bool:
    """Whether the whole line is of that kind."""
    return _kept_is(kind, line) if len(line) <= LONGEST_KEPT else _pattern(kind).fullmatch(line) is not None


@lru_cache(maxsize=2048)
def _kept_is(kind: str, line: str) -> bool:
    """Kept, since the pages of one site have most short lines in common."""
    return _pattern(kind).fullmatch(line) is not None


def notice_edits(text: str) -> list[Edit]:
    """Edits, rule ``notice``, that delete the lines of rights notices.

    >>> [edit.start for edit in notice_edits("产值增长9%。\\n版权声明\\n未经书面授权不得转载。\\n侵权的，本站将追究。")]
    [8, 13, 25]
    """
    lines = lines_of(text)
    contents = [line.content for line in lines]
    first = _opening(contents)
    return [
        Edit(line.start, line.end, "", "notice")
        for index, line in enumerate(lines)
        if index >= first or (index > 0 and _is("line", line.content))
    ]


def _opening(contents: list[str]) -> int:
    """Index of the line from which on all is notice; the number of lines where there is none."""
    count = len(contents)
    openings = [
        index
        for index in range(max(1, int(HEAD_SHARE * count)), count - 1)
        if len(contents[index]) <= LONGEST_HEADING
        and not is_terminal(contents[index])
        and _is("heading", contents[index])
    ]
    if not openings:
        return count
    cued = list(accumulate((bool(_pattern("cue").search(content)) for content in contents), initial=0))
    for index in openings:
        if cued[count] - cued[index + 1] >= CUED_SHARE * (count - index - 1):
            return index
    return count
